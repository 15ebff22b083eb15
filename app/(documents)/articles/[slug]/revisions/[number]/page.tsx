// One published text of an article, as it was.
import "@/app/revisions.css";
import { permanentRedirect } from "next/navigation";
import { cache } from "react";
import { metadataFor, metadataOrNone } from "@/app/metadata";
import { page } from "@/app/outcome";
import { RevisionPage } from "@/components/article/revision-page";
import { DomainError } from "@/lib/domain/errors";
import { revisionNumberIn } from "@/lib/domain/revision";
import { readRevision } from "@/lib/services/read-revisions";
import { keys } from "@/lib/web/purge";
import { publicContext } from "@/lib/web/request";
import { storable } from "@/lib/web/respond";

export const dynamic = "force-dynamic";

interface Props {
  params: Promise<{ slug: string; number: string }>;
}

const read = cache(async (slug: string, written: string) => {
  const number = revisionNumberIn(written);
  if (number === undefined) throw new DomainError("not_found");
  return readRevision(publicContext(), { slug, number });
});

export async function generateMetadata({ params }: Props) {
  const { slug, number } = await params;
  return metadataOrNone(async () => {
    const found = await read(slug, number);
    if ("moved" in found) return {};
    const { revision } = found;
    return metadataFor(publicContext(), {
      title: `${revision.title} (revision ${revision.number})`,
      description: revision.summary,
      path: `/articles/${found.slug}/revisions/${revision.number}`,
      type: "article",
      // Search engines shall find the article, not its past.
      unlisted: true,
    });
  });
}

export default page(async ({ params }: Props) => {
  const { slug, number } = await params;
  const found = await read(slug, number);
  if ("moved" in found) permanentRedirect(`/articles/${found.moved}/revisions/${number}`);
  storable([keys.article(found.articleId)]);
  return <RevisionPage {...found} />;
});
