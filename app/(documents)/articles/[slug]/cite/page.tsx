// How to cite an article: the text that readers see now, or with `?revision=n` another one.
import "@/app/revisions.css";
import { permanentRedirect } from "next/navigation";
import { cache } from "react";
import { metadataFor, metadataOrNone } from "@/app/metadata";
import { page } from "@/app/outcome";
import { CitePage } from "@/components/article/cite-page";
import { revisionNumberIn } from "@/lib/domain/revision";
import { readCitation } from "@/lib/services/read-citation";
import { keys } from "@/lib/web/purge";
import { publicContext } from "@/lib/web/request";
import { storable } from "@/lib/web/respond";

export const dynamic = "force-dynamic";

interface Props {
  params: Promise<{ slug: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const read = cache((slug: string, number: number | undefined) => readCitation(publicContext(), { slug, number }));

async function asked({ params, searchParams }: Props) {
  const [{ slug }, query] = await Promise.all([params, searchParams]);
  return { slug, number: revisionNumberIn(query.revision) };
}

export async function generateMetadata(props: Props) {
  const { slug, number } = await asked(props);
  return metadataOrNone(async () => {
    const found = await read(slug, number);
    if ("moved" in found) return {};
    return metadataFor(publicContext(), {
      title: `Cite: ${found.text.title}`,
      path: `/articles/${found.text.slug}/cite`,
      unlisted: true,
    });
  });
}

export default page(async (props: Props) => {
  const { slug, number } = await asked(props);
  const found = await read(slug, number);
  if ("moved" in found) {
    permanentRedirect(`/articles/${found.moved}/cite${number === undefined ? "" : `?revision=${number}`}`);
  }
  storable([keys.article(found.articleId)], ["revision"]);
  return <CitePage text={found.text} current={found.current} />;
});
