// The words of every mail: readable as text and as HTML, links to this site only, nothing of what people typed taken for markup.
import { simpleParser } from "mailparser";
import { describe, expect, it } from "vitest";
import { compose, type LetterFacts, type Told } from "@/lib/mail/compose";

const token = "T".repeat(43);
const title = "How do bees find their way home in the dark of the night?";
const site = { name: "Our Talk", origin: "https://talk.example.org" };

/** Every kind, with the paths its links lead to. */
const wishes: [Told, string[]][] = [
  [reply({}), ["/comments/7", `/unsubscribe?token=${token}`]],
  [
    { kind: "moreReplies", count: 12, title, path: "/comments/7", stop: token },
    ["/comments/7", `/unsubscribe?token=${token}`],
  ],
  [{ kind: "verifyEmail", userId: 1 }, [`/verify-email?token=${token}`]],
  [{ kind: "addressTaken", userId: 1 }, ["/log-in", "/forgot-password"]],
  [{ kind: "resetPassword", userId: 1 }, [`/reset-password?token=${token}`]],
  [{ kind: "resetPassword", userId: 1, closed: true }, [`/reset-password?token=${token}`]],
  [{ kind: "passwordChanged", userId: 1 }, ["/forgot-password"]],
  [{ kind: "passwordClosed", userId: 1 }, ["/forgot-password"]],
  [{ kind: "changeEmail", userId: 1, email: "new@example.com" }, [`/confirm-email?token=${token}`]],
  [{ kind: "emailChanged", userId: 1, oldEmail: "old@example.com" }, [`/undo-email?token=${token}`]],
  [{ kind: "newDevice", userId: 1, device: "Firefox on Linux", at: "2026-11-23T14:05:00Z" }, ["/forgot-password"]],
  [{ kind: "exportReady", userId: 1, exportId: 1 }, ["/settings/data"]],
  [{ kind: "leaving", userId: 1, until: "2026-11-30T00:00:00Z" }, ["/settings/data"]],
  [{ kind: "left", email: "ada@example.com", displayName: "Ada" }, ["/"]],
  [
    { kind: "removed", userId: 1, commentId: "7", title, excerpt: "You fool.", reason: "removal.ABUSE" },
    ["/comments/7#appeal"],
  ],
  [{ kind: "appealDecided", userId: 1, commentId: "7", title, granted: true, answer: "" }, ["/comments/7"]],
  [{ kind: "appealDecided", userId: 1, commentId: "7", title, granted: false, answer: "It insults." }, ["/comments/7"]],
  [editorial("changesRequested", "/desk/drafts/7"), ["/desk/drafts/7"]],
  [editorial("scheduled", "/desk/drafts/7"), ["/desk/drafts/7"]],
  [editorial("published", "/articles/bees"), ["/articles/bees"]],
];

function reply(about: Partial<Extract<Told, { kind: "reply" }>>): Told {
  const excerpt = "I think they follow the sun.";
  return { kind: "reply", writer: "Bo", title, excerpt, path: "/comments/7", stop: token, ...about };
}

function editorial(news: "changesRequested" | "scheduled" | "published", path: `/${string}`): Told {
  return { kind: "editorial", userId: 1, news, title: "How do bees find home?", path, reason: "Say more of the sun." };
}

const carriesToken = new Set(["verifyEmail", "resetPassword", "changeEmail", "emailChanged"]);

function letterFor(wish: Told, about: Partial<LetterFacts> = {}) {
  const facts = { site, handle: "ada", name: "Ada", token: carriesToken.has(wish.kind) ? token : undefined, ...about };
  return compose(wish, facts);
}

const hrefsOf = (html: string) => [...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href);

