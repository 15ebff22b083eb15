// What publishing does to an article: its pointer, dates, address, topics, credits, and the mails about it; and what takes it back.
import { beforeAll, describe, expect, it } from "vitest";
import type { MemberActor } from "@/lib/domain/actor";
import { changedDetails } from "@/lib/domain/changed-details";
import type { RevisionClass } from "@/lib/domain/revision";
import { computeCreditsAgain, revert, setCredits, unpublish } from "@/lib/services/manage-published";
import { postComment } from "@/lib/services/post-comment";
import { previewArticle } from "@/lib/services/preview-article";
import { readArticle } from "@/lib/services/read-article";
import { readReview } from "@/lib/services/read-review";
import { publish, requestChanges } from "@/lib/services/review-revision";
import { anArticle, by, refusalOf, wish } from "@/tests/services/arrange";
import { freshDatabase } from "@/tests/support/database";
import { aDraft, aPerson, aRevision, published, rewrite, seen, submitted, type TestDraft } from "./arrange";

const db = freshDatabase();

let author: MemberActor;
let editor: MemberActor;
beforeAll(async () => {
  author = await aPerson("Author", "AUTHOR");
  editor = await aPerson("Editor", "EDITOR");
});

const articleOf = async ({ articleId }: TestDraft) =>
  (await db.sql("SELECT * FROM articles WHERE id = $1", [articleId]))[0];
const slugOf = async (draft: TestDraft) => String((await articleOf(draft))?.slug);
const outcomeOf = async (slug: string) => {
  try {
    const read = await readArticle(by(), { slug, sort: "best", page: 1 });
    return "moved" in read ? `moved to ${read.moved}` : read.article.title;
  } catch {
    return "not found";
  }
};
/** A live article, by the author. */
const live = (fields: Parameters<typeof aDraft>[1] = {}) =>
  aDraft(author, fields).then((draft) => published(author, editor, { draft }));
/** The next revision of it, published. */
const next = async (before: TestDraft, fields: Parameters<typeof aDraft>[1], kind: RevisionClass = "UPDATE") =>
  published(author, editor, { draft: await aRevision(author, before, fields), class: kind, note: "It changed." });

describe("readers", () => {
  it("find a first text, with its thread, as soon as it is published and not before", async () => {
    const draft = await submitted(author, await aDraft(author, { title: "Do bees sleep?", slug: "do-bees-sleep" }));
    expect(await outcomeOf("do-bees-sleep")).toBe("not found");
    const events = await publish(by(editor), { ...(await seen(draft)), class: null, note: "" });
    expect(events).toMatchObject([{ type: "ArticlePublished", articleSlug: "do-bees-sleep" }]);
    expect(await outcomeOf("do-bees-sleep")).toBe("Do bees sleep?");
    expect(await postComment(by(), wish({ slug: "do-bees-sleep" }))).toMatchObject({ status: "published" });
  });

  it("see the old text while a new one is written, reviewed and sent back, and the new one after", async () => {
    const old = await live({ slug: "waggle", title: "Old" });
    const draft = await aRevision(author, old, { title: "New" });
    expect(await outcomeOf("waggle")).toBe("Old");
    await submitted(author, draft);
    await requestChanges(by(editor), { ...(await seen(draft)), reason: "More." });
    expect(await outcomeOf("waggle")).toBe("Old");
    await rewrite(author, draft, { body: "More." });
    await published(author, editor, { draft, class: "UPDATE", note: "More." });
    expect(await outcomeOf("waggle")).toBe("New");
    expect(await db.sql("SELECT state FROM revisions WHERE article_id = $1 ORDER BY number", [old.articleId])).toEqual([
      { state: "SUPERSEDED" },
      { state: "PUBLISHED" },
    ]);
  });

  it("get rendered text with its headings and words, just as its preview was", async () => {
    const body = "## One\n\nA *word*.\n\n## Two\n\nAnother.";
    const draft = await live({ body });
    const [row] = await db.sql("SELECT html, headings, words FROM revisions WHERE id = $1", [draft.revisionId]);
    expect(row).toMatchObject({ html: expect.stringContaining("<em>word</em>"), words: 5 });
    expect(row?.headings).toMatchObject([{ text: "One" }, { text: "Two" }]);
    expect((await previewArticle(by(author), body)).html).toBe(row?.html);
  });
});

