// Texts that cost a Markdown parser much more than their length, each as a generator for any length (security.md 3.2).

export interface HostileShape {
  name: string;
  /** About `length` code points of it. */
  make: (length: number) => string;
}

function repeated(name: string, unit: string): HostileShape {
  return { name, make: (length) => unit.repeat(Math.ceil(length / unit.length)).slice(0, length) };
}

function nested(name: string, [open, close]: readonly [string, string]): HostileShape {
  return {
    name,
    make: (length) => {
      const depth = Math.floor(length / (open.length + close.length));
      return `${open.repeat(depth)}a${close.repeat(depth)}`;
    },
  };
}

function numbered(name: string, line: (n: number) => string): HostileShape {
  return {
    name,
    make: (length) => {
      let text = "";
      for (let n = 0; text.length < length; n++) text += line(n);
      return text.slice(0, length);
    },
  };
}

/** Many blocks of code of the greatest length that is coloured, in lines as long as are still coloured, or of one unit. */
function fenced(name: string, [language, unit]: readonly [string, string]): HostileShape[] {
  const blocks = (line: string) => (length: number) => {
    const block = `\`\`\`${language}\n${line.repeat(Math.floor(9_900 / line.length))}\n\`\`\`\n\n`;
    return block.repeat(Math.ceil(length / block.length));
  };
  return [
    { name: `${name} in long lines`, make: blocks(`${unit.repeat(Math.floor(490 / unit.length))}\n`) },
    { name: `${name} in short lines`, make: blocks(`${unit}\n`) },
  ];
}

