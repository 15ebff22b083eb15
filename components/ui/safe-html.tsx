// The one place where stored HTML enters a page. It takes only what lib/text has vouched for. And what React must leave alone.
import type { SafeHtml } from "@/lib/text/markdown";

interface HtmlProps {
  html: SafeHtml;
  as?: "div" | "span";
  className?: string;
}

/** Sanitised HTML in a box; `dir="auto"` lets the text decide which way it runs. */
export function Html({ html, as: Tag = "div", className }: HtmlProps) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: SafeHtml is made by the sanitizer alone
  return <Tag className={className} dir="auto" dangerouslySetInnerHTML={{ __html: html }} />;
}

/** Characters that could end the script element or a line of script. */
const unsafeInScript: Record<string, string> = {
  "<": "\\u003c",
  ">": "\\u003e",
  "&": "\\u0026",
  "\u2028": "\\u2028",
  "\u2029": "\\u2029",
};

/** Structured data for machines: a block of JSON that no browser runs and no text in it can leave. */
export function JsonLd({ data }: { data: object }) {
  const json = JSON.stringify(data).replace(/[<>&\u2028\u2029]/g, (character) => unsafeInScript[character] ?? "");
  // biome-ignore lint/security/noDangerouslySetInnerHtml: nothing above can end the element, and no browser runs it
  return <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: json }} />;
}

/** For an element into which its own script draws before React looks: what stands there is no affair of React. */
export const drawnByItsScript = { suppressHydrationWarning: true, dangerouslySetInnerHTML: { __html: "" } } as const;
