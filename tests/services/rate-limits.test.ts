// How often anybody may post: exactly so often, and no address is left behind in the database by the counting.
import { beforeEach, describe, expect, it } from "vitest";
import { isDomainError } from "@/lib/domain/errors";
import { env } from "@/lib/env";
import type { Context } from "@/lib/services/context";
import { editComment } from "@/lib/services/edit-comment";
import { previewComment } from "@/lib/services/render-comment";
import { reportComment } from "@/lib/services/report-comment";
import {
  aMember,
  anArticle,
  aVisitor,
  by,
  newNetwork,
  post,
  refusalOf,
  stranger,
  type TestArticle,
  visitorOf,
} from "@/tests/services/arrange";
import { dumpOf } from "@/tests/services/dump";
import { freshDatabase } from "@/tests/support/database";

const db = freshDatabase();

beforeEach(() => {
  env().rateLimitFactor = 1;
});

/** Brings the end of all windows nearer, as passing time would; negative, puts it off, so that no window ends by itself here. */
const passing = (seconds: number) =>
  db.sql("UPDATE rate_limits SET expires_at = expires_at - $1 * interval '1 second'", [seconds]);

let texts = 0;
/** Posts a text that was not posted before; "done", "rate_limited 10", or another refusal. */
async function attempt(article: TestArticle, ctx: Context): Promise<string> {
  texts++;
  const sent = post(article, { body: `Text number ${texts}.` }, ctx);
  const retryAfter = await sent.then(
    () => undefined,
    (error: unknown) => (isDomainError(error) ? error.details.retryAfter : undefined),
  );
  return retryAfter === undefined ? refusalOf(sent) : `${await refusalOf(sent)} ${retryAfter}`;
}

/** Somebody known whose earlier posts no longer count. */
async function newcomer(): Promise<Context> {
  const visitor = await aVisitor(await anArticle());
  await passing(1_000_000);
  return by(visitor);
}

describe("a visitor", () => {
  it("posts once in ten seconds, and is told how long to wait", async () => {
    const article = await anArticle();
    const ctx = await newcomer();
    expect(await attempt(article, ctx)).toBe("done");
    await passing(-1_000);
    expect(await attempt(article, ctx)).toMatch(/^rate_limited (1010|100[1-9])$/);
    await passing(1_011);
    expect(await attempt(article, ctx)).toBe("done");
  });

  it("posts five times in ten minutes, and waits for the end of the longest full window", async () => {
    const article = await anArticle();
    const ctx = await newcomer();
    for (let nth = 0; nth < 5; nth++) {
      expect(await attempt(article, { ...ctx, network: newNetwork() })).toBe("done");
      await passing(11);
    }
    const refused = await attempt(article, ctx);
    expect(refused).toMatch(/^rate_limited \d+$/);
    const seconds = Number(refused.split(" ")[1]);
    expect(seconds).toBeGreaterThan(500);
    expect(seconds).toBeLessThanOrEqual(600 - 5 * 11);
  });

  it("loses nothing by being refused", async () => {
    const article = await anArticle();
    const ctx = await newcomer();
    await attempt(article, ctx);
    await passing(-1_000);
    const counted = () => db.sql("SELECT key, count, expires_at FROM rate_limits ORDER BY key");
    const before = await counted();
    for (let nth = 0; nth < 5; nth++) expect(await attempt(article, ctx)).toMatch(/^rate_limited/);
    expect(await refusalOf(post(article, { parentId: "1", body: "Nowhere." }, ctx))).toMatch(/^rate_limited/);
    expect(await counted()).toEqual(before);
  });

  it("loses nothing by a comment that is not taken", async () => {
    const article = await anArticle();
    const ctx = await newcomer();
    expect(await refusalOf(post(article, { parentId: "999999999" }, ctx))).toBe("conflict comment.parent_gone");
    expect(await attempt(article, ctx)).toBe("done");
  });

  it("loses nothing by sending the same again", async () => {
    const article = await anArticle();
    const ctx = await newcomer();
    for (let nth = 0; nth < 5; nth++) expect(await refusalOf(post(article, {}, ctx))).toBe("done");
  });
});

