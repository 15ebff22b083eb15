// What HTML becomes, row by row: structure kept, every visible word kept, nothing run, nothing fetched.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type HtmlToMarkdownOptions, htmlToMarkdown, htmlToName, htmlToText } from "@/lib/text/html-to-markdown";
import { renderMarkdown } from "@/lib/text/markdown";

const nothingHere: HtmlToMarkdownOptions = { dialect: "article", resolveImage: () => null };
const allHere: HtmlToMarkdownOptions = {
  dialect: "article",
  resolveImage: (src) => (src.startsWith("/u/") ? null : { src: "/u/AAAAAAAAAAAAAAAAAAAAAA" }),
};
const convert = (html: string, options: Partial<HtmlToMarkdownOptions> = {}) =>
  htmlToMarkdown(html, { ...nothingHere, ...options });
const render = (markdown: string) =>
  String(renderMarkdown(markdown, { dialect: "article", ownOrigin: "http://localhost:3000" }).html);
const block = (html: string) => `<!-- wp:paragraph -->${html}<!-- /wp:paragraph -->`;

describe("paragraphs", () => {
  test.each([
    ["a blank line makes a paragraph in the classic editor", "One\n\nTwo", "One\n\nTwo"],
    ["a line end is a break in the classic editor", "One\nTwo", "One\\\nTwo"],
    ["a line end is a blank in the block editor", block("<p>One\nTwo</p>"), "One Two"],
    ["two <br> make a paragraph", block("<p>One<br><br />Two</p>"), "One\n\nTwo"],
    ["a line end beside <br> adds nothing", "One<br />\nTwo", "One\\\nTwo"],
    ["bold over a blank line stays bold in both paragraphs", "<strong>One\n\nTwo</strong>", "**One**\n\n**Two**"],
    ["blanks at the edge of bold move out of it", "a<b> bold </b>word", "a **bold** word"],
    ["bold next to bold is one", "<b>a</b><strong>b</strong>", "**ab**"],
    ["bold in bold is bold", "<b>a <b>b</b></b>", "**a b**"],
    [
      "a link around a heading and text is a link in each",
      '<a href="https://a.test/"><h2>Head</h2>text</a>',
      "## [Head](https://a.test/)\n\n[text](https://a.test/)",
    ],
    ["a paragraph of no-break spaces is nothing", "One\n\n&nbsp;\n\nTwo", "One\n\nTwo"],
    ["a no-break space between words stays", "10&nbsp;km", "10\u00a0km"],
    [
      "what looks like Markdown stays text",
      "1. *not* # a [list](x) `code` ~~s~~ x^2^ H~2~O",
      "1\\. \\*not\\* # a \\[list]\\(x) \\`code\\` \\~\\~s\\~\\~ x\\^2\\^ H\\~2\\~O",
    ],
    ["a line that begins with a colon is no definition", "Term\n: text", "Term\\\n\\: text"],
    [
      "divisions, fonts and alignment leave only their text",
      '<div align="center"><font color="red">One</font></div><center>Two</center>',
      "One\n\nTwo",
    ],
    [
      "styles of word processors count",
      '<span style="font-weight:700">a</span> <span style="font-style:italic">b</span> <b style="font-weight:normal">c</b>',
      "**a** *b* c",
    ],
  ])("%s", (_, html, markdown) => expect(convert(html)).toBe(markdown));
});

