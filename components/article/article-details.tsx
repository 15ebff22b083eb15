// The box under the title: who wrote it, who edited it, when it last changed, whose it is.
import type { ReactNode } from "react";
import { Day } from "@/components/ui/day";
import { People } from "@/components/ui/people";
import type { ArticleView } from "@/lib/domain/article";

function Detail({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** @param printLink leave it out where one is printing already */
export function ArticleDetailsBox({ article, printLink = true }: { article: ArticleView; printLink?: boolean }) {
  const { details } = article;
  return (
    <section className="details" aria-labelledby="details-heading">
      <h2 id="details-heading">Article Details</h2>
      <dl>
        <Detail name="Written By">
          {details.writtenBy.length > 0 ? <People people={details.writtenBy} /> : "Unknown"}
        </Detail>
        <Detail name="Edited By">
          {details.editedBy.length > 0 ? <People people={details.editedBy} /> : "Nobody yet"}
        </Detail>
        {details.suggestedBy.length > 0 && (
          <Detail name="Suggested By">
            <People people={details.suggestedBy} />
          </Detail>
        )}
        <Detail name="Last Modified Date">
          <Day date={details.lastModifiedAt} long exact />
        </Detail>
        <Detail name="Copyright Protected">
          <bdi>{details.copyrightHolder}</bdi>
          {details.licence && <span className="licence">{details.licence}</span>}
        </Detail>
      </dl>
      {printLink && (
        <ul className="plain-list details-ways">
          <li>
            <a href={`/articles/${article.slug}/print`} rel="nofollow">
              Print this Article
            </a>
          </li>
          <li>
            <a href={`/articles/${article.slug}/cite`} rel="nofollow">
              Cite this article
            </a>
          </li>
          <li>
            <a href={`/articles/${article.slug}/history`}>History</a>
          </li>
        </ul>
      )}
    </section>
  );
}
