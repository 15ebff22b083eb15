// What Markdown becomes, rule by rule: the language of comments and that of articles (R57-R60, R52).
import { describe, expect, test } from "vitest";
import { renderMarkdown } from "@/lib/text/markdown";
import type { Dialect } from "@/lib/text/rendered";

const ownOrigin = "https://talk.example";
const rel = 'rel="nofollow ugc noopener noreferrer"';

function html(source: string, dialect: Dialect = "comment"): string {
  return renderMarkdown(source, { dialect, ownOrigin }).html.trim();
}

type Rows = readonly (readonly [sentence: string, source: string, html: string])[];

describe("in both dialects", () => {
  const rows: Rows = [
    ["emphasis and strong", "*a* **b** ~~c~~", "<p><em>a</em> <strong>b</strong> <s>c</s></p>"],
    ["raw HTML is shown as text", "<b>a</b>", "<p>&lt;b&gt;a&lt;/b&gt;</p>"],
    ["a comment in HTML is shown as text", "<!-- a -->", "<p>&lt;!-- a --&gt;</p>"],
    ["h1 becomes h2", "# a", "<h2>a</h2>"],
    ["h3 stays", "### a", "<h3>a</h3>"],
    ["deeper headings become h4", "###### a", "<h4>a</h4>"],
    ["an ordered list keeps its first number", "7. a\n8. b", '<ol start="7">\n<li>a</li>\n<li>b</li>\n</ol>'],
    ["a quote", "> a", "<blockquote>\n<p>a</p>\n</blockquote>"],
    ["a rule", "---", "<hr />"],
    ["code is not read as Markdown", "`*a* <b>`", "<p><code>*a* &lt;b&gt;</code></p>"],
    ["indented code", "    a < b", '<pre tabindex="0"><code>a &lt; b\n</code></pre>'],
    [
      "code in a known language is coloured by class names",
      "```js\nlet a;\n```",
      '<pre tabindex="0"><code class="hljs language-js"><span class="hljs-keyword">let</span> a;\n</code></pre>',
    ],
    [
      "code in an unknown language keeps its name",
      "```Klingon\na\n```",
      '<pre tabindex="0"><code class="language-klingon">a\n</code></pre>',
    ],
    ["a language that is no word is dropped", '```"><b>\na\n```', '<pre tabindex="0"><code>a\n</code></pre>'],
    [
      "a table scrolls in a frame of its own and keeps its alignment",
      "|a|b|\n|:-|-:|\n|1|2|",
      '<div class="table-scroll" role="group" tabindex="0" aria-label="Table"><table>\n<thead>\n<tr>\n<th align="left">a</th>\n<th align="right">b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td align="left">1</td>\n<td align="right">2</td>\n</tr>\n</tbody>\n</table></div>',
    ],
    ["no typographer: quotes and dashes stay", '"a" -- (c)', '<p>"a" -- (c)</p>'],
    ["text in other scripts stays", "שלום *עולם* 世界", "<p>שלום <em>עולם</em> 世界</p>"],
  ];
  test.each(rows)("%s", (_sentence, source, expected) => expect(html(source)).toBe(expected));

  test("emphasis deeper than six is flattened and keeps its words", () => {
    const rendered = html(`${"**a ".repeat(20)}c${" d**".repeat(20)}`);
    expect(deepest(rendered)).toBe(7);
    expect(rendered.replace(/<[^>]*>/g, "")).toContain(`${"a ".repeat(20)}c${" d".repeat(20)}`);
  });
});

/** The greatest number of elements inside one another. */
function deepest(rendered: string): number {
  let depth = 0;
  let most = 0;
  for (const [tag] of rendered.matchAll(/<\/?[a-z][^>]*>/g)) {
    if (tag.startsWith("</")) depth--;
    else if (!tag.endsWith("/>")) most = Math.max(most, ++depth);
  }
  return most;
}