describe("structure", () => {
  test.each([
    ["the first level used becomes 2 and none is skipped", "<h1>A</h1><h4>B</h4><h2>C</h2>", "## A\n\n#### B\n\n### C"],
    ["an empty heading is none", "<h2>&nbsp;</h2>text", "text"],
    ["nested and mixed lists", '<ol start="8"><li>a<ul><li>b</li></ul></li><li>c</li></ol>', "8. a\n   - b\n9. c"],
    [
      "a list that lies between items belongs to the one before",
      "<ul><li>a</li><ul><li>b</li></ul><li>c</li></ul>",
      "- a\n  - b\n- c",
    ],
    ["text loose in a list is an item", "<ul>a<li>b</li></ul>", "- a\n- b"],
    [
      "ticked boxes",
      '<ul><li><input type="checkbox" checked> a</li><li><input type="checkbox"> b</li></ul>',
      "- [x] a\n- [ ] b",
    ],
    [
      "a quote with its source",
      '<blockquote class="wp-block-quote"><p>Quote</p><cite>Cite</cite></blockquote>',
      "> Quote\n>\n> — Cite",
    ],
    [
      "a quote that only links to its source",
      '<blockquote cite="https://a.test/x">Quote</blockquote>',
      "> Quote\n>\n> — [a.test](https://a.test/x)",
    ],
    [
      "a pull quote",
      '<figure class="wp-block-pullquote"><blockquote><p>Q</p><cite>C</cite></blockquote></figure>',
      "> Q\n>\n> — C",
    ],
    [
      "code of several lines in <code> is a block",
      "see\n<code>a {\n\tb: c;\n}</code>\nend",
      "see\n\n```\na {\n\tb: c;\n}\n```\n\nend",
    ],
    [
      "preformatted text keeps its blanks and its language",
      '<pre class="brush: php"><code>if (a &lt; b)\n    c();</code></pre>',
      "```php\nif (a < b)\n    c();\n```",
    ],
    ["<br> in preformatted text is a line", "<pre>a<br>  b</pre>", "```\na\n  b\n```"],
    [
      "a verse keeps its lines and what they are set in",
      '<pre class="wp-block-verse">One<br>  two</pre>',
      "One\\\n\u2007\u2007two",
    ],
    ["an address keeps its lines", "<address>1 Infinite Loop\nCupertino</address>", "1 Infinite Loop\\\nCupertino"],
    [
      "definitions",
      "<dl><dt>T</dt><dt>U</dt><dd>d</dd><dd>e</dd><dt>V</dt><dd><p>f</p><p>g</p></dd></dl>",
      "T, U\n:   d\n:   e\n\nV\n:   f\n\n    g",
    ],
    ["a term without a definition is a bold line", "<dl><dt>T</dt></dl>", "**T**"],
    ["a definition without a term is a paragraph", "<dl><dd>d</dd></dl>", "d"],
    ["pages are joined by a rule", "One\n\n<!--nextpage-->\n\nTwo", "One\n\n---\n\nTwo"],
    [
      "rules at the ends and next to each other divide nothing",
      "<hr>One<hr><hr>Two<!--nextpage-->",
      "One\n\n---\n\nTwo",
    ],
    ["the more-mark leaves nothing", "One\n\n<!--more-->\n\nTwo", "One\n\nTwo"],
    [
      "a fold shows its title and its text",
      "<details><summary>Title</summary><p>Text</p></details>",
      "**Title**\n\nText",
    ],
    ["low and raised letters", "H<sub>2</sub>O, E=mc<sup>2</sup>, x<sup>a b</sup>", "H~2~O, E=mc^2^, x\\^(a b)"],
    ["short inline quotes", "<q>a <q>b</q></q>", "“a ‘b’”"],
    [
      "an abbreviation is written out once",
      '<abbr title="As Soon">as</abbr> <abbr title="As Soon">as</abbr>',
      "as (As Soon) as",
    ],
    ["readings stand in brackets", "<ruby>漢<rt>kan</rt></ruby>", "漢 (kan)"],
    ["keys and samples are code", "<kbd>Ctrl</kbd> <samp>out</samp> <tt>x</tt>", "`Ctrl` `out` `x`"],
    ["deleted text is struck, inserted text is text", "<del>a</del> <ins>b</ins> <s>c</s>", "~~a~~ b ~~c~~"],
  ])("%s", (_, html, markdown) => expect(convert(html)).toBe(markdown));

  test("a footnote of the block editor becomes a footnote", () => {
    const html = block('<p>Text<sup data-fn="x-1" class="fn"><a href="#x-1" id="x-1-link">1</a></sup>.</p>');
    const markdown = convert(html, { footnotes: new Map([["x-1", "The <em>note</em>"]]) });
    expect(markdown).toBe("Text[^1].\n\n[^1]: The *note*");
    expect(render(markdown)).toContain('class="footnotes"');
  });

  test("a link inside the page leads to the heading that had the id", () => {
    const markdown = convert(
      '<a href="#b">to b</a> <a href="#nowhere">to nowhere</a><h2 id="a">Same</h2><h2><a name="b"></a>Same</h2>',
    );
    expect(markdown).toBe("[to b](#same-2) to nowhere\n\n## Same\n\n## Same");
    expect(render(markdown)).toContain('<a href="#user-content-same-2">to b</a>');
  });
});

