// The chain over the records (R80), on real Postgres: whatever is done to a line or a seal past the site is found, and what the law
// takes out is not taken for a fault.
import pg from "pg";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type RecordFault, sealedParts } from "@/lib/domain/record-chain";
import { checkRecordJob } from "@/lib/jobs/seal-record";
import { log } from "@/lib/log";
import { checkRecord, walkRecord } from "@/lib/services/check-record";
import { readModerationFeed } from "@/lib/services/read-moderation-log";
import { hashSeal, sealRecord } from "@/lib/services/seal-record";
import { audit } from "@/lib/store/audit";
import { inTransaction } from "@/lib/store/client";
import { logEditorialAction } from "@/lib/store/editorial-log";
import { aMember, anArticle, by, withoutRateLimits } from "@/tests/services/arrange";
import { aHeldComment } from "@/tests/services/moderation";
import { freshDatabase } from "@/tests/support/database";

const db = freshDatabase();
withoutRateLimits();

const tables = ["moderation_actions", "audit_events", "editorial_actions", "record_seals", "record_checks"];

const told = ({ kind, ...about }: RecordFault) => [kind, ...Object.values(about)].join(" ");
const faults = async () => (await walkRecord()).faults.map(told);

/** Does to the tables what only their owner can, who switches the triggers off. */
async function past(sql: string): Promise<void> {
  const switched = (how: string) => tables.map((table) => `ALTER TABLE ${table} ${how} TRIGGER USER;`).join("");
  await db.sql(`${switched("DISABLE")} ${sql}; ${switched("ENABLE")}`);
}

/** Six lines: three decisions, two of accounts, one of the desk, sealed in this order. */
beforeAll(async () => {
  const article = await anArticle();
  const { userId } = await aMember("ada", "Ada");
  const accounts = (device: string) =>
    inTransaction((tx) => audit(tx, { kind: "loggedIn", actorId: userId, subjectId: userId, detail: { device } }));
  const { articleId } = article;
  await aHeldComment(article);
  await accounts("Firefox on Linux");
  await aHeldComment(article);
  await inTransaction((tx) =>
    logEditorialAction(tx, {
      kind: "SUBMIT",
      articleId,
      revisionId: null,
      actorId: userId,
      from: "DRAFT",
      to: "IN_REVIEW",
      reason: "Done.",
    }),
  );
  await accounts("Safari on iOS");
  await aHeldComment(article);
  expect(await walkRecord()).toMatchObject({ waiting: 6, head: { seq: 0n } });
  expect(await sealRecord()).toBe(6);
  await checkRecord();
  await db.sql(tables.map((table) => `CREATE TABLE kept_${table} AS SELECT * FROM ${table};`).join(""));
});

beforeEach(() =>
  past(
    `DELETE FROM unsealed_lines; ${tables.map((table) => `DELETE FROM ${table}; INSERT INTO ${table} SELECT * FROM kept_${table}`).join(";")}`,
  ),
);

it("holds when nothing was done to it, and there is nothing to seal twice", async () => {
  expect(await sealRecord()).toBe(0);
  expect(await walkRecord()).toMatchObject({ faults: [], waiting: 0, erased: 0, head: { seq: 6n } });
});

