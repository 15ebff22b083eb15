// What tests of the desk begin with: drafts, in whatever state, written and moved by the store and the services themselves.
import type { MemberActor, Role } from "@/lib/domain/actor";
import { authorize } from "@/lib/domain/permissions";
import { publish, requestChanges, type ToldReaders } from "@/lib/services/review-revision";
import { submitRevision } from "@/lib/services/submit-revision";
import { database, inTransaction } from "@/lib/store/client";
import { findOpenDraft, insertDraft, insertDraftArticle, writeDraft } from "@/lib/store/drafts";
import { lockRevision, readRevisionInHand } from "@/lib/store/revision-states";
import { attributeAll, attributeChange, attributionOf } from "@/lib/text/attribution";
import { aMember, by } from "@/tests/services/arrange";

let people = 0;

/** A member with these roles. */
export async function aPerson(name: string, ...roles: Role[]): Promise<MemberActor> {
  people++;
  return { ...(await aMember(`${name.toLowerCase()}_${people}`, `${name} ${people}`)), roles };
}

export interface TestDraft {
  articleId: number;
  revisionId: number;
}

interface Fields {
  title?: string;
  slug?: string;
  topics?: string[];
  summary?: string;
  body?: string;
  copyrightHolder?: string;
  licence?: string;
}

const empty = { title: "", slug: "", topics: [], summary: "", body: "", copyrightHolder: "", licence: "" };
let articles = 0;

/** A new article's draft. */
export async function aDraft(author: MemberActor, fields: Fields = {}): Promise<TestDraft> {
  articles++;
  const nth = articles;
  const text = { ...empty, title: `How do bees dance, part ${nth}?`, body: "They waggle.", ...fields };
  return inTransaction(async (tx) => {
    const permit = authorize(author, "draft.start");
    const article = await insertDraftArticle(tx, permit, { slug: `draft-${nth}`, at: new Date() });
    const { id: revisionId } = await insertDraft(tx, permit, {
      ...{ articleId: article.id, authorId: author.userId, fields: text, basedOnId: null, at: new Date() },
      attribution: attributeAll(text.body, author.userId),
    });
    return { articleId: article.id, revisionId };
  });
}

/** A new revision of an article, with the text that its newest revision has, changed so. */
export async function aRevision(author: MemberActor, before: TestDraft, fields: Fields = {}): Promise<TestDraft> {
  return inTransaction(async (tx) => {
    const old = await lockRevision(tx, before.revisionId);
    if (!old) throw new Error("There is no such revision.");
    const { articleId, title, summary, body, slug, topics, copyrightHolder, licence } = old;
    const text = { title, summary, body, slug, topics, copyrightHolder, licence, ...fields };
    const change = { before: body, after: text.body, author: author.userId };
    const { id: revisionId } = await insertDraft(
      tx,
      authorize(author, "article.revise", { writers: [author.userId] }),
      {
        ...{ articleId, authorId: author.userId, fields: text, basedOnId: old.id, at: new Date() },
        attribution: attributeChange(attributionOf(old.attribution), change),
      },
    );
    return { articleId, revisionId };
  });
}

/** Saves other words into a draft. */
export async function rewrite(writer: MemberActor, draft: TestDraft, fields: Fields): Promise<void> {
  await inTransaction(async (tx) => {
    const open = await findOpenDraft(tx, draft.articleId);
    if (!open) throw new Error("The article has no open draft.");
    const { title, summary, body, slug, topics, copyrightHolder, licence } = open;
    const text = { title, summary, body, slug, topics, copyrightHolder, licence, ...fields };
    const change = { before: body, after: text.body, author: writer.userId };
    await writeDraft(tx, authorize(writer, "draft.save", { writers: [writer.userId] }), {
      ...{ id: open.id, after: open.saveNumber, fields: text, savedById: writer.userId, at: new Date() },
      attribution: attributeChange(attributionOf(open.attribution), change),
    });
  });
}

/** What a reviewer who has just read it decides about. */
export async function seen(draft: TestDraft): Promise<{ revisionId: number; saveNumber: number }> {
  const revision = await readRevisionInHand(database(), draft.revisionId);
  if (!revision) throw new Error("There is no such revision.");
  return { revisionId: draft.revisionId, saveNumber: revision.saveNumber };
}

/** Hands a draft in. */
export async function submitted(writer: MemberActor, draft: TestDraft): Promise<TestDraft> {
  await submitRevision(by(writer), { revisionId: draft.revisionId, note: "" });
  return draft;
}

/** Hands a draft in and publishes it. */
export async function published(
  writer: MemberActor,
  editor: MemberActor,
  about: { draft: TestDraft } & Partial<ToldReaders>,
): Promise<TestDraft> {
  const { draft, class: kind = null, note = "" } = about;
  await submitted(writer, draft);
  await publish(by(editor), { ...(await seen(draft)), class: kind, note });
  return draft;
}

/** Hands a draft in, and has it sent back. */
export async function sentBack(writer: MemberActor, editor: MemberActor, draft: TestDraft): Promise<TestDraft> {
  await submitted(writer, draft);
  await requestChanges(by(editor), { ...(await seen(draft)), reason: "Say more." });
  return draft;
}