describe.each(wishes)("$kind", (wish, paths) => {
  const { subject, text, html } = letterFor(wish);

  it("has a subject of one short line that names the site", () => {
    expect(subject).toContain("Our Talk");
    expect(subject.length).toBeLessThan(70);
    expect(subject).not.toMatch(/\n/);
  });

  it("leads to its pages on this site, and nowhere else, in both parts", () => {
    const own = [...paths, "/"].map((path) => `https://talk.example.org${path}`);
    expect([...new Set(hrefsOf(html))].sort()).toEqual([...new Set(own)].sort());
    const inText = [...text.matchAll(/https?:\/\/\S+/g)].map(([url]) => url);
    expect([...new Set(inText)].sort()).toEqual([...new Set([...own.slice(0, -1), "https://talk.example.org"])].sort());
  });

  it("fetches nothing and runs nothing", () => {
    expect(html).not.toMatch(/<(img|script|link|iframe|object|form|svg)|url\(|@import|\bon\w+=/i);
  });

  it("says the same in both parts", async () => {
    const flat = (value: string) => value.replace(/\s+/g, " ");
    const { text: ofHtml = "" } = await simpleParser(`Content-Type: text/html; charset=utf-8\r\n\r\n${html}`);
    const sentences = text.split("\n\n").filter((part) => part && !part.includes("https://"));
    expect(sentences.length).toBeGreaterThan(1);
    for (const sentence of sentences) expect(flat(ofHtml)).toContain(flat(sentence).trim());
  });

  it("takes nothing that somebody typed for markup or for a new line", () => {
    const evil = `<img src=x onerror=alert(1)>"'&\r\nBcc: evil@example.net\r\n\r\nhttps://evil.example`;
    const device = wish.kind === "newDevice" ? { device: evil } : {};
    const article = wish.kind === "editorial" ? { title: evil, reason: evil } : {};
    const replies = "stop" in wish ? { title: evil, writer: evil, excerpt: evil } : {};
    const letter = letterFor({ ...wish, ...device, ...article, ...replies } as Told, {
      name: evil,
      site: { ...site, name: evil },
    });
    expect(letter.html).not.toContain("<img");
    expect(hrefsOf(letter.html).every((href) => href?.startsWith("https://talk.example.org"))).toBe(true);
    expect(letter.text.split("\n")[0]).toMatch(/^Hello <img .*evil\.example,$/);
    expect(letter.text).not.toMatch(/^Bcc:/m);
  });
});

describe("a greeting", () => {
  it("names the person where the address is known to be theirs", () => {
    const { text, html } = letterFor({ kind: "passwordChanged", userId: 1 });
    expect(text).toMatch(/^Hello Ada,\n\n/);
    expect(html).toContain("Hello <bdi>Ada</bdi>,");
  });

  it("names nobody otherwise", () => {
    const { text, html } = letterFor({ kind: "passwordChanged", userId: 1 }, { name: "" });
    expect(text).toMatch(/^Hello,\n\n/);
    expect(html).toContain(">Hello,<");
  });
});

it("the mail after an address was taken back does not say that the password still works", () => {
  const { text } = letterFor({ kind: "resetPassword", userId: 1, closed: true });
  expect(text).toContain("the old password opens nothing any more");
  expect(text).not.toContain("do nothing");
});

describe("a mail about replies", () => {
  it("says who wrote what, and where", () => {
    const { subject, text, html } = letterFor(reply({}));
    expect(subject).toBe("A reply at Our Talk: How do bees find their way hom…");
    expect(text).toContain(`Bo replied to your comment on “${title}”:\n\n> I think they follow the sun.\n\n`);
    expect(html).toMatch(/<blockquote[^>]*>I think they follow the sun\.<\/blockquote>/);
  });

  it("needs no quotation where nothing but a picture was written", () => {
    expect(letterFor(reply({ excerpt: "" })).html).not.toContain("<blockquote");
  });

  it.each([
    [1, "1 more reply"],
    [12, "12 more replies"],
    [1_200, "1,200 more replies"],
  ])("counts them: %d", (count, expected) => {
    const { subject, text } = letterFor({ kind: "moreReplies", count, title, path: "/comments/7", stop: token });
    expect(subject.startsWith(expected)).toBe(true);
    expect(text).toContain(expected);
  });

  it("says how to have no more of them, in both parts", () => {
    const { text, html } = letterFor(reply({}));
    expect(text).toContain(`No more mail about replies:\nhttps://talk.example.org/unsubscribe?token=${token}`);
    expect(html).toContain(`/unsubscribe?token=${token}">No more mail about replies</a>`);
  });
});

describe("times", () => {
  it.each([
    [
      "newDevice",
      { kind: "newDevice", userId: 1, device: "", at: "2026-11-23T14:05:00Z" },
      "an unknown one, on 23 November 2026 at 14:05 UTC",
    ],
    ["leaving", { kind: "leaving", userId: 1, until: "2026-11-30T23:59:00Z" }, "deleted on 30 November 2026,"],
  ] as const)("of %s are written out", (_, wish, expected) => {
    expect(letterFor(wish).text).toContain(expected);
  });
});