describe("what was done past the site is found", () => {
  const third = "(SELECT line_id FROM record_seals WHERE seq = 3)";
  const cases: [string, string, RegExp[]][] = [
    [
      "other words",
      `UPDATE moderation_actions SET reason = 'kind words' WHERE id = ${third}`,
      [/^changed moderation \d+ 3$/],
    ],
    ["another note", `UPDATE moderation_actions SET note = 'well' WHERE id = ${third}`, [/^changed moderation \d+ 3$/]],
    [
      "another day",
      `UPDATE moderation_actions SET created_at = created_at - interval '1 day' WHERE id = ${third}`,
      [/^changed moderation/],
    ],
    [
      "another actor",
      "UPDATE moderation_actions SET actor_id = (SELECT max(id) FROM users) WHERE id = (SELECT min(id) FROM moderation_actions)",
      [/^changed moderation \d+ 1$/],
    ],
    [
      "another account",
      "UPDATE audit_events SET subject_id = NULL WHERE id = (SELECT min(id) FROM audit_events)",
      [/^changed accounts \d+ 2$/],
    ],
    [
      "another device",
      'UPDATE audit_events SET detail = \'{"device": "Lynx"}\' WHERE id = (SELECT max(id) FROM audit_events)',
      [/^changed accounts \d+ 5$/],
    ],
    ["another reason at the desk", "UPDATE editorial_actions SET reason = 'Not done.'", [/^changed desk \d+ 4$/]],
    [
      "words that were emptied by hand, not erased",
      "UPDATE editorial_actions SET reason = '', detail = '{}'",
      [/^changed desk \d+ 4$/],
    ],
    ["a line removed", `DELETE FROM moderation_actions WHERE id = ${third}`, [/^removed moderation \d+ 3$/]],
    [
      "a line removed with its seal",
      `DELETE FROM moderation_actions WHERE id = ${third}; DELETE FROM record_seals WHERE seq = 3`,
      [/^broken 4$/],
    ],
    [
      "a line removed with its seal, the later ones moved up",
      `DELETE FROM moderation_actions WHERE id = ${third}; DELETE FROM record_seals WHERE seq = 3; UPDATE record_seals SET seq = seq - 1 WHERE seq > 3`,
      [/^changed desk \d+ 3$/, /^changed accounts \d+ 4$/, /^changed moderation \d+ 5$/, /^rewritten 6$/],
    ],
    [
      "a line inserted",
      "INSERT INTO moderation_actions (kind, comment_id, to_status, reason) SELECT kind, comment_id, to_status, 'x' FROM moderation_actions LIMIT 1",
      [/^inserted moderation \d+$/],
    ],
    [
      "two lines that changed places",
      "UPDATE moderation_actions SET comment_id = (SELECT min(comment_id) + max(comment_id) FROM moderation_actions) - comment_id WHERE id <> " +
        third,
      [/^changed moderation \d+ 1$/, /^changed moderation \d+ 6$/],
    ],
    [
      "two seals that changed places",
      "UPDATE record_seals SET seq = 100 WHERE seq = 2; UPDATE record_seals SET seq = 2 WHERE seq = 5; UPDATE record_seals SET seq = 5 WHERE seq = 100",
      [/ 2$/, / 3$/, / 5$/, / 6$/],
    ],
    [
      "the end cut off",
      "DELETE FROM moderation_actions WHERE id = (SELECT line_id FROM record_seals WHERE seq = 6); DELETE FROM record_seals WHERE seq = 6",
      [/^rewritten 6$/],
    ],
    [
      "the seals thrown away, to begin anew",
      "DELETE FROM record_seals",
      [/^rewritten 6$/, /^inserted/, /^inserted/, /^inserted/, /^inserted/, /^inserted/, /^inserted/],
    ],
  ];

  it.each(cases)("%s", async (_what, sql, expected) => {
    await past(sql);
    const found = await faults();
    expect(found).toHaveLength(expected.length);
    for (const [index, pattern] of expected.entries()) expect(found[index]).toMatch(pattern);
  });

  it("a line removed before its seal came", async () => {
    await aHeldComment(await anArticle());
    await past("DELETE FROM moderation_actions WHERE id = (SELECT max(id) FROM moderation_actions)");
    expect(await sealRecord()).toBe(1);
    expect(await faults()).toEqual([expect.stringMatching(/^removed moderation \d+ 7$/)]);
  });

  it("the whole chain made anew, by the check that was before and by whoever holds a hash", async () => {
    const { head } = await walkRecord();
    await past(`UPDATE moderation_actions SET reason = 'kind words'; DELETE FROM record_seals;
      INSERT INTO unsealed_lines (record, line_id) SELECT record, line_id FROM kept_record_seals ORDER BY seq`);
    await sealRecord();
    expect(await faults()).toEqual(["rewritten 6"]);
    await past("DELETE FROM record_checks");
    // Whoever owns the tables can do all that. What they cannot do is to take back the hash that others hold.
    expect(await faults()).toEqual([]);
    expect((await walkRecord(head)).faults.map(told)).toEqual(["rewritten 6"]);
  });
});

describe("the site's own role", () => {
  it.each(
    tables.flatMap((table) => [`UPDATE ${table} SET id = id`, `DELETE FROM ${table}`, `TRUNCATE ${table} CASCADE`]),
  )("may not: %s", async (sql) => {
    const client = new pg.Client({ connectionString: db.applicationUrl });
    await client.connect();
    try {
      await expect(client.query(sql.replace("record_seals SET id = id", "record_seals SET seq = seq"))).rejects.toThrow(
        /permission denied/,
      );
    } finally {
      await client.end();
    }
  });
});

