// What every letter looks like, as plain text and as HTML: a greeting, paragraphs, links that stand alone, and who writes. No pictures,
// nothing that is fetched, readable on light and on dark.
import { escapeHtml } from "@/lib/text/safe-html";

/** A link with the words on it. */
interface LinkBlock {
  label: string;
  href: string;
}

/** A paragraph, what somebody else wrote, or a link. */
export type Block = string | { quote: string } | LinkBlock;

export interface Letter {
  subject: string;
  /** Whom it greets; empty when nobody by name. */
  name: string;
  blocks: Block[];
  /** Why it was sent, where it was not for something that was done with an account. */
  footnote?: string;
  /** Ends mails of this kind. */
  stop?: LinkBlock;
}

export interface Site {
  name: string;
  /** Without a trailing slash. */
  origin: string;
}

const usualFootnote =
  "This mail was sent because of something that was done with an account. Answers to it are not read.";

/** The two parts of a letter's body. Names are of one line. */
export function layOut(letter: Letter, site: Site): { text: string; html: string } {
  return { text: asText(letter, site), html: asHtml(letter, site) };
}

const greeting = (name: string) => (name ? `Hello ${name},` : "Hello,");

function asText({ name, blocks, footnote = usualFootnote, stop }: Letter, site: Site): string {
  const linkText = ({ label, href }: LinkBlock) => `${label}:\n${href}`;
  const body = blocks.map((block) => {
    if (typeof block === "string") return block;
    return "quote" in block ? `> ${block.quote}` : linkText(block);
  });
  const foot = [footnote, ...(stop ? [linkText(stop)] : [])].join("\n\n");
  // "-- " is how mail programs know where a signature begins.
  return `${[greeting(name), ...body].join("\n\n")}\n\n-- \n${site.name}\n${site.origin}\n\n${foot}\n`;
}

/** Mail programs that know colour schemes take these over the inline ones. */
const dark = `@media (prefers-color-scheme: dark) {
  .page { background: #1b1917 !important; color: #e3dccf !important; }
  .quiet, .quiet a { color: #a69d8e !important; }
  .press { background: #86c8a6 !important; color: #12211a !important; }
  .rule { border-color: #3a3631 !important; }
}`;

const styles = {
  page: "margin:0;padding:24px 16px;background:#faf7f0;color:#25201a;font:17px/1.55 Georgia,'Times New Roman',serif",
  column: "max-width:560px;margin:0 auto",
  paragraph: "margin:0 0 16px",
  press:
    "display:inline-block;padding:10px 18px;border-radius:3px;background:#1c6549;color:#ffffff;text-decoration:none;font-weight:bold",
  quiet: "color:#655c50;font-size:14px;line-height:1.5",
  quotation: "margin:0 0 16px;padding:0 0 0 14px;border-left:3px solid #dfd7c8;overflow-wrap:anywhere",
  rule: "border:0;border-top:1px solid #dfd7c8;margin:24px 0 16px",
} as const;

function asHtml({ subject, name, blocks, footnote = usualFootnote, stop }: Letter, site: Site): string {
  const isolated = (text: string) => `<bdi>${escapeHtml(text)}</bdi>`;
  const body = blocks.map((block) => {
    if (typeof block === "string") return paragraph(escapeHtml(block));
    return "quote" in block ? quotation(block.quote) : link(block);
  });
  const stopping = stop
    ? `<br><a style="color:#655c50" href="${escapeHtml(stop.href)}">${escapeHtml(stop.label)}</a>`
    : "";
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${escapeHtml(subject)}</title>
<style>${dark}</style>
</head>
<body class="page" style="${styles.page}">
<div style="${styles.column}">
${paragraph(name ? `Hello ${isolated(name)},` : greeting(""))}
${body.join("\n")}
<hr class="rule" style="${styles.rule}">
<p class="quiet" style="${styles.quiet}">${isolated(site.name)} · <a style="color:#655c50" href="${escapeHtml(site.origin)}/">${escapeHtml(site.origin)}</a><br>${footnote}${stopping}</p>
</div>
</body>
</html>
`;
}

function paragraph(html: string): string {
  return `<p style="${styles.paragraph}">${html}</p>`;
}

function quotation(text: string): string {
  return `<blockquote class="rule" dir="auto" style="${styles.quotation}">${escapeHtml(text)}</blockquote>`;
}

/** Something to press, and the address once more for those whose mail program shows no links. */
function link({ label, href }: { label: string; href: string }): string {
  const address = escapeHtml(href);
  return `${paragraph(`<a class="press" style="${styles.press}" href="${address}">${escapeHtml(label)}</a>`)}
<p class="quiet" style="margin:-8px 0 16px;${styles.quiet};overflow-wrap:anywhere">${address}</p>`;
}