describe("in comments", () => {
  const rows: Rows = [
    ["a new line is a new line", "a\nb", "<p>a<br />\nb</p>"],
    ["headings have no id", "## a", "<h2>a</h2>"],
    ["an uploaded image is a link", "![a cat](/u/abc)", '<p><a href="/u/abc">a cat</a></p>'],
    ["footnotes are not read", "a[^1]\n\n[^1]: b", "<p>a[^1]</p>\n<p>[^1]: b</p>"],
    ["definition lists are not read", "a\n: b", "<p>a<br />\n: b</p>"],
    ["sub- and superscript are not read", "H~2~O x^2^", "<p>H~2~O x^2^</p>"],
  ];
  test.each(rows)("%s", (_sentence, source, expected) => expect(html(source)).toBe(expected));
});

describe("in articles", () => {
  const image = (id: string, alt: string) => `<img src="/u/${id}" alt="${alt}" loading="lazy" decoding="async" />`;
  const rows: Rows = [
    ["a new line in the source is a space", "a\nb", "<p>a\nb</p>"],
    [
      "a heading has an id from its words",
      "## The *first* one!",
      '<h2 id="user-content-the-first-one">The <em>first</em> one!</h2>',
    ],
    [
      "equal headings have different ids",
      "## a\n\n## a\n\n## a 2",
      '<h2 id="user-content-a">a</h2>\n<h2 id="user-content-a-2">a</h2>\n<h2 id="user-content-a-2-2">a 2</h2>',
    ],
    ["an id may be in any script", "## Γειά σου 世界", '<h2 id="user-content-γειά-σου-世界">Γειά σου 世界</h2>'],
    ["a heading without letters has an id too", "## !!!", '<h2 id="user-content-section">!!!</h2>'],
    [
      "a link to a heading finds it",
      "[x](#the-end)\n\n## The End",
      '<p><a href="#user-content-the-end">x</a></p>\n<h2 id="user-content-the-end">The End</h2>',
    ],
    ["a link to another part of the page stays", "[x](#discussion)", '<p><a href="#discussion">x</a></p>'],
    ["an uploaded image is shown", "a ![a cat](/u/abc)", `<p>a ${image("abc", "a cat")}</p>`],
    ["an uploaded image by its whole address is shown", `a ![b](${ownOrigin}/u/abc)`, `<p>a ${image("abc", "b")}</p>`],
    ["an image alone without a title stays in its paragraph", "![b](/u/abc)", `<p>${image("abc", "b")}</p>`],
    [
      "an image alone with a title is a figure with a caption",
      '![b](/u/abc "A *cat* & <i>")',
      `<figure>${image("abc", "b")}<figcaption>A *cat* &amp; &lt;i&gt;</figcaption></figure>`,
    ],
    [
      "several images alone are a gallery",
      "![a](/u/x)\n![b](/u/y)",
      `<figure class="gallery">${image("x", "a")}${image("y", "b")}</figure>`,
    ],
    [
      "captions in a gallery are kept",
      '![a](/u/x "one") ![b](/u/y)',
      `<figure class="gallery">\n<figure>${image("x", "a")}<figcaption>one</figcaption></figure>\n${image("y", "b")}</figure>`,
    ],
    [
      "a linked image with a title is a figure too",
      '[![a](/u/x "one")](/articles/b)',
      `<figure><a href="/articles/b">${image("x", "a")}</a><figcaption>one</figcaption></figure>`,
    ],
    [
      "an image elsewhere is a link with its words",
      "a ![b](https://far.example/i.png)",
      `<p>a <a href="https://far.example/i.png" ${rel}>b</a></p>`,
    ],
    [
      "an image elsewhere without words is called after its file",
      "a ![](https://far.example/my%20cat.png)",
      `<p>a <a href="https://far.example/my%20cat.png" ${rel}>my cat.png</a></p>`,
    ],
    [
      "an image elsewhere keeps its caption",
      '![b](https://far.example/i.png "one")',
      `<figure><a href="https://far.example/i.png" ${rel}>b</a><figcaption>one</figcaption></figure>`,
    ],
    [
      "an image elsewhere inside a link leaves its words",
      "[![b](https://far.example/i.png)](/x)",
      '<p><a href="/x">b</a></p>',
    ],
    ["an image that is data leaves its words", "![b](data:image/png;base64,AAAA)", "<p>b</p>"],
    ["a path beside the uploads is no image", "a ![b](/u/../log-out)", '<p>a <a href="/log-out">b</a></p>'],
    ["sub- and superscript", "H~2~O x^2^", "<p>H<sub>2</sub>O x<sup>2</sup></p>"],
    ["a tilde path is no subscript", "~/a~ ~~b~~", "<p>~/a~ <s>b</s></p>"],
    ["a definition list", "a\n: b", "<dl>\n<dt>a</dt>\n<dd>b</dd>\n</dl>"],
    [
      "footnotes link both ways",
      "a[^n]\n\n[^n]: b",
      '<p>a<sup><a id="user-content-fnref-1" class="footnote-ref" href="#user-content-fn-1">1</a></sup></p>\n<section class="footnotes" aria-label="Footnotes">\n<hr />\n<ol>\n<li id="user-content-fn-1"><p>b <a class="footnote-backref" aria-label="Back to the text" href="#user-content-fnref-1">↩︎</a></p>\n</li>\n</ol>\n</section>',
    ],
  ];
  test.each(rows)("%s", (_sentence, source, expected) => expect(html(source, "article")).toBe(expected));

  test("a footnote mentioned twice has two ways back, in the order of first mention", () => {
    const rendered = html("a[^x] b[^y] c[^x]\n\n[^y]: why\n\n[^x]: ex", "article");
    expect(rendered.indexOf("ex <a")).toBeLessThan(rendered.indexOf("why <a"));
    expect(rendered).toContain('href="#user-content-fnref-1"');
    expect(rendered).toContain('href="#user-content-fnref-1-2"');
  });

  test("the headings are told in order, with their whole ids", () => {
    expect(renderMarkdown("# A `b`\n\n### C\n\n###### D", { dialect: "article", ownOrigin }).headings).toEqual([
      { level: 2, id: "user-content-a-b", text: "A b" },
      { level: 3, id: "user-content-c", text: "C" },
      { level: 4, id: "user-content-d", text: "D" },
    ]);
  });
});