describe("what the law takes out", () => {
  it("is gone for good, and the chain holds", async () => {
    const { head } = await walkRecord();
    const [line] = await db.sql("SELECT max(id) AS id FROM moderation_actions");
    const [login] = await db.sql("SELECT max(id) AS id FROM audit_events");
    await db.sql("SELECT erase_words('moderation', $1), erase_words('accounts', $2)", [line?.id, login?.id]);
    expect(await walkRecord(head)).toMatchObject({ faults: [], erased: 2, head });
    expect(await db.sql("SELECT reason, note FROM moderation_actions WHERE id = $1", [line?.id])).toEqual([
      { reason: "erased", note: "" },
    ]);
    // Not even its hash can be tried for what it said.
    expect(
      await db.sql("SELECT salt FROM record_seals WHERE record = 'accounts' AND line_id = $1", [login?.id]),
    ).toEqual([{ salt: null }]);
    await expect(
      db.sql("UPDATE moderation_actions SET reason = 'Something else.' WHERE id = $1", [line?.id]),
    ).rejects.toThrow("history only grows");
    await past(`UPDATE moderation_actions SET reason = 'Something else.' WHERE id = ${line?.id}`);
    expect(await faults()).toEqual([`changed moderation ${line?.id} 6`]);
  });

  it("may go before there is a seal", async () => {
    await aHeldComment(await anArticle());
    await db.sql("SELECT erase_words('moderation', (SELECT max(id) FROM moderation_actions))");
    expect(await sealRecord()).toBe(1);
    expect(await faults()).toEqual([]);
  });

  it("is a line that there is", async () => {
    await expect(db.sql("SELECT erase_words('desk', 999)")).rejects.toThrow("The record desk has no line 999.");
  });
});

describe("many at once", () => {
  it("write while several seal: each line has one seal, none waits for another, and the chain holds", async () => {
    const article = await anArticle();
    const writing = Array.from({ length: 24 }, () => aHeldComment(article));
    const sealing = Array.from({ length: 6 }, () => sealRecord());
    await Promise.all([...writing, ...sealing]);
    await sealRecord();
    expect(await walkRecord()).toMatchObject({ faults: [], waiting: 0, head: { seq: 30n } });
  });

  it("a line whose transaction takes long is sealed when it is there, after later ones", async () => {
    const article = await anArticle();
    const { userId } = await aMember("slow", "Slow");
    await inTransaction(async (tx) => {
      await audit(tx, { kind: "loggedOut", actorId: userId, subjectId: userId });
      await aHeldComment(article);
      expect(await sealRecord()).toBe(1);
    });
    expect(await sealRecord()).toBe(1);
    const order = await db.sql("SELECT record FROM record_seals WHERE seq > 6 ORDER BY seq");
    expect(order.map(({ record }) => record)).toEqual(["moderation", "accounts"]);
    expect(await faults()).toEqual([]);
  });

  it("seals nothing of what was rolled back", async () => {
    const { userId } = await aMember("undone", "Undone");
    const undone = inTransaction(async (tx) => {
      await audit(tx, { kind: "loggedOut", actorId: userId, subjectId: userId });
      throw new Error("It did not happen.");
    });
    await expect(undone).rejects.toThrow("It did not happen.");
    expect(await sealRecord()).toBe(0);
  });
});

it("is checked by night, and the feed of the log gives its newest hash to whoever keeps it", async () => {
  await aHeldComment(await anArticle());
  await sealRecord();
  log().level = "error";
  await checkRecordJob();
  const { head } = await walkRecord();
  expect(head.seq).toBe(7n);
  expect(await readModerationFeed(by())).toMatchObject({ sealed: { lines: 7, hash: head.hash } });
});

it("is hashed as it was from the first day on", () => {
  const line = { record: "moderation", id: 1n, kept: '["HOLD"]' } as const;
  const seal = { before: new Uint8Array(), seq: 1n, line, wordsHash: new Uint8Array(32) };
  expect(sealedParts({ ...seal, before: "", wordsHash: "00" })).toEqual([
    "colloquy record 1",
    "",
    "1",
    "moderation",
    "1",
    '["HOLD"]',
    "00",
  ]);
  expect(hashSeal(seal).toString("hex")).toMatchInlineSnapshot(
    `"55a456d48849f16e3225784b35f739022d342f7f23ee50544b581364aae7a8b4"`,
  );
});
