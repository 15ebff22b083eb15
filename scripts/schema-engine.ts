// Prisma's schema engine as WebAssembly, for the two questions developers have: what would bring a database to the schema,
// and does it match already. Never part of a running site.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum, type SqlQuery } from "@prisma/driver-adapter-utils";
import * as bindings from "@prisma/schema-engine-wasm/schema_engine_bg";
import pg from "pg";
import { z } from "zod";
import { readSchema } from "@/scripts/schema-files";

/** Postgres' number for the type "char" of its catalogues, which Prisma's adapter does not know, and for text, which it does. */
const catalogueChar = 18;
const plainText = 25;

const answer = z.object({ exitCode: z.number(), stdout: z.string().nullable() });

let loading: Promise<void> | undefined;

/** Loads the engine, once: its bindings keep views into the memory of the instance they were given first. */
function engineLoaded(): Promise<void> {
  loading ??= loadEngine();
  return loading;
}

async function loadEngine(): Promise<void> {
  const file = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const bytes = await readFile(file.replace(/\.js$/, ".wasm"));
  const { instance } = await WebAssembly.instantiate(bytes, { "./schema_engine_bg.js": { ...bindings } });
  bindings.__wbg_set_wasm(instance.exports);
  const begin = instance.exports.__wbindgen_start;
  if (typeof begin === "function") begin();
}

/**
 * Prisma's adapter, taught the type "char": the pool calls such columns text, so that the adapter lets them pass, and remembers
 * by the answer's rows which they were, so that the engine gets them as characters.
 */
function catalogueAdapter(pool: pg.Pool): PrismaPg {
  const characters = new WeakMap<object, number[]>();
  const ask = pool.query.bind(pool);
  Object.assign(pool, {
    query: async (question: pg.QueryArrayConfig) => {
      const result = await ask(question);
      const columns = result.fields.flatMap((field, index) => (field.dataTypeID === catalogueChar ? [index] : []));
      for (const field of result.fields) if (field.dataTypeID === catalogueChar) field.dataTypeID = plainText;
      characters.set(result.rows, columns);
      return result;
    },
  });
  const factory = new PrismaPg(pool);
  const connect = factory.connect.bind(factory);
  return Object.assign(factory, {
    connect: async () => {
      const adapter = await connect();
      const queryRaw = adapter.queryRaw.bind(adapter);
      return Object.assign(adapter, {
        queryRaw: async (query: SqlQuery) => {
          const result = await queryRaw(query);
          for (const column of characters.get(result.rows) ?? []) result.columnTypes[column] = ColumnTypeEnum.Character;
          return result;
        },
      });
    },
  });
}

/**
 * The SQL that would bring the database at `url` to the schema in prisma/schema; empty when it matches already. What Prisma
 * cannot express (checks, partial indexes, triggers) does not count.
 */
export async function sqlToReachSchema(url: string): Promise<string> {
  const files = await readSchema();
  await engineLoaded();
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  try {
    const datamodels: [string, string][] = files.map(({ path, content }) => [path, content]);
    const engine = await bindings.SchemaEngine.new(
      { datamodels },
      () => {},
      bindMigrationAwareSqlAdapterFactory(catalogueAdapter(pool)),
    );
    const result = answer.parse(
      await engine.diff({
        from: { tag: "schemaDatasource", files, configDir: "." },
        to: { tag: "schemaDatamodel", files },
        script: true,
        exitCode: true,
        filters: { externalTables: ["public._prisma_migrations"], externalEnums: [] },
      }),
    );
    return result.exitCode === 0 ? "" : (result.stdout ?? "").trim();
  } finally {
    await pool.end();
  }
}