describe("links", () => {
  const rows: Rows = [
    ["another site is marked", "[a](https://far.example/b)", `<a href="https://far.example/b" ${rel}>a</a>`],
    ["http stays http", "[a](http://far.example/)", `<a href="http://far.example/" ${rel}>a</a>`],
    ["a path of ours is not marked", "[a](/articles/b?c=d#e)", '<a href="/articles/b?c=d#e">a</a>'],
    ["our whole address becomes a path", `[a](${ownOrigin}/b)`, '<a href="/b">a</a>'],
    ["a fragment", "[a](#b)", '<a href="#b">a</a>'],
    ["a mail address", "[a](mailto:b@far.example)", `<a href="mailto:b@far.example" ${rel}>a</a>`],
    [
      "a mail address keeps its subject only",
      "[a](mailto:b@far.example?bcc=c@d.example&subject=Hi%20you)",
      `<a href="mailto:b@far.example?subject=Hi%20you" ${rel}>a</a>`,
    ],
    ["a relative file stays text as typed", "[a](b.html)", "[a](b.html)"],
    ["an unknown scheme stays text as typed", "[a](ftp://far.example/)", "[a](ftp://far.example/)"],
    ["javascript stays text as typed", "[a](javascript:b)", "[a](javascript:b)"],
    ["data leaves its words alone", "[a](data:text/html,b)", "a"],
    [
      "an address without scheme that begins with www is https",
      "[a](www.far.example)",
      `<a href="https://www.far.example/" ${rel}>a</a>`,
    ],
    ["two slashes are another site", "[a](//far.example/)", `<a href="https://far.example/" ${rel}>a</a>`],
    ["a path that a browser reads as a host stays text", "[a](/.//far.example)", "[a](/.//far.example)"],
    ["a backslash path stays text", "[a](/\\\\far.example)", "[a](/\\far.example)"],
    [
      "a name before the host is removed",
      "[a](https://talk.example@far.example/)",
      `<a href="https://far.example/" ${rel}>a</a>`,
    ],
    [
      "a bare address is a link",
      "https://far.example/a",
      `<a href="https://far.example/a" ${rel}>https://far.example/a</a>`,
    ],
    [
      "a bare www address is a link",
      "www.far.example",
      `<a href="https://www.far.example/" ${rel}>www.far.example</a>`,
    ],
    [
      "a full stop after a bare address is not part of it",
      "https://far.example.",
      `<a href="https://far.example/" ${rel}>https://far.example</a>.`,
    ],
    ["a file name is no link", "README.md", "README.md"],
    ["a bare mail address is no link", "a@far.example", "a@far.example"],
    [
      "an address in angle brackets with a name before the host shows where it leads",
      "<https://good.example@far.example/>",
      `<a href="https://far.example/" ${rel}>https://far.example/</a>`,
    ],
    [
      "words that look like another host get the real one",
      "[bank.example](https://far.example/)",
      `<a href="https://far.example/" ${rel}>bank.example</a> (far.example)`,
    ],
    [
      "also when they are an address",
      "[https://bank.example/login](https://far.example/)",
      `<a href="https://far.example/" ${rel}>https://bank.example/login</a> (far.example)`,
    ],
    [
      "also when they are marked up",
      "[**bank**.example](https://far.example/)",
      `<a href="https://far.example/" ${rel}><strong>bank</strong>.example</a> (far.example)`,
    ],
    [
      "also with a sign that passes for a full stop",
      "[bank。example](https://far.example/)",
      `<a href="https://far.example/" ${rel}>bank。example</a> (far.example)`,
    ],
    ["also when the link leads to our own site", "[bank.example](/x)", '<a href="/x">bank.example</a> (talk.example)'],
    [
      "also for mail",
      "[bank.example](mailto:a@far.example)",
      `<a href="mailto:a@far.example" ${rel}>bank.example</a> (far.example)`,
    ],
    [
      "words that are the real host stay alone",
      "[Far.example](https://www.far.example/)",
      `<a href="https://www.far.example/" ${rel}>Far.example</a>`,
    ],
    [
      "a product name is no host",
      "[Node.js](https://far.example/)",
      `<a href="https://far.example/" ${rel}>Node.js</a>`,
    ],
    [
      "a host in other letters is shown as it really is",
      "https://аррӏе.example",
      `<a href="https://xn--80ak6aa92e.example/" ${rel}>https://аррӏе.example</a> (xn--80ak6aa92e.example)`,
    ],
  ];
  test.each(rows)("%s", (_sentence, source, expected) => expect(html(source)).toBe(`<p>${expected}</p>`));

  test("links are counted, images that became links too", () => {
    const source = "[a](/b) https://c.example ![d](https://e.example/f) [g](javascript:h)";
    expect(renderMarkdown(source, { dialect: "comment", ownOrigin }).links).toBe(3);
  });
});

