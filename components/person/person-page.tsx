// A member as everybody may see them: who they are, what they wrote, what they said.
import { ArticleList } from "@/components/article/article-list";
import { Day } from "@/components/ui/day";
import { Older } from "@/components/ui/older";
import { Html } from "@/components/ui/safe-html";
import type { PersonComment, PersonView } from "@/lib/domain/person";

function Said({ comments }: { comments: readonly PersonComment[] }) {
  return (
    <ol className="said-list plain-list">
      {comments.map((comment) => (
        <li key={comment.id}>
          <p className="house">
            <a href={`/comments/${comment.id}`}>
              <Day date={comment.createdAt} />
            </a>{" "}
            on{" "}
            <a href={`/articles/${comment.article.slug}`}>
              <bdi>{comment.article.title}</bdi>
            </a>
          </p>
          <Html className="prose" html={comment.html} />
        </li>
      ))}
    </ol>
  );
}

export function PersonPage({ person }: { person: PersonView }) {
  return (
    <main id="main" className="listing">
      <header className="listing-head">
        <h1 dir="auto">{person.displayName}</h1>
        {person.bioHtml && <Html className="prose" html={person.bioHtml} />}
        <p className="house">
          Here since <Day date={person.joinedAt} long />
        </p>
      </header>
      {person.articles.items.length > 0 && (
        <section aria-labelledby="articles-heading">
          <h2 id="articles-heading" className="section-name">
            Articles
          </h2>
          <ArticleList articles={person.articles.items} level={3} />
          {person.articles.older && (
            <Older
              href={`/people/${person.handle}?before=${encodeURIComponent(person.articles.older)}`}
              label="Older articles"
            />
          )}
        </section>
      )}
      {person.comments.length > 0 && (
        <section aria-labelledby="comments-heading">
          <h2 id="comments-heading" className="section-name">
            Lately said
          </h2>
          <Said comments={person.comments} />
        </section>
      )}
    </main>
  );
}