export const hostileShapes: readonly HostileShape[] = [
  repeated("quote marks in one line", ">"),
  repeated("quote marks with spaces", "> "),
  repeated("quotes continued lazily", "> a\nb\n"),
  numbered("quotes one deeper on each line", (n) => `${">".repeat(n % 300)}\n`),
  repeated("list marks in one line", "- "),
  repeated("mixed container marks", "> - 1. "),
  repeated("ordered list marks", "1) "),
  numbered("lists set in further on each line", (n) => `${" ".repeat((n % 200) * 2)}- a\n`),
  repeated("short list items with blank lines", "- a\n\n"),
  repeated("opening brackets", "["),
  repeated("closing brackets", "]"),
  nested("brackets inside brackets", ["[", "]"]),
  nested("links inside links", ["[", "](a)"]),
  nested("images inside images", ["![", "](a)"]),
  repeated("openings of images", "!["),
  repeated("links without an end", "[a]("),
  repeated("links with an unclosed target", "[a](<b"),
  repeated("links with an unclosed title", '[a](b "c'),
  nested("parentheses in a target", ["[a](", ")"]),
  repeated("reference links without definition", "[a][b]"),
  numbered("reference definitions", (n) => `[r${n}]: https://a.example/${n}\n`),
  numbered("reference definitions and their use", (n) => `[r${n}]: /x\n\n[r${n}] `),
  repeated("emphasis openings", "*a **b "),
  repeated("mixed emphasis openings", "_**a"),
  nested("emphasis inside emphasis", ["*", "*"]),
  nested("strong inside strong", ["**a ", " b**"]),
  repeated("stars", "*"),
  repeated("stars and words", "a**b"),
  repeated("underscores and words", "_a__b_"),
  repeated("strike-through openings", "~~a "),
  repeated("tildes", "~"),
  repeated("subscript openings", "a~b "),
  repeated("superscript openings", "^a"),
  repeated("backticks", "`"),
  numbered("backtick runs of every length", (n) => `${"`".repeat((n % 300) + 1)} a `),
  repeated("backslashes", "\\"),
  repeated("entities without an end", "&a"),
  repeated("numeric entities", "&#120;"),
  repeated("angle brackets", "<"),
  repeated("openings of tags", "<a "),
  repeated("openings of comments", "<!--"),
  repeated("openings of CDATA", "<![CDATA["),
  repeated("autolinks without an end", "<https://a"),
  repeated("autolinks", "<https://a.example>"),
  repeated("addresses", "https://a.example/ "),
  repeated("addresses in one word", "https://a.example/https:"),
  repeated("impossible addresses in one word", "https://xn--a/"),
  repeated("impossible addresses in words of 1,900 letters", `${"https://xn--a/".repeat(135)} `),
  repeated("addresses with parentheses", "http://a.example/(("),
  repeated("www", "www."),
  repeated("hosts in one word", "www.a.b."),
  repeated("mail addresses", "a@b.example "),
  repeated("mail address letters", "a@"),
  repeated("link text that looks like hosts", "[a.a.a.a/b.b@c](https://d.example) "),
  { name: "one link whose words are one long host", make: (n) => `[${"a.".repeat(n / 2)}1](https://b.example)` },
  { name: "one link whose words are slashes", make: (n) => `[${"//a@".repeat(n / 4)}](https://b.example)` },
  { name: "a wide table", make: (n) => `${"|a".repeat(n / 4)}|\n${"|-".repeat(n / 4)}|\n` },
  {
    name: "a table that fills missing cells",
    make: (n) => `${"|a".repeat(n / 8)}|\n${"|-".repeat(n / 8)}|\n${"|\n".repeat(n / 4)}`,
  },
  repeated("tables", "|a|b|\n|-|-|\n|c|d|\n\n"),
  repeated("table rows", "|-|-|\n"),
  repeated("escaped cell bars", "\\|"),
  numbered("footnotes", (n) => `a[^${n}]\n\n[^${n}]: b\n\n`),
  repeated("one footnote mentioned often", "[^a] [^a]: b\n\n[^a]: c\n\n"),
  repeated("footnote definitions inside definitions", "[^a]: "),
  nested("inline footnotes", ["^[", "]"]),
  repeated("definition lists", "a\n: b\n\n"),
  repeated("definition marks", ": "),
  repeated("headings", "# a\n"),
  repeated("headings of the same words", "## same words again\n\n"),
  repeated("setext underlines", "a\n=\n"),
  repeated("rules", "- - - "),
  repeated("dashes", "-\n"),
  repeated("fences without an end", "```\n"),
  repeated("line feeds", "\n"),
  repeated("spaces", " "),
  repeated("tabs", "\t"),
  { name: "one long word", make: (n) => "a".repeat(n) },
  repeated("combining marks", "\u0301"),
  repeated("isolates", "\u2067a"),
  repeated("closing isolates", "\u2069"),
  repeated("overrides in code", "`\u202e`"),
  repeated("images alone", "![a](/u/b) "),
  repeated("images with captions", '![a](/u/b "c")\n\n'),
  ...fenced("code: javascript templates", ["js", "`${"]),
  ...fenced("code: javascript parentheses", ["js", "(a,"]),
  ...fenced("code: typescript generics", ["ts", "a<"]),
  ...fenced("code: python strings", ["python", 'f"{']),
  ...fenced("code: xml tags", ["xml", "<a "]),
  ...fenced("code: html scripts", ["html", "<script>"]),
  ...fenced("code: css selectors", ["css", "a:not("]),
  ...fenced("code: c++ templates", ["cpp", "std::a<b<"]),
  ...fenced("code: markdown links", ["markdown", "[a]("]),
  ...fenced("code: perl quotes", ["perl", "qq{"]),
  ...fenced("code: ruby strings", ["ruby", '"#{']),
  ...fenced("code: php", ["php", "<?php $a->"]),
  ...fenced("code: yaml", ["yaml", "a: &b "]),
  ...fenced("code: sql", ["sql", "select (("]),
  ...fenced("code: swift", ["swift", "a<b>("]),
  ...fenced("code: bash", ["bash", "$(("]),
  ...fenced("code: words", ["java", "aaaaaaaaaa"]),
  ...fenced("code: numbers", ["rust", "1_"]),
];