describe("direction controls", () => {
  const rows: Rows = [
    ["overrides are removed", "a\u202eb\u202cc", "<p>abc</p>"],
    ["balanced isolates stay", "a \u2067b\u2069 c", "<p>a \u2067b\u2069 c</p>"],
    ["balance is judged over the whole paragraph", "\u2067a *b* c\u2069", "<p>\u2067a <em>b</em> c\u2069</p>"],
    ["an isolate without an end is removed", "a \u2067b", "<p>a b</p>"],
    ["an end without an isolate is removed", "a\u2069 b", "<p>a b</p>"],
    ["in code they are shown", "`a\u202eb`", '<p><code>a<span class="code-point">U+202E</span>b</code></p>'],
    [
      "in coloured code they are shown",
      '```js\n"\u2066"\n```',
      '<pre tabindex="0"><code class="hljs language-js"><span class="hljs-string">"<span class="code-point">U+2066</span>"</span>\n</code></pre>',
    ],
    ["in alternative text they are removed", "![a\u202eb](/u/c)", '<p><a href="/u/c">ab</a></p>'],
  ];
  test.each(rows)("%s", (_sentence, source, expected) => expect(html(source)).toBe(expected));
});

describe("limits", () => {
  const render = (source: string, dialect: Dialect = "comment") => renderMarkdown(source, { dialect, ownOrigin });

  test("sixteen quotes inside one another are rendered, seventeen are shown as written", () => {
    expect(render(`${">".repeat(16)} a`).plain).toBeUndefined();
    expect(render(`${">".repeat(17)} a\n<b>`)).toMatchObject({
      plain: true,
      html: `<p>${"&gt;".repeat(17)} a<br>\n&lt;b&gt;</p>\n`,
    });
  });

  test("sixteen lists inside one another are rendered whole, seventeen are shown as written", () => {
    const lists = (depth: number) => Array.from({ length: depth }, (_, n) => `${"  ".repeat(n)}- item ${n}`).join("\n");
    expect(render(lists(16))).not.toHaveProperty("plain");
    expect(render(lists(16)).html).toContain("item 15");
    expect(render(lists(17)).plain).toBe(true);
    expect(render(lists(17)).html).toContain("item 16");
  });

  test("a comment may have 2,000 table cells, an article 10,000", () => {
    const table = (rows: number) => `|a|b|\n|-|-|\n${"|c|d|\n".repeat(rows - 1)}`;
    expect(render(table(1_000)).plain).toBeUndefined();
    expect(render(table(1_001)).plain).toBe(true);
    expect(render(table(5_000), "article").plain).toBeUndefined();
    expect(render(table(5_001), "article").plain).toBe(true);
  });

  test("a result beyond 1 MiB is shown as written", () => {
    expect(render("<https://a.example> ".repeat(5_000), "article").plain).toBeUndefined();
    expect(render("<https://a.example> ".repeat(12_000), "article").plain).toBe(true);
  });

  test("what is too deep keeps every word, and tells its length and beginning", () => {
    const rendered = render(`${"> ".repeat(40)}one two\n\nthree \u202e`);
    expect(rendered).toMatchObject({ plain: true, headings: [], links: 0, words: 3 });
    expect(rendered.html).toContain("three");
    expect(rendered.html).not.toContain("\u202e");
  });
});

describe("words and excerpt", () => {
  const render = (source: string) => renderMarkdown(source, { dialect: "article", ownOrigin });

  test("all words are counted, in headings, tables and code too", () => {
    expect(render("# One two\n\nthree *four*\n\n|five|\n|-|\n|six|\n\n```\nseven eight\n```").words).toBe(8);
  });

  test("the excerpt is running text without markup", () => {
    expect(render("# Title\n\nThe *first* [line](/x)\ngoes on.\n\n![a](/u/b)\n\n- And a list.").excerpt).toBe(
      "The first line goes on. And a list.",
    );
  });

  test("when there is no running text, the excerpt is what there is", () => {
    expect(render("# Title").excerpt).toBe("Title");
  });

  test("a long excerpt ends between words, with an ellipsis", () => {
    const { excerpt } = render("lorem ipsum ".repeat(40));
    expect(excerpt).toMatch(/^lorem .* (?:lorem|ipsum)…$/);
    expect(excerpt.length).toBeLessThanOrEqual(201);
  });
});

test("source that was never normalised is normalised", () => {
  expect(html("a\r\nb\u0000\ud800")).toBe("<p>a<br />\nb\ufffd</p>");
});