describe("tables", () => {
  test.each([
    [
      "with a head",
      "<table><thead><tr><th>A</th><th>B</th></tr></thead><tr><td>1</td><td>2|3</td></tr></table>",
      "| A | B |\n| - | - |\n| 1 | 2\\|3 |",
    ],
    ["without a head", "<table><tr><td>1</td><td>2</td></tr></table>", "| | |\n| - | - |\n| 1 | 2 |"],
    [
      "names of rows stand out",
      "<table><tr><th>A</th><th>B</th></tr><tr><th>r</th><td>1</td></tr></table>",
      "| A | B |\n| - | - |\n| **r** | 1 |",
    ],
    [
      "wide and tall cells leave empty ones",
      '<table><tr><td colspan="2" rowspan="2">a</td><td>b</td></tr><tr><td>c</td></tr></table>',
      "| | | |\n| - | - | - |\n| a | | b |\n| | | c |",
    ],
    [
      "alignment",
      '<table><tr><th>A</th><th align="right">B</th></tr><tr><td>1</td><td style="text-align:right">2</td></tr></table>',
      "| A | B |\n| - | -: |\n| 1 | 2 |",
    ],
    [
      "lines, paragraphs and lists in a cell come in one line",
      "<table><tr><td>a<br>b<p>c</p></td><td><ul><li>d</li><li>e</li></ul></td></tr></table>",
      "| | |\n| - | - |\n| a / b / c | d; e |",
    ],
    [
      "a caption stands above",
      "<table><caption>Cap</caption><tr><td>1</td><td>2</td></tr></table>",
      "*Cap*\n\n| | |\n| - | - |\n| 1 | 2 |",
    ],
    [
      "a caption of the block editor stands below",
      '<figure class="wp-block-table"><table><tr><td>1</td><td>2</td></tr></table><figcaption>Cap</figcaption></figure>',
      "| | |\n| - | - |\n| 1 | 2 |\n\n*Cap*",
    ],
    [
      "a table that only arranges blocks is taken apart",
      "<table><tr><td><h2>A</h2>a</td><td><table><tr><td>b</td></tr></table></td></tr></table>",
      "## A\n\na\n\nb",
    ],
    [
      "foot rows come last",
      "<table><tfoot><tr><td>f</td><td>g</td></tr></tfoot><tbody><tr><td>1</td><td>2</td></tr></tbody></table>",
      "| | |\n| - | - |\n| 1 | 2 |\n| f | g |",
    ],
  ])("%s", (_, html, markdown) => expect(convert(html)).toBe(markdown));

  test("a hostile colspan costs nothing", () => {
    expect(convert('<table><tr><td colspan="1000000000">a</td><td>b</td></tr></table>').length).toBeLessThan(2_000);
  });
});

const photo = '<img src="https://old.test/photo-300x200.jpg" alt="A photo">';

