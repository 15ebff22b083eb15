import { readFileSync } from "node:fs";
import fc from "fast-check";
import rehypeParse from "rehype-parse";
import { unified } from "unified";
import { describe, expect, it } from "vitest";
import { needsScripts, toDocument } from "@/lib/edge/document";

const sample = (name: string) => readFileSync(new URL(`fixtures/${name}`, import.meta.url), "utf8");

interface Node {
  type: string;
  tagName?: string;
  value?: string;
  properties?: Record<string, unknown>;
  children?: Node[];
  content?: Node;
}

const isScript = (node: Node) => node.tagName === "script";

/** What a browser reads: texts, elements and attributes, as a browser's parser sees them, scripts aside. */
function seen(html: string): string {
  const walk = (node: Node): string => {
    if (node.type === "comment" || node.type === "doctype" || isScript(node)) return "";
    if (node.type === "text") return node.value ?? "";
    const { nonce: _, ...attributes } = node.properties ?? {};
    const inside = [...(node.children ?? []), ...(node.content ? [node.content] : [])].map(walk).join("");
    return node.type === "root" ? inside : `<${node.tagName} ${JSON.stringify(attributes)}>${inside}</>`;
  };
  return walk(unified().use(rehypeParse).parse(html) as Node);
}

describe("a page as Next 16.4.6 sends it", () => {
  const page = sample("next-16.4.6-article.txt");
  const document = toDocument(page);

  it("loses every script but ours, the payload, the marks and the nonces", () => {
    expect(document.match(/<script[^>]*>/g)).toEqual([
      '<script src="/assets/site-1a2b3c4d.js" defer="">',
      '<script type="application/ld+json">',
    ]);
    expect(document).not.toMatch(/__next_f|_next\/static\/chunks|<!--|nonce|modulepreload|as="script"|<div hidden/);
  });

  it("is these bytes", () => {
    expect(document).toBe(sample("document.txt"));
  });

  it("is a document already the second time", () => {
    expect(toDocument(document)).toBe(document);
  });

  it("does not depend on the nonce", () => {
    expect(toDocument(page.replaceAll("AAAA", "q83vEjRWeJCrze8SNFZ4kA=="))).toBe(document);
  });

  it("shows what it showed", () => {
    const without = page
      .replaceAll('<div hidden=""><!--$--><!--/$--></div>', "")
      .replace(/<link rel="preload" as="script"[^>]*>/, "");
    expect(seen(document)).toBe(seen(without));
  });
});

it("knows a page that waits for a script", () => {
  expect(needsScripts(sample("next-16.4.6-suspended.txt"))).toBe(true);
  expect(needsScripts(sample("next-16.4.6-article.txt"))).toBe(false);
});

describe("piece by piece", () => {
  it.each<[string, string, string]>([
    ["a script goes with its content", "<p>a</p><script>x('<p>')</script><p>b</p>", "<p>a</p><p>b</p>"],
    ["in capitals, too", "a<SCRIPT SRC=/x.js></SCRIPT >b", "ab"],
    ["with a > in an attribute", `a<script data-x="a>b" src="/x.js"></script>b`, "ab"],
    ["a closing tag needs its name whole", "a<script>'</scripty>'</script>b", "ab"],
    ["a module goes", `<script type="module" src="/_next/x.js"></script>`, ""],
    ["speculation rules go: they travel as a header", `a<script type="speculationrules">{}</script>`, "a"],
    ["an import map goes", `a<script type="importmap">{}</script>`, "a"],
    [
      "our script stays",
      `<script src="/assets/a.js" defer=""></script>`,
      `<script src="/assets/a.js" defer=""></script>`,
    ],
    ["without content", `<script src="/assets/a.js">x()</script>`, `<script src="/assets/a.js"></script>`],
    ["without nonce", `<script nonce="A" src="/assets/a.js"></script>`, `<script src="/assets/a.js"></script>`],
    ["another host's goes", `<script src="//assets/a.js"></script><script src="https://x/assets/a.js"></script>`, ""],
    ["a src that only ends so goes", `<script data-src="/assets/a.js"></script>`, ""],
    ["the first of two attributes counts", `<script src="/x.js" src="/assets/a.js"></script>`, ""],
    [
      "data stays",
      `<script type="application/ld+json">{"a":1}</script>`,
      `<script type="application/ld+json">{"a":1}</script>`,
    ],
    ["preloads of scripts go", `<link rel="preload" as="script" href="/x.js"/><link rel=modulepreload href=/y.js>`, ""],
    ["a note of the framework that has no fixed place goes", `<meta name="next-size-adjust" content=""/><p>`, "<p>"],
    ["other preloads stay", `<link rel="preload" as="font" href="/x">`, `<link rel="preload" as="font" href="/x">`],
    ["styles lose the nonce", `<link rel="stylesheet" nonce="A" href="/x">`, `<link rel="stylesheet" href="/x">`],
    ["marks between texts go", "<p>3<!-- --> comments by <!-- -->Ann</p>", "<p>3 comments by Ann</p>"],
    [
      "marks of boundaries go",
      "<!--$--><p>a</p><!--/$--><!--$?--><!--$!--><!--&--><!--/&--><!--F!--><!--html-->",
      "<p>a</p>",
    ],
    ["other comments stay", "<!-- a --><!--$x--><!--><!--->", "<!-- a --><!--$x--><!--><!--->"],
    ["a mark that keeps a reference apart stays", "a &<!-- -->amp; b", "a &<!-- -->amp; b"],
    ["a mark that keeps a tag apart stays", "a <<!-- -->b> c", "a <<!-- -->b> c"],
    ["a mark that guards a line break stays", "<pre><!-- -->\na</pre>", "<pre><!-- -->\na</pre>"],
    ["another in there goes", "<pre>a<!-- -->\nb</pre>", "<pre>a\nb</pre>"],
    ["the empty place goes", `<div hidden=""><!--$--><!--/$--></div><p>a</p>`, "<p>a</p>"],
    ["a hidden part with content stays", `<div hidden="">a</div>`, `<div hidden="">a</div>`],
    ["a hidden part of ours stays", `<div hidden="" id="x"></div>`, `<div hidden="" id="x"></div>`],
    ["React's templates go", `a<template id="B:0"></template><template data-dgst="1" data-msg="x"></template>b`, "ab"],
    ["ours stay", `<template id="reply"><p>x</p></template>`, `<template id="reply"><p>x</p></template>`],
    [
      "a text box keeps every letter",
      "<textarea>\n\n<!-- --><script>x</script></textarea>",
      "<textarea>\n\n<!-- --><script>x</script></textarea>",
    ],
    ["a title, too", "<title><!-- --><script></script></title>", "<title><!-- --><script></script></title>"],
    ["a style, too", "<style>/*<!-- -->*/</style>", "<style>/*<!-- -->*/</style>"],
    ["and what scripts replace", "<noscript><script></script></noscript>", "<noscript><script></script></noscript>"],
    ["attributes are no markup", `<p title="<!-- --><script>">a</p>`, `<p title="<!-- --><script>">a</p>`],
    ["in single quotes", `<p title='<script>"'>a</p>`, `<p title='<script>"'>a</p>`],
    ["escaped text is text", "<p>&lt;script&gt;&lt;!-- --&gt;</p>", "<p>&lt;script&gt;&lt;!-- --&gt;</p>"],
    ["a lone bracket is text", "a < b <3 c<!-- -->d", "a < b <3 cd"],
    ["a script that never ends stays", "a<script>x", "a<script>x"],
    ["a tag that never ends stays", `a<p title="x`, `a<p title="x`],
    ["a comment that never ends stays", "a<!-- x", "a<!-- x"],
    ["after plaintext everything is text", "a<plaintext><!-- -->", "a<plaintext><!-- -->"],
    ["nothing stays nothing", "", ""],
  ])("%s", (_, html, expected) => {
    expect(toDocument(html)).toBe(expected);
  });
});

