// A code on paper that moves an anonymous identity: once, the newest only, however it is typed, and not by guessing.
import { beforeEach, describe, expect, it } from "vitest";
import type { Actor, VisitorActor } from "@/lib/domain/actor";
import { env } from "@/lib/env";
import { deleteComment, editComment } from "@/lib/services/edit-comment";
import { identify } from "@/lib/services/identify";
import { makeRecoveryCode, moveByRecoveryCode } from "@/lib/services/recovery-code";
import { passing } from "@/tests/services/accounts/people";
import { aMember, anArticle, by, newNetwork, post, refusalOf, stranger, visitorOf } from "@/tests/services/arrange";
import { freshDatabase } from "@/tests/support/database";

const db = freshDatabase();

beforeEach(() => {
  env().rateLimitFactor = 1;
});

const wrong = "invalid code=recovery.wrong";

/** A browser that has posted once. */
async function aBrowser(): Promise<{ visitor: VisitorActor; id: string; visitorToken: string | undefined }> {
  const posted = await post(await anArticle());
  return { visitor: await visitorOf(posted), id: posted.id, visitorToken: posted.visitorToken };
}

const holderOf = (visitorToken: string | undefined): Promise<Actor> =>
  identify({ session: undefined, visitor: visitorToken });

const use = (typed: string, network = newNetwork()) =>
  moveByRecoveryCode(by(stranger, { network }), { typed, sure: false });

describe("a recovery code", () => {
  it("moves the identity to the new browser, and the old one is without", async () => {
    const old = await aBrowser();
    const { visitorToken } = await use(await makeRecoveryCode(by(old.visitor)));
    expect(await holderOf(visitorToken)).toEqual(old.visitor);
    expect(await holderOf(old.visitorToken)).toEqual(stranger);
    expect(await refusalOf(editComment(by(await holderOf(visitorToken)), { id: old.id, body: "From here." }))).toBe(
      "done",
    );
    expect(
      await refusalOf(editComment(by(await holderOf(old.visitorToken)), { id: old.id, body: "From there." })),
    ).toBe("forbidden forbidden.comment.edit");
  });

  it("works once", async () => {
    const code = await makeRecoveryCode(by((await aBrowser()).visitor));
    await use(code);
    expect(await refusalOf(use(code))).toBe(wrong);
  });

  it("works for one of many who use it at once", async () => {
    const { visitor } = await aBrowser();
    const code = await makeRecoveryCode(by(visitor));
    const came = await Promise.all([1, 2, 3, 4].map(() => use(code).catch(() => null)));
    const tokens = came.flatMap((result) => (result ? [result.visitorToken] : []));
    expect(tokens).toHaveLength(1);
    expect(await holderOf(tokens[0])).toEqual(visitor);
  });

  it("ends when a newer one is made", async () => {
    const { visitor } = await aBrowser();
    const [older, newer] = [await makeRecoveryCode(by(visitor)), await makeRecoveryCode(by(visitor))];
    expect(await refusalOf(use(older))).toBe(wrong);
    expect(await refusalOf(use(newer))).toBe("done");
  });

  it.each([
    ["as it is printed", (code: string) => code],
    ["in small letters", (code: string) => code.toLowerCase()],
    ["without dashes", (code: string) => code.replaceAll("-", "")],
    ["with spaces", (code: string) => ` ${code.replaceAll("-", "  ")} \n`],
    ["letter by letter", (code: string) => [...code.replaceAll("-", "")].join(" ")],
    ["with other dashes", (code: string) => code.replaceAll("-", "–")],
    [
      "in full width",
      (code: string) => code.replace(/[0-9A-Z]/g, (c) => String.fromCodePoint((c.codePointAt(0) ?? 0) + 0xfee0)),
    ],
  ])("is understood %s", async (_how, type) => {
    const { visitor } = await aBrowser();
    const { visitorToken } = await use(type(await makeRecoveryCode(by(visitor))));
    expect(await holderOf(visitorToken)).toEqual(visitor);
  });

  it("is six groups of four letters that cannot be mistaken, all of them used alike, and never the same", async () => {
    const { visitor } = await aBrowser();
    const codes: string[] = [];
    for (let nth = 0; nth < 100; nth++) codes.push(await makeRecoveryCode(by(visitor)));
    for (const code of codes) expect(code).toMatch(/^(?:[2-9A-HJKMNP-TW-Z]{4}-){5}[2-9A-HJKMNP-TW-Z]{4}$/);
    expect(new Set(codes).size).toBe(codes.length);
    const counts = new Map<string, number>();
    for (const letter of codes.join("").replaceAll("-", "")) counts.set(letter, (counts.get(letter) ?? 0) + 1);
    // 2,400 letters drawn from 29: about 83 each; five standard deviations around it.
    expect(counts.size).toBe(29);
    for (const count of counts.values()) expect(Math.abs(count - 2_400 / 29)).toBeLessThan(45);
  });

  it("is kept as a hash only, and its use is in the record", async () => {
    const { visitor } = await aBrowser();
    const code = await makeRecoveryCode(by(visitor));
    const kept = JSON.stringify(await db.sql("SELECT v::text FROM visitors v WHERE id = $1", [visitor.visitorId]));
    const bare = code.replaceAll("-", "");
    for (const text of [code, bare, Buffer.from(bare).toString("hex")]) expect(kept).not.toContain(text);
    await use(code);
    expect(
      await db.sql("SELECT detail FROM audit_events WHERE kind = 'identityMoved' ORDER BY id DESC LIMIT 1"),
    ).toEqual([{ detail: { visitor: visitor.visitorId } }]);
  });

  it("is made by a member for what their browser left anonymously; the account stays where it is", async () => {
    const { visitor } = await aBrowser();
    const member = { ...(await aMember("mover", "Mover")), visitorId: visitor.visitorId };
    const { visitorToken } = await use(await makeRecoveryCode(by(member)));
    expect(await holderOf(visitorToken)).toEqual(visitor);
  });

  it.each([
    ["a stranger", async () => stranger as Actor],
    ["a member whose browser left nothing", () => aMember("newcomer", "Newcomer")],
    ["the software itself", async () => ({ kind: "system" }) as const],
  ])("is not made for %s", async (_who, actorOf) => {
    expect(await refusalOf(makeRecoveryCode(by(await actorOf())))).toBe("not_found recovery.nothing");
  });
});

