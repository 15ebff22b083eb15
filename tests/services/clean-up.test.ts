// What has ended is forgotten, and nothing else.
import { describe, expect, it } from "vitest";
import { cleanUp } from "@/lib/services/clean-up";
import { freshDatabase } from "@/tests/support/database";
import { aMember } from "./arrange";

const db = freshDatabase();

describe("cleaning up", () => {
  it("forgets what has ended, and leaves what has not", async () => {
    const { userId } = await aMember("ada", "Ada");
    const session = (token: string, from: string, to: string) =>
      db.sql(
        `INSERT INTO sessions (user_id, token_hash, idle_until, ends_at)
         VALUES ($1, $2, now() + $3::interval, now() + $4::interval)`,
        [userId, Buffer.from(token), from, to],
      );
    await session("idle", "-1 second", "1 day");
    await session("over", "-1 second", "-1 second");
    await session("alive", "1 hour", "1 day");
    await db.sql(`
      INSERT INTO rate_limits (key, count, expires_at) VALUES
        ('ended', 1, now() - interval '1 second'), ('running', 1, now() + interval '1 hour');
      INSERT INTO idempotency_keys (key, request_hash, created_at) VALUES
        ('old', 'x', now() - interval '30 days'), ('new', 'x', now());
      INSERT INTO network_salts (day, salt) VALUES
        ((now() AT TIME ZONE 'UTC')::date - 2, decode(repeat('00', 32), 'hex')),
        ((now() AT TIME ZONE 'UTC')::date - 1, decode(repeat('01', 32), 'hex')),
        ((now() AT TIME ZONE 'UTC')::date, decode(repeat('02', 32), 'hex'));
      INSERT INTO one_time_tokens (token_hash, purpose, expires_at) VALUES
        ('ended', 'DOWNLOAD', now() - interval '1 second'), ('living', 'DOWNLOAD', now() + interval '1 hour');
      INSERT INTO screened_hours (hour, comments) VALUES (now() - interval '61 days', 1), (now() - interval '59 days', 2);
      SELECT graphile_worker.add_job('send-mail', '{"n":"long parked"}', max_attempts => 3);
      SELECT graphile_worker.add_job('send-mail', '{"n":"just parked"}', max_attempts => 3);
      SELECT graphile_worker.add_job('send-mail', '{"n":"waiting"}', max_attempts => 3);
      UPDATE graphile_worker._private_jobs SET attempts = 3 WHERE payload->>'n' <> 'waiting';
      UPDATE graphile_worker._private_jobs SET updated_at = now() - interval '31 days' WHERE payload->>'n' <> 'just parked';
    `);
    await cleanUp();
    const left = async (sql: string) => (await db.sql(sql)).map(({ what }) => what);
    expect(await left("SELECT convert_from(token_hash, 'UTF8') AS what FROM sessions")).toEqual(["alive"]);
    expect(await left("SELECT key AS what FROM rate_limits")).toEqual(["running"]);
    expect(await left("SELECT convert_from(key, 'UTF8') AS what FROM idempotency_keys")).toEqual(["new"]);
    expect(await left("SELECT count(*)::int AS what FROM network_salts")).toEqual([2]);
    expect(await left("SELECT convert_from(token_hash, 'UTF8') AS what FROM one_time_tokens")).toEqual(["living"]);
    expect(await left("SELECT comments AS what FROM screened_hours")).toEqual([2]);
    expect(await left("SELECT payload->>'n' AS what FROM graphile_worker._private_jobs ORDER BY id")).toEqual([
      "just parked",
      "waiting",
    ]);
  });

  it("does the rest when one part fails, and says so", async () => {
    await db.sql(`
      INSERT INTO rate_limits (key, count, expires_at) VALUES ('ended', 1, now() - interval '1 second');
      INSERT INTO one_time_tokens (token_hash, purpose, expires_at) VALUES ('ended', 'DOWNLOAD', now() - interval '1 second');
      ALTER TABLE rate_limits RENAME TO rate_limits_away`);
    await expect(cleanUp()).rejects.toThrow("1 kinds of rows could not be forgotten.");
    await db.sql("ALTER TABLE rate_limits_away RENAME TO rate_limits");
    expect(await db.sql("SELECT id FROM one_time_tokens WHERE expires_at < now()")).toEqual([]);
  });
});
