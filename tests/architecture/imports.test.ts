// The import directions of the house (docs and architecture, section 1), and what else must hold for every file.
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { findCycles, type Module, reachable, readModules, walk } from "./module-graph";
import { roomOf, rooms, unbound } from "./rooms";

const modules = readModules();
const all = [...modules.values()];
const inRoom = (name: string) => all.filter(({ path }) => roomOf(path)?.name === name);
const product = all.filter(({ path }) => roomOf(path)?.name !== unbound);

/** Breaches of the table, as sentences that say what to do instead. */
function breaches(module: Module): string[] {
  const room = roomOf(module.path);
  if (!room) return [`${module.path} is in no room. Put it into one of the rooms of tests/architecture/rooms.ts.`];
  if (room.name === unbound) return [];
  return module.imports.flatMap(({ file, written }) => {
    if (room.neverPackages?.test(written))
      return [`${module.path} imports "${written}", which ${room.name} never does. ${room.instead}`];
    if (file === undefined || /\.css$/.test(file)) return [];
    const other = roomOf(file);
    if (!other) return [`${module.path} imports "${written}", which is in no room.`];
    if (other.name === room.name || room.mayImport.includes(other.name)) return [];
    return [
      `${module.path} imports "${written}" from ${other.name}. ${other.name === unbound ? other.instead : room.instead}`,
    ];
  });
}

/** Uses of the clock, of chance and of the process, which a pure rule gets as arguments. */
function impurities({ path, source }: Module): string[] {
  const found: string[] = [];
  walk(source, (node) => {
    const text = ts.isPropertyAccessExpression(node) ? node.getText(source) : "";
    const noClock = ts.isNewExpression(node) && node.expression.getText(source) === "Date" && !node.arguments?.length;
    if (noClock || /^(Date\.now|Math\.random|performance\.|process\.|crypto\.|globalThis\.)/.test(text)) {
      found.push(`${path} uses ${node.getText(source)}. Take the time, chance or setting as an argument.`);
    }
  });
  return found;
}

const directive = ({ source }: Module) => {
  const first = source.statements[0];
  return first && ts.isExpressionStatement(first) && ts.isStringLiteral(first.expression) ? first.expression.text : "";
};

describe("the reading of the import graph", () => {
  it("sees the house, so that nothing below passes because nothing was looked at", () => {
    expect(all.length).toBeGreaterThan(100);
    const seen = new Set(all.map(({ path }) => roomOf(path)?.name));
    for (const name of ["lib/text", "lib/domain", "lib/store", "lib/services", "lib/edge", "components", "app"]) {
      expect(seen).toContain(name);
    }
    expect(modules.get("lib/store/client.ts")?.imports.some(({ file }) => file === "lib/store/pool.ts")).toBe(true);
  });

  const foreign: [string, string, string][] = [
    ["a page that reaches into the store", "app/page.tsx", "@/lib/store/client"],
    ["a rule that asks the database", "lib/domain/comment.ts", "@/lib/store/client"],
    ["a text tool that knows the domain", "lib/text/markdown.ts", "@/lib/domain/limits"],
    ["a service that knows Next", "lib/services/post-comment.ts", "next/headers"],
    ["a service that knows Prisma", "lib/services/post-comment.ts", "@prisma/client"],
    ["a component that calls a service", "components/article/article-head.tsx", "@/lib/services/read-article"],
    ["an enhancement with React", "components/enhance/main.ts", "react"],
    ["a room that uses a script", "lib/web/action.ts", "@/scripts/claim"],
    ["a front door that knows articles", "lib/edge/front-door.ts", "@/lib/domain/article"],
  ];
  it.each(foreign)("would catch %s", (_, path, written) => {
    const file = written.startsWith("@/") ? `${written.slice(2)}.ts` : undefined;
    const source = ts.createSourceFile(path, "", ts.ScriptTarget.Latest);
    expect(breaches({ path, source, imports: [{ written, file, typeOnly: false }] })).toHaveLength(1);
  });
});

describe("the import directions", () => {
  it.each(rooms.map(({ name }) => name))("%s imports only what it may", (name) => {
    expect(inRoom(name).flatMap(breaches)).toEqual([]);
  });

  it("every file is in a room", () => {
    expect(all.filter(({ path }) => !roomOf(path)).map(({ path }) => path)).toEqual([]);
  });

  it("has no ring; a ring means that something is in the wrong room or file", () => {
    expect(findCycles(modules).map((ring) => ring.join(" → "))).toEqual([]);
  });

  it("only lib/store knows the generated client", () => {
    const outside = product.filter(({ path }) => !path.startsWith("lib/store/"));
    const knowing = outside.filter(({ imports }) =>
      imports.some(({ file }) => file?.startsWith("lib/store/generated")),
    );
    expect(knowing.map(({ path }) => path)).toEqual([]);
  });
});

describe("the rooms", () => {
  it("lib/domain takes the time, chance and settings as arguments", () => {
    expect(inRoom("lib/domain").flatMap(impurities)).toEqual([]);
  });

  it('every file of lib/web begins with import "server-only"', () => {
    const without = inRoom("lib/web").filter(({ imports }) => imports[0]?.written !== "server-only");
    expect(without.map(({ path }) => path)).toEqual([]);
  });

  it("documents carry no framework: nothing that app/(documents) uses says use client", () => {
    const pages = all.filter(({ path }) => path.startsWith("app/(documents)/")).map(({ path }) => path);
    expect(pages.length).toBeGreaterThan(0);
    const clients = [...reachable(modules, pages)].filter((path) => {
      const module = modules.get(path);
      return module && directive(module) === "use client";
    });
    expect(clients).toEqual([]);
  });

  it("HTML enters a page at one place only", () => {
    const places = product.filter(({ source }) => {
      let found = false;
      walk(source, (node) => {
        if (ts.isIdentifier(node) && node.text === "dangerouslySetInnerHTML") found = true;
      });
      return found;
    });
    expect(places.map(({ path }) => path)).toHaveLength(1);
  });

  it("SQL is never put together from strings: no $queryRawUnsafe, $executeRawUnsafe or Prisma.raw (R83)", () => {
    const unsafe = product.flatMap(({ path, source }) => {
      const found: string[] = [];
      walk(source, (node) => {
        if (!ts.isPropertyAccessExpression(node)) return;
        if (/^\$(query|execute)RawUnsafe$/.test(node.name.text) || node.getText(source) === "Prisma.raw")
          found.push(path);
      });
      return found;
    });
    expect(unsafe).toEqual([]);
  });
});