describe("wrong codes", () => {
  it("open nothing, whatever is typed, not even where nobody has made a code", async () => {
    await aBrowser();
    const typed = ["", "-", "2".repeat(24), "x".repeat(1_000_000), "\u0000", "%", "é".repeat(24), "７".repeat(23)];
    for (const code of typed) expect(await refusalOf(use(code))).toBe(wrong);
  });

  it("are limited by network, an hour long, and the right one then waits too", async () => {
    const { visitor } = await aBrowser();
    const code = await makeRecoveryCode(by(visitor));
    const network = newNetwork();
    for (let nth = 0; nth < 10; nth++) expect(await refusalOf(use("wrong", network))).toBe(wrong);
    expect(await refusalOf(use("wrong", network))).toBe("rate_limited");
    expect(await refusalOf(use(code, network))).toBe("rate_limited");
    await passing(db, 3_600);
    expect(await refusalOf(use(code, network))).toBe("done");
  });

  it("are limited by member, whatever network they come from", async () => {
    const member = await aMember("guesser", "Guesser");
    for (let nth = 0; nth < 10; nth++)
      expect(await refusalOf(moveByRecoveryCode(by(member), { typed: "wrong", sure: false }))).toBe(wrong);
    expect(await refusalOf(moveByRecoveryCode(by(member), { typed: "wrong", sure: false }))).toBe("rate_limited");
  });
});

describe("a browser that has posted anonymously itself", () => {
  it("is warned before it becomes somebody else, and the code is still good", async () => {
    const [old, here] = [await aBrowser(), await aBrowser()];
    const typed = await makeRecoveryCode(by(old.visitor));
    const past = "conflict recovery.past";
    expect(await refusalOf(moveByRecoveryCode(by(here.visitor), { typed, sure: false }))).toBe(past);
    expect(await holderOf(old.visitorToken)).toEqual(old.visitor);
    const { visitorToken } = await moveByRecoveryCode(by(here.visitor), { typed, sure: true });
    expect(await holderOf(visitorToken)).toEqual(old.visitor);
    // What it was before is only without this browser's cookie.
    expect(await holderOf(here.visitorToken)).toEqual(here.visitor);
  });

  it("is not told whether a code is right before it is", async () => {
    const { visitor } = await aBrowser();
    expect(await refusalOf(moveByRecoveryCode(by(visitor), { typed: "wrong", sure: false }))).toBe(wrong);
  });

  it("is not warned of becoming itself, nor when nothing it wrote stands any more", async () => {
    const [own, gone] = [await aBrowser(), await aBrowser()];
    const itself = moveByRecoveryCode(by(own.visitor), { typed: await makeRecoveryCode(by(own.visitor)), sure: false });
    expect(await refusalOf(itself)).toBe("done");
    await deleteComment(by(gone.visitor), { id: gone.id });
    const typed = await makeRecoveryCode(by((await aBrowser()).visitor));
    expect(await refusalOf(moveByRecoveryCode(by(gone.visitor), { typed, sure: false }))).toBe("done");
  });
});
