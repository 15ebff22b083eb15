// Judging a password with what the operator put into the data folder: a list of passwords known from breaches (R27).
import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { env } from "@/lib/env";
import { judgePassword } from "@/lib/services/judge-password";
import { refusalOf } from "@/tests/services/arrange";
import { freshDatabase } from "@/tests/support/database";

freshDatabase();

const sha1 = (text: string) => createHash("sha1").update(text).digest("hex");

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "colloquy-breaches-"));
  env().dataDir = folder;
  const lines = [
    ...Array.from({ length: 100_000 }, (_, nth) => sha1(`somebody's password ${nth}`)),
    "the fox who drank Tea",
    `${sha1("Nineteen teapots").toUpperCase()}:42`,
    "",
    sha1("a quiet pond at 3"),
  ];
  await writeFile(join(folder, "breached-passwords.txt"), lines.join("\r\n"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const about = { email: "ada@example.org", handle: "ada_byron", displayName: "Ada Byron", staff: false };
const judged = (password: string, staff = false) => refusalOf(judgePassword(password, { ...about, staff }));

describe("a password", () => {
  const table: [string, string, string][] = [
    ["of words nobody knows is good", "seven herons at dusk", "done"],
    ["in the list in clear is known from a breach", "the fox who drank Tea", "breached"],
    ["of the list in another case too", "The Fox Who Drank tea", "breached"],
    ["in the list as a hash with a count", "Nineteen teapots", "breached"],
    ["whose hash is that of another case is not the same", "nineteen teapots", "done"],
    ["at the end of the list", "a quiet pond at 3", "breached"],
    ["in the middle of it", "somebody's password 54321", "breached"],
    ["beyond it", "somebody's password 100001", "done"],
    ["that many people have", "q1w2e3r4t5y6", "common"],
    ["that is one's name", "Ada Byron 1815", "about_you"],
  ];
  it.each(table)("%s", async (_sentence, password, expected) => {
    expect(await judged(password)).toBe(expected === "done" ? "done" : `invalid password=password.${expected}`);
  });

  it("of staff has fifteen characters", async () => {
    expect(await judged("seven herons !", true)).toBe("invalid password=password.too_short_staff");
    expect(await judged("seven herons !!", true)).toBe("done");
  });
});
