// The plain text of what the renderer made: words as they are written, parted where a reader sees them parted.
import { describe, expect, it } from "vitest";
import { excerptOfHtml } from "@/lib/text/excerpt";

describe("an excerpt", () => {
  it.each([
    ["does not part a word that is partly emphasised", "<p>un<em>believ</em>able</p>", "unbelievable"],
    [
      "sets no space before what follows a link or a name",
      '<p><a href="/x">Bayle</a>\'s (<b>so</b>).</p>',
      "Bayle's (so).",
    ],
    [
      "does not part coloured code",
      '<pre><code class="hljs"><span class="k">f</span>(<span>a</span>)</code></pre>',
      "f(a)",
    ],
    ["keeps the spaces that somebody wrote before a point", "<p>C# or .NET, et quoi ?</p>", "C# or .NET, et quoi ?"],
    ["parts paragraphs, lines and cells", "<p>one</p><p>two<br />three</p><td>4</td><td>5</td>", "one two three 4 5"],
    ["parts a footnote's number from its word", '<p>ago<sup><a href="#n">1</a></sup> or so</p>', "ago 1 or so"],
    ["takes HTML that is cut in a tag or a character", '<p>so <em>far</em> &amp; <a href="/', "so far &"],
  ])("%s", (_, html, is) => expect(excerptOfHtml(html, 100)).toBe(is));

  it("is cut at a word", () => expect(excerptOfHtml("<p>one two three</p>", 9)).toBe("one two…"));
});