describe("for any content", () => {
  const escaped = (text: string) =>
    text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`).replaceAll("\r", "&#13;");
  const spiky = fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc.stringMatching(/^[<>&;!\-/"'= a-z\n]{0,20}$/),
    fc.constantFrom(
      "<script>",
      "</script>",
      "<!-- -->",
      "<!--$-->",
      "&amp",
      "&lt;script",
      "</textarea>",
      "]]>",
      "\n",
      "nonce=",
    ),
  );
  const mark = fc.constantFrom("<!-- -->", "<!--$-->", "<!--/$-->", "<!--$!-->", "");
  const junk = fc.constantFrom(
    '<script nonce="A">self.__next_f.push([1,"\\u003c"])</script>',
    '<script src="/_next/static/x.js" async=""></script>',
    '<template id="P:1"></template>',
    "",
  );
  const leaf = fc.tuple(spiky, mark).map(([text, after]) => escaped(text) + after);
  const markup = fc.letrec<{ node: string }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 4 },
      leaf,
      spiky.map((text) => `<textarea name="x">\n${escaped(text)}</textarea>`),
      fc
        .tuple(
          fc.constantFrom("p", "div", "pre", "b", "li", "blockquote"),
          spiky,
          fc.array(tie("node"), { maxLength: 4 }),
          junk,
        )
        .map(
          ([name, title, children, after]) =>
            `<${name} title="${escaped(title)}">${children.join("")}</${name}>${after}`,
        ),
    ),
  })).node;

  it("a reader sees the same", () => {
    fc.assert(
      fc.property(markup, spiky, (body, title) => {
        const html = `<!DOCTYPE html><html><head><title>${escaped(title)}</title></head><body>${body}</body></html>`;
        const document = toDocument(html);
        expect(seen(document)).toBe(seen(html.replaceAll('<template id="P:1"></template>', "")));
        expect(document).not.toContain("__next_f");
      }),
      { numRuns: 500 },
    );
  });

  it("it ends, whatever it is fed, and a second time changes nothing that has no marks", () => {
    const soup = fc.array(
      fc.constantFrom(
        "<",
        ">",
        "!--",
        "-->",
        "script",
        "/",
        '"',
        "'",
        " ",
        "=",
        "a",
        "div",
        "hidden",
        "textarea",
        "nonce",
        "pre",
        "\n",
      ),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(soup, (pieces) => {
        const html = pieces.join("");
        expect(toDocument(html).length).toBeLessThanOrEqual(html.length);
      }),
      { numRuns: 2_000 },
    );
  });

  // A quadratic pass over 4 MiB would take hours; the test's own time limit tells them apart.
  it.each([
    ["comments", "<!-- -->"],
    ["half comments", "<!-"],
    ["tags that do not end", "<a "],
    ["quotes that do not end", '<a b="'],
    ["places that are not empty", '<div hidden=""><!--$-->'],
    ["closing tags in a text box", "<textarea></"],
    ["closing tags in nothing", "</"],
    ["spaces in a tag", `<a${" ".repeat(1_000)}`],
    ["slashes", "<a////"],
    ["ampersands", "&<!-- -->"],
  ])("it is linear: %s", (_, piece) => {
    const html = piece.repeat(Math.ceil((4 * 1024 * 1024) / piece.length));
    expect(toDocument(html).length).toBeLessThanOrEqual(html.length);
  });
});