describe("Last Modified Date", () => {
  it.each([
    ["TYPO", false],
    ["CLARIFICATION", false],
    ["UPDATE", true],
    ["CORRECTION", true],
  ] as const)("after a change of class %s moves: %s", async (kind, moves) => {
    const first = await live();
    const long = "2020-01-01T00:00:00.000Z";
    await db.sql("UPDATE articles SET first_published_at = $2, last_modified_at = $2 WHERE id = $1", [
      first.articleId,
      long,
    ]);
    await next(first, { body: `They dance (${kind}).` }, kind);
    const article = await articleOf(first);
    expect(
      [article?.first_published_at, article?.last_modified_at].map((at) => new Date(String(at)).getFullYear() === 2020),
    ).toEqual([true, !moves]);
    const read = await readArticle(by(), { slug: await slugOf(first), sort: "best", page: 1 });
    expect("article" in read && read.article.corrections.map((line) => line.class)).toEqual(moves ? [kind] : []);
  });
});

describe("an address", () => {
  it("that changes leaves a redirect, and may come back", async () => {
    const first = await live({ slug: "one-name" });
    const second = await next(first, { slug: "another-name" });
    expect([await outcomeOf("one-name"), await slugOf(first)]).toEqual(["moved to another-name", "another-name"]);
    await next(second, { slug: "one-name", body: "Back again." });
    expect([await outcomeOf("another-name"), await slugOf(first)]).toEqual(["moved to one-name", "one-name"]);
  });

  it("that readers never knew leaves none", async () => {
    const first = await live({ slug: "chosen" });
    expect(await db.sql("SELECT 1 FROM slug_redirects WHERE article_id = $1", [first.articleId])).toEqual([]);
  });

  it.each([
    ["is another article's", "taken-now"],
    ["was another article's", "taken-before"],
  ])("that %s is refused, when it is handed in and when it is published", async (_, slug) => {
    const holder = await live({ slug: `${slug}-x` });
    const draft = await submitted(author, await aDraft(author, { slug }));
    await next(holder, { slug, body: "First here." });
    if (slug === "taken-before") await next(await newest(holder), { slug: "elsewhere", body: "And away." });
    const attempt = publish(by(editor), { ...(await seen(draft)), class: null, note: "" });
    expect(await refusalOf(attempt)).toBe("invalid slug=slug.taken");
    expect(await refusalOf(submitted(author, await aDraft(author, { slug })))).toBe("invalid slug=slug.taken");
    expect((await db.sql("SELECT state FROM revisions WHERE id = $1", [draft.revisionId]))[0]?.state).toBe("IN_REVIEW");
  });
});

const newest = async ({ articleId }: TestDraft): Promise<TestDraft> => {
  const rows = await db.sql("SELECT id FROM revisions WHERE article_id = $1 ORDER BY number DESC LIMIT 1", [articleId]);
  return { articleId, revisionId: Number(rows[0]?.id) };
};

describe("topics", () => {
  const counts = async () =>
    Object.fromEntries(
      (await db.sql("SELECT name, article_count FROM topics")).map((row) => [row.name, row.article_count]),
    );

  it("are made, counted, left and taken away with the article", async () => {
    const first = await live({ topics: ["Honey", "Wax"] });
    expect(await counts()).toMatchObject({ Honey: 1, Wax: 1 });
    const second = await next(first, { topics: ["Wax", "蜜蜂"] });
    expect(await counts()).toMatchObject({ Honey: 0, Wax: 1, 蜜蜂: 1 });
    const events = await unpublish(by(editor), { revisionId: second.revisionId, reason: "Wrong." });
    expect(await counts()).toMatchObject({ Honey: 0, Wax: 0, 蜜蜂: 0 });
    expect(events).toMatchObject([{ type: "ArticleUnpublished", topics: expect.arrayContaining(["wax"]) }]);
  });

  it("that two articles bring at once are one", async () => {
    const drafts = await Promise.all([
      aDraft(author, { topics: ["Pollen", "Nectar"] }),
      aDraft(author, { topics: ["Nectar", "Pollen"] }),
    ]);
    await Promise.all(drafts.map((draft) => published(author, editor, { draft })));
    expect(await counts()).toMatchObject({ Pollen: 2, Nectar: 2 });
  });
});