describe("a network", () => {
  it("has three posts of strangers in half a minute, the fourth waits; another network does not", async () => {
    const article = await anArticle();
    const network = newNetwork();
    for (let nth = 0; nth < 3; nth++) expect(await attempt(article, by(stranger, { network }))).toBe("done");
    await passing(-1_000);
    expect(await attempt(article, by(stranger, { network }))).toMatch(/^rate_limited 10[0-3]\d$/);
    expect(await attempt(article, by(stranger))).toBe("done");
    await passing(1_031);
    expect(await attempt(article, by(stranger, { network }))).toBe("done");
  });

  it.each([1, 3])("lets exactly its allowance through of twenty posts at once, at factor %i", async (factor) => {
    const article = await anArticle();
    const network = newNetwork();
    env().rateLimitFactor = factor;
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, nth) =>
        refusalOf(post(article, { body: `Rush ${factor} ${nth}.` }, by(stranger, { network }))),
      ),
    );
    expect(outcomes.filter((outcome) => outcome === "done")).toHaveLength(3 * factor);
    expect(outcomes.filter((outcome) => outcome.startsWith("rate_limited"))).toHaveLength(20 - 3 * factor);
    const [row] = await db.sql("SELECT count(*)::int AS n FROM comments WHERE thread_id = $1", [article.threadId]);
    expect(row?.n).toBe(3 * factor);
  });
});

describe("a member", () => {
  it("posts once in five seconds, wherever from", async () => {
    const article = await anArticle();
    const member = await aMember("quick", "Quick");
    expect(await attempt(article, by(member))).toBe("done");
    await passing(-1_000);
    expect(await attempt(article, by(member))).toMatch(/^rate_limited 100[1-5]$/);
    await passing(1_006);
    expect(await attempt(article, by(member))).toBe("done");
  });

  it("does not stand in the way of others in the same network", async () => {
    const article = await anArticle();
    const network = newNetwork();
    for (const name of ["Uma", "Ugo", "Una", "Udo", "Ulf"]) {
      expect(await attempt(article, by(await aMember(name.toLowerCase(), name), { network }))).toBe("done");
    }
    expect(await attempt(article, by(stranger, { network }))).toBe("done");
  });
});

describe("RATE_LIMIT_FACTOR", () => {
  it("multiplies the allowances", async () => {
    const article = await anArticle();
    const ctx = await newcomer();
    env().rateLimitFactor = 2.5;
    expect(await attempt(article, ctx)).toBe("done");
    await passing(-1_000);
    expect(await attempt(article, ctx)).toBe("done");
    expect(await attempt(article, ctx)).toMatch(/^rate_limited/);
  });

  it("leaves everybody one, however small it is", async () => {
    const article = await anArticle();
    const ctx = await newcomer();
    env().rateLimitFactor = 0.001;
    expect(await attempt(article, ctx)).toBe("done");
    await passing(-1_000);
    expect(await attempt(article, ctx)).toMatch(/^rate_limited/);
  });
});

