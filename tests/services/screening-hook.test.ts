// The opinion from outside, against a real server: what it is asked and how that is signed; and that nothing it does can hurt.
import { createHmac } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { env } from "@/lib/env";
import { once } from "@/lib/once";
import { askOpinion } from "@/lib/services/ask-opinion";
import { editComment } from "@/lib/services/edit-comment";
import { aMember, anArticle, by, post, withoutRateLimits } from "@/tests/services/arrange";
import { freshDatabase } from "@/tests/support/database";

const db = freshDatabase();
withoutRateLimits();

const secret = "a secret that both sides know, and nobody else does";

let server: Server;
let answer: (request: IncomingMessage, response: ServerResponse, body: string) => void;
let asked: { headers: IncomingMessage["headers"]; body: string }[] = [];

const say =
  (text: string, status = 200) =>
  (_request: IncomingMessage, response: ServerResponse) => {
    response.writeHead(status, { "content-type": "application/json" }).end(text);
  };

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = "";
    request.on("data", (part) => {
      body += part;
    });
    request.on("end", () => {
      asked.push({ headers: request.headers, body });
      answer(request, response, body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});

afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

beforeEach(() => {
  const { port } = server.address() as AddressInfo;
  env().screeningHook = { url: `http://127.0.0.1:${port}/opinion?of=us`, secret };
  Object.assign(
    once("screening-hook", () => ({})),
    { asking: 0, failures: 0, restsUntil: 0 },
  );
  asked = [];
  answer = say('{"opinion":"none"}');
});

const comment = { slug: "bees", body: "Hello *bees*", links: 1, hosts: ["a.example"], guest: true };
const ask = () => askOpinion(by(), comment);

describe("what it is asked", () => {
  it("is the comment and the kind of its author, with a time and a signature over both", async () => {
    await ask();
    const [{ headers, body } = { headers: {}, body: "" }] = asked;
    expect(JSON.parse(body)).toEqual({
      version: 1,
      event: "post",
      article: { slug: "bees" },
      comment: { body: "Hello *bees*", links: 1, hosts: ["a.example"] },
      author: { kind: "guest" },
    });
    const time = headers["colloquy-timestamp"];
    expect(Math.abs(Date.now() / 1_000 - Number(time))).toBeLessThan(60);
    const expected = createHmac("sha256", secret).update(`${time}.${body}`).digest("hex");
    expect(headers["colloquy-signature"]).toBe(`sha256=${expected}`);
  });

  it("names a member by their handle, an edit by its comment, and nobody's network", async () => {
    const ada = await aMember("ada", "Ada");
    const posted = await post(await anArticle(), { body: "First." }, by(ada));
    await editComment(by(ada), { id: posted.id, body: "Second." });
    const [, edit] = asked.map(({ body }) => JSON.parse(body));
    expect(edit).toMatchObject({ event: "edit", id: posted.id, author: { kind: "member", handle: "ada" } });
    expect(asked.map(({ body, headers }) => body + JSON.stringify(headers)).join()).not.toMatch(/203\.0\./);
  });
});

it("has a comment, or an edit of it, held", async () => {
  const article = await anArticle();
  const first = await post(article, { body: "Fine." });
  answer = say('{"opinion":"hold"}');
  const held = await post(article, { body: "Not so fine." });
  expect(held.status).toBe("pending");
  expect(await db.sql("SELECT held_reason FROM comments WHERE id = $1", [held.id])).toEqual([
    { held_reason: "opinion" },
  ]);
  expect((await editComment(by(), { id: first.id, editToken: first.editToken, body: "Worse." })).status).toBe(
    "pending",
  );
});

describe("no opinion", () => {
  const table: [string, typeof answer][] = [
    ["an opinion there is not", say('{"opinion":"publish everything"}')],
    ["no JSON", say("<html>hold</html>")],
    ["a list", say('["hold"]')],
    ["nothing", say("")],
    ["an error", say('{"opinion":"hold"}', 500)],
    ["another address", (_request, response) => response.writeHead(302, { location: "/elsewhere" }).end()],
    ["more than an answer needs", say(`{"opinion":"hold","why":"${"x".repeat(20_000)}"}`)],
    [
      "without an end",
      (_request, response) => {
        response.writeHead(200);
        const write = () => response.write("x".repeat(5_000), () => response.destroyed || setImmediate(write));
        write();
      },
    ],
    [
      "half an answer, then a broken line",
      (_request, response) => {
        response.writeHead(200, { "content-length": "1000" });
        response.write('{"opinion":', () => response.destroy());
      },
    ],
    ["nothing at all, for ever", () => {}],
    [
      "a drop at a time",
      (_request, response) => {
        const timer = setInterval(() => response.write(" "), 50);
        response.on("close", () => clearInterval(timer));
      },
    ],
  ];
  it.each(table)("when it answers %s", async (_sentence, how) => {
    answer = how;
    const start = performance.now();
    expect(await ask()).toBe("none");
    expect(performance.now() - start).toBeLessThan(5_000);
  });

  it("when nobody listens there", async () => {
    env().screeningHook = { url: "http://127.0.0.1:9/", secret };
    expect(await ask()).toBe("none");
  });

  it("when there is no hook", async () => {
    env().screeningHook = undefined;
    expect(await ask()).toBe("none");
    expect(asked).toEqual([]);
  });
});

describe("after three failures in a row", () => {
  it("nobody is asked for a while, then one question is tried", async () => {
    answer = say("", 500);
    for (let nth = 0; nth < 5; nth++) await ask();
    expect(asked).toHaveLength(3);
    answer = say('{"opinion":"hold"}');
    expect(await ask()).toBe("none");
    // The rest is over.
    Object.assign(
      once("screening-hook", () => ({})),
      { restsUntil: 0 },
    );
    expect(await ask()).toBe("hold");
    expect(await ask()).toBe("hold");
  });

  it("but not when one in between was answered", async () => {
    for (const status of [500, 500, 200, 500, 500]) {
      answer = say('{"opinion":"none"}', status);
      await ask();
    }
    answer = say('{"opinion":"hold"}');
    expect(await ask()).toBe("hold");
  });
});

it("is asked no more than twenty questions at a time", async () => {
  const waiting: ServerResponse[] = [];
  const all = new Promise<void>((resolve) => {
    answer = (_request, response) => {
      waiting.push(response);
      if (waiting.length === 20) resolve();
    };
  });
  const opinions = Array.from({ length: 30 }, ask);
  await all;
  for (const response of waiting) response.end('{"opinion":"hold"}');
  const told = await Promise.all(opinions);
  expect(told.filter((opinion) => opinion === "hold").length).toBeLessThanOrEqual(20);
  expect(told.filter((opinion) => opinion === "none").length).toBeGreaterThanOrEqual(10);
  expect(asked).toHaveLength(20);
});
