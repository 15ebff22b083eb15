// Who may do what, over HTTP (R44): every kind of actor at every door that is not everybody's, on things in every state. The table of
// rules is tests/domain/permissions; this shows that the doors ask it. Whoever may gets past, to a refusal that changes nothing. On a
// site of its own, on which nobody else does anything meanwhile.
import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Role } from "@/lib/domain/actor";
import { sha256 } from "@/lib/services/tokens";
import { closeDatabase, sharedPool } from "@/lib/store/pool";
import { postComment } from "@/tests/support/api-client";
import { publishArticle, reachDatabase, type TestArticle } from "@/tests/support/publish-article";
import { removeDataDir, type StartedServer, startServer } from "@/tests/support/server";

type Headers = Record<string, string>;

const secret = (bytes: number) => randomBytes(bytes).toString("base64url");
const sql = async (text: string, values: unknown[] = []) => (await sharedPool().query(text, values)).rows;

interface Person {
  userId: number;
  headers: Headers;
}

/** A member with a living session, as a browser shows it. */
async function aMember(origin: string, roles: readonly Role[], about: { suspended?: boolean } = {}): Promise<Person> {
  const handle = `p${randomBytes(8).toString("hex")}`;
  const [user] = await sql(
    `INSERT INTO users (handle, display_name, name_key, handle_key, roles, email, email_verified_at, suspended_at)
     VALUES ($1, $1, $1, $1, $2::role[], $1 || '@example.com', now(), CASE WHEN $3 THEN now() END) RETURNING id`,
    [handle, roles, about.suspended === true],
  );
  const token = secret(32);
  await sql(
    `INSERT INTO sessions (user_id, token_hash, idle_until, ends_at, device)
     VALUES ($1, $2, now() + interval '1 hour', now() + interval '1 day', 'A test')`,
    [user.id, sha256(token)],
  );
  return { userId: user.id, headers: { cookie: `colloquy-session=${token}`, origin } };
}

/** Anybody who could stand at a door. */
const actors = [
  "a stranger",
  "a guest",
  "a forged session",
  "a member",
  "an author",
  "an editor",
  "a moderator",
  "an admin",
  "a suspended admin",
  "another site with an admin's cookie",
] as const;
type ActorName = (typeof actors)[number];

const members: readonly ActorName[] = ["a member", "an author", "an editor", "a moderator", "an admin"];
const editors: readonly ActorName[] = ["an editor", "an admin"];
const moderators: readonly ActorName[] = ["a moderator", "an admin"];
const admins: readonly ActorName[] = ["an admin"];

async function everybody(
  origin: string,
  article: TestArticle,
): Promise<{ headers: Record<ActorName, Headers>; member: Person; guests: string }> {
  const posted = await fetch(`${origin}/api/v1/articles/${article.slug}/comments`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ body: "A guest was here." }),
  });
  const { id } = await posted.json();
  const cookie = posted.headers
    .getSetCookie()
    .map((line) => line.split(";", 1)[0])
    .join("; ");
  const member = await aMember(origin, []);
  const admin = await aMember(origin, ["ADMIN"]);
  return {
    member,
    guests: String(id),
    headers: {
      "a stranger": {},
      "a guest": { cookie, origin },
      "a forged session": { cookie: `colloquy-session=${secret(32)}`, origin },
      "a member": member.headers,
      "an author": (await aMember(origin, ["AUTHOR"])).headers,
      "an editor": (await aMember(origin, ["EDITOR"])).headers,
      "a moderator": (await aMember(origin, ["MODERATOR"])).headers,
      "an admin": admin.headers,
      "a suspended admin": (await aMember(origin, ["ADMIN"], { suspended: true })).headers,
      "another site with an admin's cookie": { ...admin.headers, origin: "https://elsewhere.example" },
    },
  };
}

