// What changed between two texts: words in a line, a rendered text, or a source line by line. Added words are underlined, removed
// ones struck through, and both are said aloud by the style sheet.
import { Fragment, type ReactNode } from "react";
import { Html } from "@/components/ui/safe-html";
import type { Piece } from "@/lib/text/diff";
import type { SafeHtml } from "@/lib/text/safe-html";
import type { SourceLine } from "@/lib/text/source-difference";
import { countOf } from "@/lib/ui/labels";

/** A short text, like a title, with what changed in it. */
export function Words({ pieces }: { pieces: readonly Piece[] }) {
  return (
    <span className="difference" dir="auto">
      {marked(pieces)}
    </span>
  );
}

function marked(pieces: readonly Piece[]): ReactNode[] {
  return pieces.map(({ kind, text }, index) => {
    const key = `${index} ${kind}`;
    if (kind === "added") return <ins key={key}>{text}</ins>;
    return kind === "removed" ? <del key={key}>{text}</del> : <span key={key}>{text}</span>;
  });
}

/** A rendered text with what changed in it, made by `renderedDifference`. */
export function RenderedText({ html }: { html: SafeHtml }) {
  return <Html className="prose difference" html={html} />;
}

interface TooDifferentProps {
  /** Where each text can be read by itself. */
  texts: readonly { href: string; name: string }[];
  /** Where its lines can be compared. */
  source: string | null;
}

/** Instead of what changed, when nearly everything did. */
export function TooDifferent({ texts, source }: TooDifferentProps) {
  return (
    <p className="empty">
      These texts are too different to be compared word by word. Read{" "}
      {texts.map(({ href, name }, index) => (
        <Fragment key={href}>
          {index > 0 && " and "}
          <a href={href}>{name}</a>
        </Fragment>
      ))}{" "}
      by {texts.length > 1 ? "themselves" : "itself"}
      {source && (
        <>
          , or{" "}
          <a href={source} rel="nofollow">
            compare the source
          </a>
        </>
      )}
      .
    </p>
  );
}

/** Unchanged lines shown around a change. */
const linesAround = 3;

const signs = { same: " ", added: "+", removed: "−" } as const;

interface SourceTextProps {
  lines: readonly SourceLine[];
  /** Where the number of a line in the new text leads. */
  lineHref?: (now: number) => string;
  /** What stands below a line of the new text. */
  below?: (now: number) => ReactNode;
  /** Nothing is folded. */
  whole?: boolean;
}

/** A source with what changed in it; long stretches that stayed as they were are folded. */
export function SourceText({ lines, lineHref, below, whole }: SourceTextProps) {
  return (
    <div className="source-difference difference">
      {(whole ? [{ folded: false, lines: [...lines] }] : stretches(lines)).map((stretch) => {
        const first = stretch.lines[0];
        const key = `${first?.before ?? ""} ${first?.now ?? ""}`;
        const shown = stretch.lines.map((line) => (
          <Fragment key={`${line.before} ${line.now}`}>
            <Line line={line} href={line.now === null ? undefined : lineHref?.(line.now)} />
            {line.now !== null && below?.(line.now)}
          </Fragment>
        ));
        return stretch.folded ? (
          <details key={key}>
            <summary>{countOf(stretch.lines.length, "line")} unchanged</summary>
            {shown}
          </details>
        ) : (
          <div key={key}>{shown}</div>
        );
      })}
    </div>
  );
}

function Line({ line: { kind, pieces, before, now }, href }: { line: SourceLine; href?: string }) {
  const isNew = kind === "added" && pieces.every((piece) => piece.kind === "added");
  const isGone = kind === "removed" && pieces.every((piece) => piece.kind === "removed");
  // A whole line is one change, even an empty one.
  const text = pieces.map((piece) => piece.text).join("") || "\u00a0";
  return (
    <div className={`source-line ${kind}`}>
      {href === undefined ? (
        <span className="line-number" aria-hidden="true">
          {kind === "removed" ? before : now}
        </span>
      ) : (
        <a className="line-number" id={`line-${now}`} href={href} aria-label={`Write a note at line ${now}`}>
          {now}
        </a>
      )}
      <span className="line-sign" aria-hidden="true">
        {signs[kind]}
      </span>
      <code dir="auto">{isNew ? <ins>{text}</ins> : isGone ? <del>{text}</del> : marked(pieces)}</code>
    </div>
  );
}

interface Stretch {
  folded: boolean;
  lines: SourceLine[];
}

function stretches(lines: readonly SourceLine[]): Stretch[] {
  const near = new Set<number>();
  lines.forEach(({ kind }, index) => {
    if (kind === "same") return;
    for (let at = index - linesAround; at <= index + linesAround; at++) near.add(at);
  });
  const found: Stretch[] = [];
  lines.forEach((line, index) => {
    const folded = !near.has(index);
    const last = found.at(-1);
    if (last?.folded === folded) last.lines.push(line);
    else found.push({ folded, lines: [line] });
  });
  return found;
}