describe("topics of an article that was brought in", () => {
  it("are those of its text: the next text adds and takes away only what it changes", async () => {
    const brought = await anArticle("Who brought it?", ["Amber", "Resin"]);
    const draft = await aRevision(author, brought, { topics: ["Amber", "Sap"] });
    const topicsIn = async () => {
      const { base, revision } = await readReview(by(editor), { revisionId: draft.revisionId });
      return base && changedDetails(base, revision).find(({ name }) => name === "Topics");
    };
    const changed = { name: "Topics", kind: "things", added: ["Sap"], removed: ["Resin"] };
    expect(await topicsIn()).toEqual(changed);
    await published(author, editor, { draft, class: "UPDATE", note: "Sap." });
    expect(await topicsIn()).toEqual(changed);
  });
});

describe("credits", () => {
  const creditsOf = async ({ articleId }: TestDraft) =>
    (
      await db.sql(
        `SELECT kind, coalesce(c.name, u.display_name) AS name FROM credits c LEFT JOIN users u ON u.id = c.user_id
       WHERE article_id = $1 ORDER BY kind, position`,
        [articleId],
      )
    ).map(({ kind, name }) => `${kind} ${name}`);
  const written = () => `WRITTEN ${author.displayName}`;
  const edited = () => `EDITED ${editor.displayName}`;

  it("name who wrote, not who reviewed; and later whoever mended as editor", async () => {
    const first = await live({ body: "Bees dance to tell the others where the flowers are." });
    expect(await creditsOf(first)).toEqual([written()]);
    const mended = await submitted(
      editor,
      await aRevision(editor, first, { body: "Bees dance to tell the others where flowers are." }),
    );
    await publish(by(await aPerson("Third", "EDITOR")), {
      ...(await seen(mended)),
      class: "TYPO",
      note: "A word less.",
    });
    expect(await creditsOf(first)).toEqual([written(), edited()]);
  });

  it("of an article that was brought in stay with those it came with", async () => {
    const { articleId, revisionId } = await anArticle();
    await db.sql("INSERT INTO credits (article_id, kind, position, name) VALUES ($1, 'WRITTEN', 1, 'Old Master')", [
      articleId,
    ]);
    await published(author, editor, {
      draft: await aRevision(author, { articleId, revisionId }, { body: "By the sun, and by what they remember." }),
      ...{ class: "UPDATE", note: "Memory." },
    });
    expect((await creditsOf({ articleId, revisionId }))[0]).toBe("WRITTEN Old Master");
  });

  it("that an editor chose stay through publishing, until they are taken back", async () => {
    const first = await live();
    const people = { written: ["Ada Beekeeper", `@${author.handle}`], edited: ["The Bee Society"] };
    await setCredits(by(editor), { articleId: first.articleId, people, reason: "She told it first." });
    const chosen = ["WRITTEN Ada Beekeeper", written(), "EDITED The Bee Society"];
    expect(await creditsOf(first)).toEqual(chosen);
    await setCredits(by(editor), { articleId: first.articleId, people, reason: "Once more." });
    await next(first, { body: "Another text altogether." });
    expect(await creditsOf(first)).toEqual(chosen);
    await computeCreditsAgain(by(editor), { articleId: first.articleId, reason: "It is not hers." });
    expect(await creditsOf(first)).toEqual([written()]);
  });

  it.each([
    ["no reason", { written: ["Ada"], edited: [] }, "", "invalid reason=reason.missing"],
    ["nobody who wrote", { written: [], edited: ["Ada"] }, "x", "invalid written=credits.nobody"],
    [
      "a member who is none",
      { written: ["Ada"], edited: ["@nobody_here"] },
      "x",
      "invalid edited=credits.unknown_member",
    ],
  ])("are not chosen with %s", async (_, people, reason, outcome) => {
    const { articleId } = await live();
    expect(await refusalOf(setCredits(by(editor), { articleId, people, reason }))).toBe(outcome);
  });

  it("are chosen by editors only, and taken back only when they were chosen", async () => {
    const { articleId } = await live();
    const people = { written: ["Me"], edited: [] };
    expect(await refusalOf(setCredits(by(author), { articleId, people, reason: "x" }))).toMatch(/^forbidden/);
    expect(await refusalOf(computeCreditsAgain(by(editor), { articleId, reason: "x" }))).toBe("conflict state.changed");
  });
});

