// A text under review, three ways: what changed as readers will see it, its source line by line, and the whole of it.
import { RenderedText, SourceText, TooDifferent } from "@/components/article/difference";
import type { DraftNote } from "@/components/desk/draft-notes";
import { Html } from "@/components/ui/safe-html";
import type { SafeHtml } from "@/lib/text/safe-html";
import type { SourceLine } from "@/lib/text/source-difference";
import { countOf } from "@/lib/ui/labels";

export const reviewViews = ["changes", "source", "text"] as const;
export type ReviewKind = (typeof reviewViews)[number];

const names: Record<ReviewKind, string> = { changes: "What changed", source: "Source", text: "Whole text" };

export type ReviewContent =
  | { view: "changes"; html: SafeHtml; changes: number }
  | { view: "source"; lines: readonly SourceLine[] }
  | { view: "text"; html: SafeHtml }
  | { view: "changes" | "source"; tooDifferent: true };

interface ReviewTextProps {
  path: string;
  content: ReviewContent;
  /** There is something to compare with. */
  compared: boolean;
  notes: readonly DraftNote[];
}

export function ReviewText({ path, content, compared, notes }: ReviewTextProps) {
  const views = reviewViews.filter((view) => compared || view !== "changes");
  return (
    <section aria-labelledby="text-heading" className="review-text">
      <h2 id="text-heading">{compared ? "The text" : "A first text"}</h2>
      <nav className="choose" aria-label="Ways to read it">
        {views.map((view) => (
          <a key={view} href={`${path}?view=${view}`} aria-current={view === content.view ? "page" : undefined}>
            {names[view]}
          </a>
        ))}
      </nav>
      <Content path={path} content={content} compared={compared} notes={notes} />
    </section>
  );
}

function Content({ path, content, compared, notes }: ReviewTextProps) {
  if (content.view === "text") return <Html className="prose" html={content.html} />;
  if ("tooDifferent" in content) {
    const source = content.view === "changes" ? `${path}?view=source` : null;
    return <TooDifferent texts={[{ href: `${path}?view=text`, name: "the whole text" }]} source={source} />;
  }
  if (content.view === "changes") {
    return content.changes === 0 ? (
      <p className="empty">The running text is the same.</p>
    ) : (
      <>
        <p className="house">{countOf(content.changes, "place")} changed.</p>
        <RenderedText html={content.html} />
      </>
    );
  }
  return (
    <>
      <p className="house">The number of a line leads to a note on it.</p>
      <SourceText
        lines={content.lines}
        whole={!compared}
        lineHref={(line) => `${path}?view=source&line=${line}#note-form`}
        below={(line) => <NotesAt notes={notes.filter((note) => note.line === line && note.resolvedAt === null)} />}
      />
    </>
  );
}

function NotesAt({ notes }: { notes: readonly DraftNote[] }) {
  return notes.map((note) => (
    <p key={note.id} className="line-note">
      <a href={`#note-${note.id}`}>
        <bdi>{note.author.name}</bdi>: {note.body.length > 80 ? `${note.body.slice(0, 80)}…` : note.body}
      </a>
    </p>
  ));
}