/** Comments in every state, one of a stranger and one of the member each. */
const states = {
  published: "status = 'PUBLISHED'",
  "held later": "status = 'PENDING'",
  "held at once": "status = 'PENDING', place = NULL, root_place = NULL",
  spam: "status = 'SPAM'",
  removed: "status = 'REMOVED', removal_reason = 'removal.ABUSE'",
  deleted: "status = 'DELETED', body = '', html = '', body_hash = ''::bytea",
} as const;

/** A door, and who gets past it; all others are refused. */
interface Door {
  what: string;
  method: "GET" | "POST" | "PATCH" | "DELETE";
  path: string;
  body?: object;
  may: readonly ActorName[];
  /** What those who may are answered. */
  past: readonly number[];
}

/** 401: who are you? 403: not you. 404: as if it were not there. 303 and 307: log in first. */
const refusals: readonly number[] = [401, 403, 404, 303, 307];

let server: StartedServer;

beforeAll(async () => {
  server = await startServer();
  process.env.DATA_DIR = server.dataDir;
  await reachDatabase();
});
afterAll(async () => {
  await closeDatabase();
  expect(await server.stop()).toBe(0);
  await removeDataDir(server.dataDir);
});

it("nobody gets past a door that is not theirs, and whoever may does", async () => {
  const { origin } = server;
  const article = await publishArticle();
  const { headers, member, guests } = await everybody(origin, article);

  const doors: Door[] = [];
  const door = (what: string, call: string, more: Partial<Door> & Pick<Door, "may" | "past">) => {
    const [method = "GET", path = "/"] = call.split(" ");
    doors.push({ what, method: method as Door["method"], path, ...more });
  };
  const judgement = { verdict: "approve", seen: "PUBLISHED.999.00000000.0" };
  for (const [state, change] of Object.entries(states)) {
    for (const whose of ["a stranger's", "the member's"] as const) {
      const { id } = await postComment(origin, article.slug, { body: `This is ${state}, and ${whose}. ${secret(6)}` });
      const owner = whose === "the member's" ? ", user_id = $2, visitor_id = NULL" : ", user_id = $2";
      await sql(`UPDATE comments SET ${change}${owner} WHERE id = $1`, [
        id,
        whose === "the member's" ? member.userId : null,
      ]);
      const theirs: ActorName[] = whose === "the member's" ? ["a member"] : [];
      const gone = ["spam", "removed", "deleted"].includes(state);
      const what = `${whose} comment that is ${state}`;
      // A comment that was never seen is there for nobody but its author; of the others everybody may know that they are there.
      const readers = state === "held at once" ? theirs : actors;
      door(`read ${what}`, `GET /api/v1/comments/${id}`, { may: readers, past: [200, 404, 410] });
      door(`edit ${what}`, `PATCH /api/v1/comments/${id}`, {
        body: { body: "Another text." },
        may: theirs,
        past: [200, 409],
      });
      // What its author can delete is deleted by them in other stories.
      if (theirs.length === 0 || gone)
        door(`delete ${what}`, `DELETE /api/v1/comments/${id}`, { may: theirs, past: [204, 409] });
      door(`judge ${what}`, `POST /api/v1/moderation/comments/${id}/verdicts`, {
        body: judgement,
        may: moderators,
        past: [409, 422],
      });
    }
  }
  door("take a verdict back", "POST /api/v1/moderation/reversals", {
    body: { action: 2_000_000_000 },
    may: moderators,
    past: [404],
  });
  door("claim an item", "POST /api/v1/moderation/claims", {
    body: { id: guests, shown: [] },
    may: moderators,
    past: [200],
  });
  const pages: [string, readonly ActorName[]][] = [
    ["/desk", members],
    ["/desk/drafts", members],
    ["/desk/review", editors],
    ["/desk/articles", editors],
    ["/desk/moderation", moderators],
    ["/desk/moderation?tab=reported", moderators],
    ["/desk/moderation/appeals", moderators],
    [`/desk/moderation/threads/${article.slug}`, moderators],
    [`/desk/moderation/people/${member.userId}`, moderators],
    ["/desk/people", admins],
    ["/desk/site", admins],
    ["/desk/mail", admins],
    ["/settings", members],
    ["/settings/password", members],
    ["/settings/sessions", members],
    ["/settings/tokens", members],
    ["/settings/data", members],
  ];
  for (const [path, may] of pages)
    door(path, `GET ${path}`, {
      may: [...may, ...(may.includes("an admin") ? (["another site with an admin's cookie"] as const) : [])],
      past: [200, 404],
    });

  const wrong: string[] = [];
  let tried = 0;
  const judge = async (what: string, actor: ActorName, sent: Promise<Response>, expected: readonly number[]) => {
    const response = await sent;
    await response.arrayBuffer();
    tried += 1;
    // Elsewhere is where those are led who got past, unless it is where one logs in.
    const led = response.headers.get("location");
    const answer = led !== null && !led.includes("/log-in") ? `led to ${led}` : response.status;
    if (!expected.some((status) => status === answer)) wrong.push(`${actor}: ${what}: ${answer}`);
  };
  const knock = ({ what, method, path, body, may, past }: Door, actor: ActorName) => {
    const sent = fetch(`${origin}${path}`, {
      method,
      redirect: "manual",
      headers: { ...headers[actor], ...(body && { "content-type": "application/json" }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    return judge(what, actor, sent, may.includes(actor) ? past : refusals);
  };
  for (const each of doors) await Promise.all(actors.map((actor) => knock(each, actor)));

  // Forms that only an admin or a moderator is given, filled in by them and sent by everybody else.
  const before = await theSite();
  let sentForms = 0;
  for (const [path, may] of pages.filter(([address]) => address.startsWith("/desk"))) {
    for (const [nth, fields] of (await formsOf(origin, path, headers["an admin"])).entries()) {
      const others = actors.filter((actor) => !may.includes(actor));
      const send = (actor: ActorName) => {
        const sent = fetch(`${origin}${path}`, {
          method: "POST",
          redirect: "manual",
          headers: { ...headers[actor], origin: headers[actor].origin ?? origin },
          body: filled(fields),
        });
        return judge(`form ${nth} of ${path}`, actor, sent, refusals);
      };
      sentForms += 1;
      await Promise.all(others.map(send));
    }
  }
  expect(wrong).toEqual([]);
  expect(await theSite()).toEqual(before);
  // Of people, threads, the site, its rules, the queue.
  expect(sentForms).toBeGreaterThanOrEqual(10);
  expect(tried).toBeGreaterThanOrEqual(600);
});

/** What the forms could have changed. */
const theSite = () =>
  sql(`SELECT (SELECT count(*) FROM moderation_actions) AS lines, (SELECT count(*) FROM sanctions) AS sanctions,
         (SELECT json_agg(s ORDER BY key) FROM settings s)::text AS settings, (SELECT count(*) FROM screening_rules) AS rules,
         (SELECT json_agg(roles ORDER BY id) FROM users)::text AS roles`);

/** The forms of a page as who may see it gets them: their fields, with what stands in them. */
async function formsOf(origin: string, path: string, who: Headers): Promise<[string, string][][]> {
  const html = await (await fetch(`${origin}${path}`, { headers: { ...who, accept: "text/html" } })).text();
  // Above it is the form by which everybody logs out.
  const main = html.slice(html.indexOf("<main"));
  const forms = main.match(/<form[^>]*method="POST"[\s\S]*?<\/form>/gi) ?? [];
  return forms.map((form) =>
    (form.match(/<(input|textarea|select|button)\b[^>]*\bname="[^"]*"[^>]*>/g) ?? []).map((tag): [string, string] => {
      const attribute = (name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? "";
      const plain = (text: string) => text.replaceAll("&quot;", '"').replaceAll("&amp;", "&");
      return [plain(attribute("name")), plain(attribute("value"))];
    }),
  );
}

function filled(fields: readonly [string, string][]): FormData {
  const data = new FormData();
  for (const [name, value] of fields) data.append(name, value);
  return data;
}