describe("pictures that are here", () => {
  test.each([
    ["alone", photo, "![A photo](/u/AAAAAAAAAAAAAAAAAAAAAA)"],
    [
      "with the old caption code",
      `[caption id="x" caption="The [old] way"]${photo}[/caption]`,
      '![A photo](/u/AAAAAAAAAAAAAAAAAAAAAA "The \\[old] way")',
    ],
    [
      "with the later caption code",
      `[caption id="x" width="3"]<a href="https://old.test/photo.jpg">${photo}</a> Under <em>it</em>[/caption]`,
      '![A photo](/u/AAAAAAAAAAAAAAAAAAAAAA "Under it")',
    ],
    [
      "with a caption that links",
      `<figure>${photo}<figcaption>See <a href="https://a.test/">there</a></figcaption></figure>`,
      "![A photo](/u/AAAAAAAAAAAAAAAAAAAAAA)\n\n*See [there](https://a.test/)*",
    ],
    [
      "at the start of a paragraph: its own paragraph",
      `${photo} and words`,
      "![A photo](/u/AAAAAAAAAAAAAAAAAAAAAA)\n\nand words",
    ],
    ["between words: in the line", `see ${photo} there`, "see ![A photo](/u/AAAAAAAAAAAAAAAAAAAAAA) there"],
    [
      "linked elsewhere: the link stays",
      `<a href="https://a.test/">${photo}</a>`,
      "[![A photo](/u/AAAAAAAAAAAAAAAAAAAAAA)](https://a.test/)",
    ],
    [
      "linked to itself in full size: only the picture",
      `<a href="https://old.test/photo.jpg">${photo}</a>`,
      "![A photo](/u/AAAAAAAAAAAAAAAAAAAAAA)",
    ],
    [
      "on lines of their own: a gallery",
      `${photo}\n${photo}`,
      "![A photo](/u/AAAAAAAAAAAAAAAAAAAAAA) ![A photo](/u/AAAAAAAAAAAAAAAAAAAAAA)",
    ],
    [
      "loaded late, and repeated without script",
      '<img src="data:image/gif;base64,R0" data-src="https://old.test/a.jpg" alt="a"><noscript><img src="https://old.test/a.jpg" alt="a"></noscript>',
      "![a](/u/AAAAAAAAAAAAAAAAAAAAAA)",
    ],
    [
      "of a cover block",
      '<div class="wp-block-cover" style="background-image:url(https://old.test/a.jpg)"><p>Over it</p></div>',
      "![](/u/AAAAAAAAAAAAAAAAAAAAAA)\n\nOver it",
    ],
    ["an emoji is its letter", '<img class="emoji" alt="🙂" src="https://s.w.org/1.png">', "🙂"],
  ])("%s", (_, html, markdown) => expect(htmlToMarkdown(html, allHere)).toBe(markdown));

  test("a gallery of the block editor", () => {
    const item = (n: number) =>
      `<li class="blocks-gallery-item"><figure>${photo}<figcaption>Number ${n}</figcaption></figure></li>`;
    const html = `<figure class="wp-block-gallery"><ul class="blocks-gallery-grid">${item(1)}${item(2)}</ul><figcaption>All</figcaption></figure>`;
    const one = (n: number) => `![A photo](/u/AAAAAAAAAAAAAAAAAAAAAA "Number ${n}")`;
    expect(htmlToMarkdown(html, allHere)).toBe(`${one(1)} ${one(2)}\n\n*All*`);
    expect(render(htmlToMarkdown(html, allHere))).toContain('<figure class="gallery">');
  });
});

describe("pictures that are not here", () => {
  test.each([
    ["a link with its alternative text", photo, "[A photo](https://old.test/photo-300x200.jpg)"],
    [
      "without alternative text the file's name",
      '<img src="https://old.test/a%20b.jpg?w=3">',
      "[a b.jpg](https://old.test/a%20b.jpg?w=3)",
    ],
    [
      "with its caption below",
      `[caption]${photo} Caption[/caption]`,
      "[A photo](https://old.test/photo-300x200.jpg)\n\n*Caption*",
    ],
    [
      "linked elsewhere: both addresses",
      `<a href="https://a.test/">${photo}</a>`,
      "[A photo](https://old.test/photo-300x200.jpg) ([a.test](https://a.test/))",
    ],
    ["data in the address: only the alternative text", '<img src="data:image/png;base64,AAAA" alt="Words">', "Words"],
  ])("%s", (_, html, markdown) => expect(convert(html)).toBe(markdown));

  test("a gallery by numbers is a list of links", () => {
    const attachment = (id: string) => ({ url: `https://old.test/${id}.jpg`, alt: `Alt ${id}`, caption: "Cap" });
    expect(convert('[gallery ids="7,8"]', { attachment })).toBe(
      "- [Alt 7](https://old.test/7.jpg): Cap\n- [Alt 8](https://old.test/8.jpg): Cap",
    );
  });

  test("a gallery without numbers shows what belongs to the article", () => {
    const attachments = () => [{ url: "https://old.test/1.jpg", alt: "One", caption: "" }];
    expect(convert("[gallery]", { attachments })).toBe("- [One](https://old.test/1.jpg)");
  });

  test("no image of another host ever reaches a reader", () => {
    expect(
      render(convert(`${photo}<p>${photo} x</p><table><tr><td>${photo}</td><td>b</td></tr></table>`)),
    ).not.toContain("<img");
  });
});

