// The published texts of an article.
import "@/app/revisions.css";
import { permanentRedirect } from "next/navigation";
import { cache } from "react";
import { metadataFor, metadataOrNone } from "@/app/metadata";
import { page } from "@/app/outcome";
import { HistoryPage } from "@/components/article/history-page";
import { limits } from "@/lib/domain/limits";
import { revisionNumberIn } from "@/lib/domain/revision";
import { readRevisions } from "@/lib/services/read-revisions";
import { keys } from "@/lib/web/purge";
import { publicContext } from "@/lib/web/request";
import { storable } from "@/lib/web/respond";

export const dynamic = "force-dynamic";

interface Props {
  params: Promise<{ slug: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const read = cache((slug: string, before: number | undefined) =>
  readRevisions(publicContext(), { slug, before, limit: limits.apiPageSize }),
);

async function asked({ params, searchParams }: Props) {
  const [{ slug }, query] = await Promise.all([params, searchParams]);
  return { slug, before: revisionNumberIn(query.before) };
}

export async function generateMetadata(props: Props) {
  const { slug, before } = await asked(props);
  return metadataOrNone(async () => {
    const found = await read(slug, before);
    if ("moved" in found) return {};
    return metadataFor(publicContext(), {
      title: `History: ${found.title}`,
      path: `/articles/${found.slug}/history${before === undefined ? "" : `?before=${before}`}`,
      feeds: { atom: `/articles/${found.slug}/history.xml` },
      unlisted: before !== undefined,
    });
  });
}

export default page(async (props: Props) => {
  const { slug, before } = await asked(props);
  const list = await read(slug, before);
  if ("moved" in list) permanentRedirect(`/articles/${list.moved}/history`);
  storable([keys.article(list.articleId)], ["before"]);
  return <HistoryPage list={list} />;
});
