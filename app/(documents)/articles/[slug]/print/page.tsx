// The article for paper, with `?discussion=1` also what was said about it.
import { permanentRedirect } from "next/navigation";
import { cache } from "react";
import { metadataFor, metadataOrNone } from "@/app/metadata";
import { page } from "@/app/outcome";
import { ArticlePrint } from "@/components/article/article-print";
import { readArticle, readDiscussion } from "@/lib/services/read-article";
import { readSite } from "@/lib/services/read-site";
import { keys } from "@/lib/web/purge";
import { publicContext } from "@/lib/web/request";
import { storable } from "@/lib/web/respond";

export const dynamic = "force-dynamic";

interface Props {
  params: Promise<{ slug: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const read = cache((slug: string) => readArticle(publicContext(), { slug, sort: "oldest", page: 1 }));

export async function generateMetadata({ params }: Props) {
  const { slug } = await params;
  return metadataOrNone(async () => {
    const found = await read(slug);
    if ("moved" in found) return {};
    const { article } = found;
    const described = { title: article.title, description: article.summary, path: `/articles/${article.slug}` };
    return metadataFor(publicContext(), { ...described, unlisted: true });
  });
}

export default page(async ({ params, searchParams }: Props) => {
  const [{ slug }, query] = await Promise.all([params, searchParams]);
  const withDiscussion = query.discussion === "1";
  const ctx = publicContext();
  const [found, site] = await Promise.all([read(slug), readSite(ctx)]);
  if ("moved" in found) permanentRedirect(`/articles/${found.moved}/print${withDiscussion ? "?discussion=1" : ""}`);
  const { article, thread } = found;
  const discussion = withDiscussion ? await readDiscussion(ctx, { slug }) : undefined;
  storable([keys.article(article.id)], ["discussion"]);
  return (
    <ArticlePrint
      article={article}
      siteName={site.name}
      address={`${ctx.ownOrigin}/articles/${article.slug}`}
      discussion={discussion}
      commentCount={thread.commentCount}
    />
  );
});