describe("things of other sites", () => {
  test.each([
    [
      "an address alone in a paragraph",
      "https://youtu.be/ex8fMxXJDJw",
      "[YouTube: youtu.be/ex8fMxXJDJw](https://youtu.be/ex8fMxXJDJw)",
    ],
    [
      "an embed block",
      '<figure class="wp-block-embed"><div class="wp-block-embed__wrapper">\nhttps://twitter.com/a/status/1\n</div><figcaption>Cap</figcaption></figure>',
      "[Twitter: twitter.com/a/status/1](https://twitter.com/a/status/1)\n\n*Cap*",
    ],
    ["the embed code", "[embed width=3]https://vimeo.com/1[/embed]", "[Vimeo: vimeo.com/1](https://vimeo.com/1)"],
    [
      "a player in a frame becomes a link to its page",
      '<iframe src="//www.youtube.com/embed/abcdefg?rel=0"></iframe>',
      "[YouTube: youtube.com/watch?v=abcdefg](https://www.youtube.com/watch?v=abcdefg)",
    ],
    [
      "a frame with a title",
      '<iframe title="Map of X" src="https://maps.test/x"></iframe>',
      "[Map of X (maps.test)](https://maps.test/x)",
    ],
    ["sound", "[audio https://old.test/a.mp3]", "[Audio: a.mp3](https://old.test/a.mp3)"],
    [
      "film, with the caption below",
      '<figure><video src="https://old.test/v.mp4">No player</video><figcaption>Cap</figcaption></figure>',
      "[Video: v.mp4](https://old.test/v.mp4)\n\n*Cap*",
    ],
    ["an address in a sentence", "See https://a.test/x_y, there.", "See <https://a.test/x_y>, there."],
  ])("%s", (_, html, markdown) => expect(convert(html)).toBe(markdown));
});

describe("WordPress's codes", () => {
  test.each([
    ["code", '[code language="css"]a > b { }[/code]', "```css\na > b { }\n```"],
    ["code kept with entities", "[sourcecode]a &lt; b[/sourcecode]", "```\na < b\n```"],
    ["an escaped code is text", '[[gallery ids="1"]]', '\\[gallery ids="1"]'],
    ["an unknown code is text", '[contact-form-7 id="1"]', '\\[contact-form-7 id="1"]'],
    ["ordinary brackets are text", "coracles [simple boat] here", "coracles \\[simple boat] here"],
    ["in <pre> and <code> nothing is looked for", "<code>[gallery]</code>", "`[gallery]`"],
    ["scaffolding of page builders goes", '[vc_row width="1"][vc_column]Words[/vc_column][/vc_row]', "Words"],
    ["a code that never closes is text", "[caption id=1]Words", "\\[caption id=1]Words"],
  ])("%s", (_, html, markdown) => expect(convert(html)).toBe(markdown));

  test("what is left out is said, once each", () => {
    const said: string[] = [];
    convert(
      '<script>x()</script><script>y()</script><form><input name="a"><p>Words</p></form><!-- wp:latest-posts {"a":1} /-->[form id="1"]',
      { onLeftOut: (what) => said.push(what) },
    );
    expect(said).toEqual([
      "a code of a plugin ([form])",
      "a script",
      "a form",
      "what WordPress fills in itself (latest-posts)",
    ]);
  });

  test("a reusable block is put in; one that holds itself ends", () => {
    const reusableBlock = (id: string) => (id === "1" ? '<p>Again</p><!-- wp:block {"ref":1} /-->' : null);
    const markdown = convert('<!-- wp:block {"ref":1} /-->', { reusableBlock });
    expect(markdown.split("\n\n").every((line) => line === "Again")).toBe(true);
    expect(markdown.length).toBeLessThan(1_000);
  });
});

