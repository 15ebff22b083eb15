// The article and its discussion as structured data (schema.org), for machines.
import type { ArticleView, PersonLink } from "@/lib/domain/article";
import { visibleStatuses } from "@/lib/domain/comment";
import type { CommentNode } from "@/lib/domain/comment-tree";
import type { ThreadView } from "@/lib/domain/thread";
import { excerptOfHtml } from "@/lib/text/excerpt";

/** Comments that are named; search engines read no more, and the page must stay small. */
const commentsNamed = 5;
/** Characters of a comment that are repeated for machines; the whole text stands in the page. */
const charactersNamed = 200;

interface ArticleDataInput {
  article: ArticleView;
  thread: ThreadView;
  origin: string;
  siteName: string;
}

export function articleData({ article, thread, origin, siteName }: ArticleDataInput): object {
  const url = `${origin}/articles/${article.slug}`;
  const person = ({ name, handle }: PersonLink) => ({
    "@type": "Person",
    name,
    ...(handle && { url: `${origin}/people/${handle}` }),
  });
  const comment = ({ comment: { id, author, createdAt, html } }: CommentNode) => ({
    "@type": "Comment",
    url: `${origin}/comments/${id}`,
    author: person(author),
    dateCreated: createdAt.toISOString(),
    text: excerptOfHtml(html, charactersNamed),
  });
  return {
    "@context": "https://schema.org",
    "@type": ["Article", "DiscussionForumPosting"],
    url,
    mainEntityOfPage: url,
    headline: article.title,
    description: article.summary || undefined,
    image: `${url}/card.png`,
    author: article.details.writtenBy.map(person),
    editor: article.details.editedBy.map(person),
    datePublished: article.details.publishedAt.toISOString(),
    dateModified: article.details.lastModifiedAt.toISOString(),
    copyrightHolder: { "@type": "Person", name: article.details.copyrightHolder },
    publisher: { "@type": "Organization", name: siteName, url: origin },
    wordCount: article.words,
    commentCount: thread.commentCount,
    comment: visible(thread.roots).slice(0, commentsNamed).map(comment),
  };
}

/** The comments that can be read, in the order of the page. */
function visible(nodes: readonly CommentNode[]): CommentNode[] {
  return nodes.flatMap((node) => [
    ...(visibleStatuses.includes(node.comment.status) ? [node] : []),
    ...visible(node.children),
  ]);
}
