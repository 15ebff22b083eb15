// A server's life on its own database: born, killed, born again, stopped. The data folders are made so that nobody but their
// owner may enter, which for root is the hard case.
import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, stat } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { runningEmbeddedDatabase } from "@/scripts/embedded-database";
import { isAlive } from "@/scripts/processes";
import { until } from "@/tests/support/condition";
import { launchServer, makeDataDir, removeDataDir, type StartedServer, startServer } from "@/tests/support/server";

let folder: string;
let dataDir: string;
let server: StartedServer | undefined;

beforeAll(async () => {
  folder = await makeDataDir();
  dataDir = join(folder, "deep inside", "data");
  await mkdir(dataDir, { recursive: true });
});
afterEach(async () => {
  if (server?.process.exitCode === null) await server.stop();
});
afterAll(() => removeDataDir(folder));

async function sql(text: string): Promise<Record<string, unknown>[]> {
  const urls = await runningEmbeddedDatabase(dataDir);
  const client = new pg.Client({ connectionString: urls?.databaseUrl });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

const postgresPid = async () =>
  Number((await readFile(join(dataDir, "postgres", "postmaster.pid"), "utf8")).split("\n")[0]);

/** The number of the front door's process. */
async function doorOf({ process: { pid } }: StartedServer): Promise<number> {
  return until("the front door to run", () => {
    const { stdout } = spawnSync("pgrep", ["-P", String(pid), "-f", "door.mjs"], { encoding: "utf8" });
    return Number(stdout);
  });
}

describe("a server with its own database", () => {
  it("starts from nothing, has something to read, and stops cleanly when asked", async () => {
    server = await startServer({ dataDir });
    expect(server.output()).toMatch(/repared the database and put in a few articles/);
    const [link] = /(?<=Become admin +)http:\S+/.exec(server.output()) ?? [];
    expect(await (await fetch(link ?? server.origin)).text()).toContain("This place is yours");
    expect(await (await fetch(`${server.origin}/readyz`)).text()).toBe("ready\n");
    const page = await fetch(server.origin);
    expect(page.status).toBe(200);
    expect(await page.text()).toMatch(/href="\/articles\//);
    const postgres = await postgresPid();
    expect(await server.stop()).toBe(0);
    expect(isAlive(postgres)).toBe(false);
    expect(existsSync(join(dataDir, "colloquy.lock"))).toBe(false);
  });

  it("keeps what was written when it is killed, and simply starts again beside the Postgres that was left behind", async () => {
    server = await startServer({ dataDir });
    expect(server.output()).toMatch(/Everything was ready/);
    await sql("INSERT INTO topics (slug, name) VALUES ('kept', 'Kept')");
    const orphan = await postgresPid();
    await server.kill();
    expect(isAlive(orphan)).toBe(true);
    server = await startServer({ dataDir });
    expect(isAlive(orphan)).toBe(false);
    expect(await sql("SELECT name FROM topics WHERE slug = 'kept'")).toEqual([{ name: "Kept" }]);
  });

  it("starts again when even its Postgres was killed and another process has its number", async () => {
    server = await startServer({ dataDir });
    const postgres = await postgresPid();
    process.kill(postgres, "SIGKILL");
    await server.kill();
    await until("Postgres to be gone", () => !isAlive(postgres));
    server = await startServer({ dataDir });
    expect(await sql("SELECT name FROM topics WHERE slug = 'kept'")).toHaveLength(1);
  });

  it("brings its Postgres back when that dies alone, and says ready again; stored pages are served meanwhile (F4, F5)", async () => {
    server = await startServer({ dataDir });
    const { origin } = server;
    await fetch(origin);
    const postgres = await postgresPid();
    process.kill(postgres, "SIGKILL");
    await until("the server to notice", async () => (await fetch(`${origin}/readyz`)).status === 503);
    expect((await fetch(`${origin}/healthz`)).status).toBe(200);
    // Readers of what lies ready notice nothing (F5).
    const page = await fetch(origin);
    expect([page.status, (await page.text()).includes("/articles/")]).toEqual([200, true]);
    await until("the server to be ready again", async () => (await fetch(`${origin}/readyz`)).status === 200);
    expect(await postgresPid()).not.toBe(postgres);
  });

  it("opens its front door again when that is killed alone, and what was stale then is not kept (F31)", async () => {
    server = await startServer({ dataDir });
    const { origin } = server;
    await fetch(origin);
    const door = await doorOf(server);
    process.kill(door, "SIGKILL");
    const ready = () =>
      fetch(`${origin}/readyz`).then(
        ({ ok }) => ok,
        () => false,
      );
    await until("the front door to be open again", ready);
    expect(await doorOf(server)).not.toBe(door);
    const body = "Written to the second front door.";
    const posted = await fetch(`${origin}/api/v1/articles/do-plants-hear/comments`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ body }),
    });
    expect(posted.status).toBe(201);
    expect(await (await fetch(`${origin}/articles/do-plants-hear`)).text()).toContain(body);
    // It ends with the process that opened it, however that ends: nothing is left that holds the port.
    const second = await doorOf(server);
    const folders = (await readdir(tmpdir())).filter((name) => /^colloquy-\w{6}$/.test(name));
    const sockets = folders.filter((name) => existsSync(join(tmpdir(), name, "inside")));
    expect(sockets).not.toEqual([]);
    await server.kill();
    await until("the front door to end", () => !isAlive(second));
    const left = sockets.filter((name) => existsSync(join(tmpdir(), name)));
    expect(left.length).toBeLessThan(sockets.length);
  });

  it("tells a second Colloquy on the same folder who has it", async () => {
    server = await startServer({ dataDir });
    const second = await launchServer({ dataDir });
    expect(await second.ended).toBe(1);
    expect(second.output()).toContain(
      `is in use by another Colloquy (process ${server.process.pid}). Stop that one first`,
    );
    expect((await fetch(`${server.origin}/readyz`)).status).toBe(200);
  });

  it("keeps its password and secret to its owner", async () => {
    for (const name of ["database.json", "secret"]) expect((await stat(join(dataDir, name))).mode & 0o077).toBe(0);
    expect((await stat(join(dataDir, "postgres"))).mode & 0o077).toBe(0);
  });

  it("gives the site's role no right to change tables (R82)", async () => {
    server = await startServer({ dataDir });
    await expect(sql("DROP TABLE articles")).rejects.toThrow(/must be owner/);
    await expect(sql("CREATE TABLE mine (id int)")).rejects.toThrow(/permission denied/);
    await expect(sql("CREATE TEMP TABLE mine (id int)")).rejects.toThrow(/permission denied/);
    await expect(sql(`DELETE FROM "_prisma_migrations"`)).rejects.toThrow(/permission denied/);
  });

  it("stops with npm: a signal to npm alone ends the server and its Postgres", async () => {
    const { DATABASE_URL: _, ...inherited } = process.env;
    const npm = spawn("npm", ["start"], {
      env: { ...inherited, PORT: "0", DATA_DIR: dataDir },
      stdio: ["ignore", "pipe", "ignore"],
    });
    let output = "";
    npm.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString("utf8");
    });
    const ended = new Promise((resolve) => npm.once("exit", resolve));
    await until("the site to run", () => output.includes("Read and discuss"));
    const postgres = await postgresPid();
    npm.kill("SIGTERM");
    await ended;
    await until("Postgres to stop", () => !isAlive(postgres));
    await until("the claim to be given back", () => !existsSync(join(dataDir, "colloquy.lock")));
  });
});

describe("a port that is taken", () => {
  it("is named, with the way to another, before anything is started", async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, "localhost", resolve));
    const address = other.address();
    const port = typeof address === "object" && address ? address.port : 0;
    const refused = await launchServer({ dataDir, env: { PORT: String(port) } });
    expect(await refused.ended).toBe(1);
    expect(refused.output()).toContain(
      `Port ${port} is taken by another program. Stop it, or choose another port: PORT=`,
    );
    other.close();
  });
});