describe("hostile HTML", () => {
  test.each([
    ["script", "<script>alert(1)</script>ok", "ok"],
    ["script in a link", '<a href="javascript:alert(1)">ok</a>', "ok"],
    ["script hidden by a tab", '<a href="java\tscript:alert(1)">ok</a>', "ok"],
    ["handlers", '<p onclick="alert(1)">ok</p>', "ok"],
    ["drawings", '<svg onload="alert(1)"><text>x</text></svg>ok', "ok"],
    [
      "front matter that runs elsewhere",
      "---js\nglobalThis.hacked = 1\n---\nok",
      "\\---js\\\nglobalThis.hacked = 1\\\n\\---\\\nok",
    ],
  ])("%s", (_, html, markdown) => {
    expect(convert(html)).toBe(markdown);
    expect(globalThis).not.toHaveProperty("hacked");
  });

  test.each([
    ["divisions", "<div>"],
    ["bold", "<b>"],
    ["quotes", "<blockquote>"],
    ["lists", "<ul><li>"],
    ["tables", "<table><tr><td>"],
    ["definitions", "<dl><dd>"],
    ["links", "<a href=x>"],
    ["captions", "[caption]"],
    ["unclosed tags", "<"],
    ["comments", "<!--"],
    ["brackets", '[gallery a="'],
    ["pre", "<pre"],
  ])("20,000 nested %s end soon and keep the word inside", (_, opening) => {
    const started = performance.now();
    expect(convert(`${opening.repeat(20_000)} inmost`)).toMatch(/inmost|^$/);
    expect(performance.now() - started).toBeLessThan(20_000);
  });

  test("quotes and lists nested deeper than a page shows continue flat, and render", () => {
    const html = `${"<ul><li>a".repeat(40)}${"</li></ul>".repeat(40)}${"<blockquote>b".repeat(40)}`;
    const rendered = renderMarkdown(convert(html), { dialect: "article", ownOrigin: "http://localhost:3000" });
    expect(rendered.plain).toBeUndefined();
    expect(words(htmlToText(String(rendered.html).replaceAll("<", " <"))).filter((word) => word === "a")).toHaveLength(
      40,
    );
  });
});

describe("titles and names", () => {
  test.each([
    ["formatting goes", "Markup: <em>With</em> <b>Mark<sup>up</sup></b>", "Markup: With Markup"],
    ["entities are read", "Ping 1 &laquo; What&#8217;s &amp; more", "Ping 1 « What’s & more"],
    ["a tag that is meant to be shown stays", "Using <script>alert(1)</script>", "Using <script>alert(1)</script>"],
    ["a lone sign stays", "2 < 3 > 1", "2 < 3 > 1"],
  ])("%s", (_, html, name) => expect(htmlToName(html)).toBe(name));
});

function words(text: string): string[] {
  return (
    text
      .normalize("NFKC")
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  );
}

// HTML as people write it: known elements, any words.
const word = fc.constantFrom(
  "one",
  "two*",
  "_three_",
  "4.",
  "#",
  "[x]",
  "`y`",
  "|",
  "ünï",
  "中文",
  "~z~",
  "^q^",
  ": r",
  "- s",
  "> t",
  "1)",
  "&amp;",
  "\n\n",
  "\n",
  " ",
);
const inline = fc.letrec<{ node: string }>((tie) => ({
  node: fc.oneof(
    { depthSize: "small" },
    word,
    fc
      .tuple(
        fc.constantFrom("b", "i", "del", "code", "a href='https://a.test/'", "span", "sub", "sup", "q"),
        fc.array(tie("node"), { maxLength: 3 }),
      )
      .map(([tag, inner]) => `<${tag}>${inner.join(" ")}</${tag.split(" ")[0]}>`),
  ),
})).node;
const html = fc.letrec<{ node: string }>((tie) => ({
  node: fc.oneof(
    { depthSize: "small" },
    fc.array(inline, { maxLength: 4 }).map((parts) => `<p>${parts.join("")}</p>`),
    inline,
    fc
      .tuple(
        fc.constantFrom("div", "blockquote", "h2", "h4", "pre", "figure", "center"),
        fc.array(tie("node"), { maxLength: 3 }),
      )
      .map(([tag, inner]) => `<${tag}>${inner.join("")}</${tag}>`),
    fc
      .tuple(fc.constantFrom("ul", "ol"), fc.array(tie("node"), { maxLength: 3 }))
      .map(([tag, inner]) => `<${tag}>${inner.map((item) => `<li>${item}</li>`).join("")}</${tag}>`),
    fc
      .array(fc.array(tie("node"), { minLength: 1, maxLength: 3 }), { maxLength: 3 })
      .map(
        (rows) =>
          `<table>${rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join("")}</tr>`).join("")}</table>`,
      ),
    fc.tuple(inline, tie("node")).map(([term, definition]) => `<dl><dt>${term}</dt><dd>${definition}</dd></dl>`),
  ),
})).node;

test("no visible letter is lost or added on the way to the reader, whatever the structure", () => {
  const letters = (text: string) => words(text).join("");
  fc.assert(
    fc.property(fc.array(html, { maxLength: 4 }), (parts) => {
      const source = parts.join("\n");
      expect(letters(htmlToText(render(convert(source))))).toBe(letters(htmlToText(source)));
    }),
    { numRuns: 500 },
  );
});
