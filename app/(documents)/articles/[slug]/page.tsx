// The article with its details and its discussion.
import { permanentRedirect } from "next/navigation";
import { cache } from "react";
import { postComment } from "@/app/(documents)/articles/[slug]/actions";
import { articleData } from "@/app/article-data";
import { metadataFor, metadataOrNone } from "@/app/metadata";
import { page } from "@/app/outcome";
import { ArticlePage } from "@/components/article/article-page";
import { Composer } from "@/components/discussion/composer";
import { Discussion } from "@/components/discussion/discussion";
import { threadAddress } from "@/components/discussion/thread-address";
import { JsonLd } from "@/components/ui/safe-html";
import type { CommentSort } from "@/lib/domain/comment";
import { threadPageSchema } from "@/lib/domain/thread";
import { isShut } from "@/lib/domain/thread-terms";
import { readArticle } from "@/lib/services/read-article";
import { readSite } from "@/lib/services/read-site";
import { formStateOf } from "@/lib/web/form-state";
import { keys } from "@/lib/web/purge";
import { publicContext } from "@/lib/web/request";
import { storable } from "@/lib/web/respond";

export const dynamic = "force-dynamic";

interface Props {
  params: Promise<{ slug: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const read = cache((slug: string, sort: CommentSort, number: number) =>
  readArticle(publicContext(), { slug, sort, page: number }),
);

async function asked({ params, searchParams }: Props) {
  const [{ slug }, query] = await Promise.all([params, searchParams]);
  const { sort, page: number } = threadPageSchema.parse(query);
  return { slug, sort, number };
}

export async function generateMetadata(props: Props) {
  const { slug, sort, number } = await asked(props);
  return metadataOrNone(async () => {
    const found = await read(slug, sort, number);
    if ("moved" in found) return {};
    const { article } = found;
    return metadataFor(publicContext(), {
      title: article.title,
      description: article.summary,
      // One address for each page of the discussion, whatever the order.
      path: threadAddress(article.slug, "oldest", number),
      type: "article",
      card: `/articles/${article.slug}/card.png`,
      feeds: { atom: `/articles/${article.slug}/comments.xml` },
      unlisted: sort === "newest",
    });
  });
}

export default page(async (props: Props) => {
  const { slug, sort, number } = await asked(props);
  const ctx = publicContext();
  const [found, site] = await Promise.all([read(slug, sort, number), readSite(ctx)]);
  if ("moved" in found) permanentRedirect(threadAddress(found.moved, sort, number));
  const { article, thread } = found;
  storable([keys.article(article.id), ...article.topics.map(({ slug }) => keys.neighbours(slug))], ["sort", "page"]);
  // Nothing can be posted where it is locked or closed; a text that was just sent there is given back all the same.
  const state = formStateOf("comment");
  const open = !isShut(thread) || state !== undefined;
  return (
    <ArticlePage article={article} commentCount={thread.commentCount}>
      <Discussion
        slug={article.slug}
        thread={thread}
        composer={open && <Composer slug={article.slug} action={postComment} state={state} />}
      />
      <JsonLd data={articleData({ article, thread, origin: ctx.ownOrigin, siteName: site.name })} />
    </ArticlePage>
  );
});