describe("unpublishing and going back", () => {
  it("takes the article from readers, keeps its text, and a new revision brings it back where it was", async () => {
    const first = await live({ slug: "gone-and-back", title: "Gone" });
    expect(await refusalOf(unpublish(by(editor), { ...first, reason: "" }))).toBe("invalid reason=reason.missing");
    expect(await refusalOf(unpublish(by(author), { ...first, reason: "x" }))).toMatch(/^forbidden/);
    await unpublish(by(editor), { ...first, reason: "It was wrong." });
    expect(await outcomeOf("gone-and-back")).toBe("not found");
    await next(first, { title: "Back", body: "Right." }, "CORRECTION");
    expect(await outcomeOf("gone-and-back")).toBe("Back");
  });

  it("begins a draft with the old text, at today's address and under today's topics", async () => {
    const first = await live({ slug: "then", title: "Then", body: "Then.", topics: ["Past"] });
    await next(first, { slug: "now", title: "Now", body: "Now.", topics: ["Present"] });
    const { articleId } = await revert(by(editor), first);
    const { revisionId } = await newest({ ...first, articleId });
    expect(
      await db.sql(
        "SELECT number, state, title, body, slug, topics, author_id, attribution FROM revisions WHERE id = $1",
        [revisionId],
      ),
    ).toEqual([
      {
        ...{ number: 3, state: "DRAFT", title: "Then", body: "Then.", slug: "now", topics: ["Present"] },
        ...{ author_id: editor.userId, attribution: [[author.userId, 1]] },
      },
    ]);
    expect(await outcomeOf("now")).toBe("Now");
    expect(await refusalOf(revert(by(editor), first))).toBe("conflict draft.open_already");
    expect(await refusalOf(revert(by(editor), { revisionId }))).toBe("conflict state.changed");
  });
});

describe("mail", () => {
  const mails = async () =>
    (
      await db.sql("SELECT payload FROM graphile_worker._private_jobs WHERE payload->>'kind' = 'editorial' ORDER BY id")
    ).map(({ payload }) => payload);

  it("tells those who write it of changes that are asked for and of publishing, but nobody of what they did themselves", async () => {
    await db.sql("DELETE FROM graphile_worker._private_jobs");
    const draft = await submitted(author, await aDraft(author, { title: "Mailed", slug: "mailed" }));
    await requestChanges(by(editor), { ...(await seen(draft)), reason: "Say more." });
    await rewrite(author, draft, { body: "More." });
    await published(author, editor, { draft });
    const own = await aPerson("Owner", "ADMIN");
    await published(own, own, { draft: await aDraft(own) });
    const about = { userId: author.userId, title: "Mailed" };
    expect(await mails()).toMatchObject([
      { ...about, news: "changesRequested", path: `/desk/drafts/${draft.articleId}`, reason: "Say more." },
      { ...about, news: "published", path: "/articles/mailed", reason: "" },
    ]);
  });
});
