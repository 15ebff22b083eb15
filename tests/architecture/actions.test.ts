// Every server action is made by the one wrapper (R20): origin, fields, who, schema, service. One that is not would be a door without a
// lock, so the files are found by their mark and not by a list.
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { isAction } from "@/lib/web/action";
import { readModules, root } from "./module-graph";

const modules = [...readModules().values()];
const files = modules.filter(({ source }) => /^\s*["']use server["']/m.test(source.text)).map(({ path }) => path);

it("finds the files with server actions", () => {
  expect(files).toContain("app/(documents)/articles/[slug]/actions.ts");
});

describe.each(files)("%s", (file) => {
  it("says so in its first line, so that all it exports are actions", () => {
    const text = modules.find(({ path }) => path === file)?.source.text ?? "";
    expect(text.split("\n", 1)[0]).toBe('"use server";');
  });

  it("exports only what `action` has made", async () => {
    const exported = Object.entries<unknown>(await import(/* @vite-ignore */ join(root, file)));
    expect(exported).not.toEqual([]);
    for (const [name, value] of exported) {
      expect(
        isAction(value),
        `${name} must be made by action() of lib/web/action: it asks the origin and who it is.`,
      ).toBe(true);
    }
  });
});
