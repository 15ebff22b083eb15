// Another secret (F36): whoever came with what the old one signed is served as a stranger, without a fault and without a loop, and can
// go on at once. Log-ins are rows with random tokens, so they outlive it.
import { afterAll, beforeAll, expect, it } from "vitest";
import { makeDataDir, removeDataDir, type StartedServer, startServer } from "@/tests/support/server";

const slug = "why-is-the-night-sky-dark";
let dataDir: string;
let server: StartedServer;
beforeAll(async () => {
  dataDir = await makeDataDir();
});
afterAll(async () => {
  await server.stop();
  await removeDataDir(dataDir);
});

/** A browser's jar, as far as it matters here. */
const jar = new Map<string, string>();

async function ask(path: string, body?: object): Promise<Response> {
  const answer = await fetch(server.origin + path, {
    ...(body && { method: "POST", body: JSON.stringify(body) }),
    headers: {
      ...(body && { "content-type": "application/json", origin: server.origin }),
      cookie: [...jar].map(([name, value]) => `${name}=${value}`).join("; "),
    },
    redirect: "manual",
  });
  for (const line of answer.headers.getSetCookie()) {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (/max-age=0|expires=thu, 01 jan 1970/i.test(line)) jar.delete(name);
    else jar.set(name, value);
  }
  return answer;
}

const start = async (secret: string) => {
  server = await startServer({ dataDir, env: { SECRET: secret } });
};
const post = async (body: string) => {
  const answer = await ask(`/api/v1/articles/${slug}/comments`, { body });
  expect(answer.status).toBe(201);
  return (await answer.json()).id as string;
};
const ownComments = async () => {
  const me = await (await ask(`/api/v1/me?article=${slug}`)).json();
  return me.comments.map(({ id }: { id: string }) => id);
};

it("takes nothing away but what it signed, and nobody meets an error", async () => {
  await start("the first secret of this site, long enough");
  const first = await post("Before the secret was changed.");
  expect(await ownComments()).toEqual([first]);
  await server.stop();

  await start("the second secret of this site, as long as that");
  for (const path of ["/", `/articles/${slug}`, `/comments/${first}`, "/settings", "/log-in", "/standing"]) {
    expect((await ask(path)).status, path).toBeLessThan(400);
  }
  const second = await post("After the secret was changed.");
  expect(await ownComments()).toContain(second);
});
