// The packages that are installed: none below the version that mended a known hole (R1), none from an address of one machine.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { root } from "./module-graph";

const lockSchema = z.object({
  packages: z.record(z.string(), z.object({ version: z.string().optional(), resolved: z.string().optional() })),
});

const text = readFileSync(join(root, "package-lock.json"), "utf8");
const { packages } = lockSchema.parse(JSON.parse(text));
const entries = Object.entries(packages).filter(([path]) => path !== "");

/** Lowest version allowed, for every copy in the tree. */
const floors: [string, string][] = [
  ["next", "16.3.3"],
  ["next-auth", "4.24.15"],
  ["@auth/core", "0.41.3"],
  ["nodemailer", "9.0.1"],
  ["sanitize-html", "2.17.5"],
  ["markdown-it", "15.0.3"],
  ["linkify-it", "5.0.2"],
  ["dompurify", "3.4.11"],
  ["sharp", "0.35.5"],
];

/** Packages that must be there, or the table above would prove nothing. */
const present = ["next", "sanitize-html", "markdown-it", "linkify-it", "sharp"];

const copiesOf = (name: string) => entries.filter(([path]) => path.endsWith(`node_modules/${name}`));

function isBelow(version: string, floor: string): boolean {
  const parts = (one: string) => one.split(/[.+-]/).slice(0, 3).map(Number);
  const [a, b] = [parts(version), parts(floor)];
  const at = a.findIndex((part, index) => part !== b[index]);
  return at >= 0 && (a[at] ?? 0) < (b[at] ?? 0);
}

describe("versions", () => {
  it.each([
    ["16.3.2", "16.3.3", true],
    ["16.3.3", "16.3.3", false],
    ["16.10.0", "16.3.3", false],
    ["9.0.0", "15.0.3", true],
    ["16.3.3-canary.1", "16.3.3", false],
  ])("compares %s with %s", (version, floor, below) => expect(isBelow(version, floor)).toBe(below));

  it.each(present)("%s is in the lock file", (name) => expect(copiesOf(name).length).toBeGreaterThan(0));

  it.each(floors)("%s is at least %s; raise it with npm install", (name, floor) => {
    const old = copiesOf(name).filter(([, { version }]) => isBelow(version ?? "0", floor));
    expect(old.map(([path, { version }]) => `${path} ${version}`)).toEqual([]);
  });
});

describe("the lock file", () => {
  it("names no registry, so that everybody's own is used; npm install with omit-lockfile-registry-resolved keeps it so", () => {
    expect(entries.filter(([, { resolved }]) => resolved !== undefined).map(([path]) => path)).toEqual([]);
    expect(entries.length).toBeGreaterThan(100);
  });
});
