// Which comment an element of the page is: its id, after the `c-` that makes it a place one can link to.

export function commentId(article: Element | null | undefined): string | undefined {
  return article?.id.startsWith("c-") ? article.id.slice(2) : undefined;
}
