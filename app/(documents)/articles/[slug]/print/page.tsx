// The article for paper: the text that readers see now, or with `?revision=n` another one; with `?discussion=1` also what was said about it.
import "@/app/printed.css";
import { permanentRedirect } from "next/navigation";
import { cache } from "react";
import { metadataFor, metadataOrNone } from "@/app/metadata";
import { page } from "@/app/outcome";
import { ArticlePrint, printAddress } from "@/components/article/article-print";
import { DomainError } from "@/lib/domain/errors";
import { revisionNumberIn } from "@/lib/domain/revision";
import { readArticle, readDiscussion } from "@/lib/services/read-article";
import { readRevision } from "@/lib/services/read-revisions";
import { readSite } from "@/lib/services/read-site";
import { keys } from "@/lib/web/purge";
import { publicContext } from "@/lib/web/request";
import { storable } from "@/lib/web/respond";

export const dynamic = "force-dynamic";

interface Props {
  params: Promise<{ slug: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const read = cache(async (slug: string, number: number | undefined) => {
  const ctx = publicContext();
  const found = await readArticle(ctx, { slug, sort: "oldest", page: 1 });
  if ("moved" in found || number === undefined) return found;
  const earlier = await readRevision(ctx, { slug, number });
  // Moved in this very moment.
  if ("moved" in earlier) throw new DomainError("not_found");
  const { revision } = earlier;
  const { title, summary, html, copyrightHolder, licence } = revision;
  const details = {
    ...{ ...found.article.details, copyrightHolder, licence, revision: number },
    lastModifiedAt: revision.current ? found.article.details.lastModifiedAt : revision.publishedAt,
  };
  const text = { title, summary, html, details };
  return { ...found, article: { ...found.article, ...text }, revision };
});

async function asked({ params, searchParams }: Props) {
  const [{ slug }, query] = await Promise.all([params, searchParams]);
  return { slug, number: revisionNumberIn(query.revision), withDiscussion: query.discussion === "1" };
}

export async function generateMetadata(props: Props) {
  const { slug, number } = await asked(props);
  return metadataOrNone(async () => {
    const found = await read(slug, number);
    if ("moved" in found) return {};
    const { article } = found;
    const title = number === undefined ? article.title : `${article.title} (revision ${number})`;
    const path = `/articles/${article.slug}${number === undefined ? "" : `/revisions/${number}`}`;
    return metadataFor(publicContext(), { title, description: article.summary, path, unlisted: true });
  });
}

export default page(async (props: Props) => {
  const { slug, number, withDiscussion } = await asked(props);
  const ctx = publicContext();
  const [found, site] = await Promise.all([read(slug, number), readSite(ctx)]);
  if ("moved" in found) permanentRedirect(printAddress({ slug: found.moved, revision: number, withDiscussion }));
  const { article, thread } = found;
  const discussion = withDiscussion ? await readDiscussion(ctx, { slug }) : undefined;
  storable([keys.article(article.id)], ["revision", "discussion"]);
  return (
    <ArticlePrint
      article={article}
      chosen={number}
      newest={"revision" in found ? found.revision.current : true}
      siteName={site.name}
      origin={ctx.ownOrigin}
      discussion={discussion}
      commentCount={thread.commentCount}
    />
  );
});