describe("other doings", () => {
  it("a visitor edits twenty times in ten minutes", async () => {
    const posted = await post(await anArticle());
    const ctx = by(await visitorOf(posted));
    for (let nth = 0; nth < 20; nth++) await editComment(ctx, { id: posted.id, body: `Edit ${nth}.` });
    expect(await refusalOf(editComment(ctx, { id: posted.id, body: "Edit 20." }))).toBe("rate_limited");
  });

  it("a visitor reports five times an hour", async () => {
    const ctx = await newcomer();
    const report = async () =>
      refusalOf(reportComment(ctx, { id: (await post(await anArticle())).id, reason: "SPAM", note: "" }));
    for (let nth = 0; nth < 5; nth++) expect(await report()).toBe("done");
    expect(await report()).toBe("rate_limited");
  });

  it("a flood of reports from one network, a new visitor each time, is stopped and holds nothing", async () => {
    const network = newNetwork();
    const { id } = await post(await anArticle());
    const report = async () => {
      const ctx = by(await visitorOf(await post(await anArticle())), { network });
      return refusalOf(reportComment(ctx, { id, reason: "SPAM", note: "" }));
    };
    for (let nth = 0; nth < 15; nth++) expect(await report()).toBe("done");
    for (let nth = 0; nth < 5; nth++) expect(await report()).toBe("rate_limited");
    expect(await db.sql("SELECT status FROM comments WHERE id = $1", [id])).toEqual([{ status: "PUBLISHED" }]);
  });

  it("a network previews forty times a minute", async () => {
    const network = newNetwork();
    const preview = () => refusalOf(previewComment(by(stranger, { network }), "*How* will it look?"));
    for (let nth = 0; nth < 40; nth++) expect(await preview()).toBe("done");
    expect(await preview()).toBe("rate_limited");
    await passing(61);
    expect(await preview()).toBe("done");
  });
});

describe("addresses (R71)", () => {
  // Whole, as a number, as bytes in hexadecimal.
  const networks = [
    { network: "192.0.2.77", traces: ["192.0.2.77", "3221226061", "c000024d"] },
    { network: "2001:db8:beef:cafe::", traces: ["2001:db8:beef", "beef:cafe", "20010db8beefcafe"] },
  ];

  it("are in no column of any table", async () => {
    const article = await anArticle();
    for (const { network } of networks) {
      const posted = await post(
        article,
        { body: `From ${network.length}.`, key: `short-${network.length}` },
        by(stranger, { network }),
      );
      const ctx = by(await visitorOf(posted), { network });
      await editComment(ctx, { id: posted.id, body: "Changed." });
      await reportComment(by(stranger, { network }), { id: (await post(article)).id, reason: "SPAM", note: "" });
      await previewComment(ctx, "Hello.");
    }
    const everything = await dumpOf(db);
    expect(everything).toContain("Changed.");
    expect(everything).toContain("comment:30000:network:");
    for (const trace of networks.flatMap(({ traces }) => traces)) expect(everything).not.toContain(trace);
    for (const { network } of networks) {
      expect(everything).not.toContain(Buffer.from(network).toString("hex"));
      expect(everything).not.toContain(Buffer.from(network).toString("base64url"));
    }
  });

  it("have other keys the next day, and the salt of the day before yesterday is gone", async () => {
    const article = await anArticle();
    const keysOf = async () =>
      (await db.sql("SELECT key FROM rate_limits WHERE key LIKE 'comment:86400000:network:%'")).map(({ key }) => key);
    const saltDays = async () =>
      (await db.sql("SELECT day::text FROM network_salts ORDER BY day")).map(({ day }) => day);
    await db.sql("DELETE FROM rate_limits");
    await db.sql("DELETE FROM network_salts");
    for (const day of ["2031-05-01", "2031-05-02", "2031-05-03"]) {
      await attempt(article, by(stranger, { network: "192.0.2.77", now: new Date(`${day}T12:00:00Z`) }));
    }
    expect(new Set(await keysOf()).size).toBe(3);
    expect(await saltDays()).toEqual(["2031-05-02", "2031-05-03"]);
  });

  it("have the same key all day, also when the first try of the day is refused", async () => {
    const article = await anArticle();
    const at = (hour: string) => by(stranger, { network: "192.0.2.78", now: new Date(`2031-06-01T${hour}:00:00Z`) });
    expect(await refusalOf(post(article, { parentId: "999999999" }, at("00")))).toBe("conflict comment.parent_gone");
    const [salt] = await db.sql("SELECT count(*)::int AS n FROM network_salts WHERE day = '2031-06-01'");
    expect(salt?.n).toBe(1);
    await db.sql("DELETE FROM rate_limits");
    for (const hour of ["01", "12", "23"]) expect(await attempt(article, at(hour))).toBe("done");
    expect(await attempt(article, at("23"))).toMatch(/^rate_limited/);
  });
});
