// Forms that one version has drawn, sent to the other: a comment, an edit of it, a draft at the desk; and one whose action is not there any more.
import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { type Answer, Client } from "@/bench/client";
import { member } from "@/bench/scenarios/logging-in";
import { drawnForm, textOf } from "@/bench/trouble/forms";
import type { Line } from "@/bench/trouble/verdict";
import { hashPassword } from "@/lib/services/hash-password";

/** Before a form is sent again to a site that is busy, in milliseconds. */
const busyPause = 2_000;

type Places = Record<"old" | "new", string>;

const article = "do-plants-hear";

/** @param places where each version listens @param url of the tables' owner @returns a line for each form and way */
export async function acrossVersions(origin: string, places: Places, url: string): Promise<Line[]> {
  const database = new pg.Client({ connectionString: url });
  await database.connect();
  try {
    const { rows } = await database.query<{ id: number }>(
      `UPDATE users SET email = $1, email_verified_at = now(), password_hash = $2, roles = '{AUTHOR,EDITOR,MODERATOR,ADMIN}'
       WHERE id = (SELECT min(id) FROM users) RETURNING id`,
      [member.identifier, await hashPassword(member.password)],
    );
    if (!rows[0]) throw new Error("The first-run site has nobody.");
    const lines: Line[] = [];
    for (const [drawn, sent] of [
      ["old", "new"],
      ["new", "old"],
    ] as const) {
      const way = new Crossing(origin, { drawn: places[drawn], sent: places[sent] }, database);
      for (const [what, work] of Object.entries(way.forms)) {
        const fault = await work().catch((error: unknown) => (error instanceof Error ? error.message : String(error)));
        const seen = fault ?? "as it should be";
        lines.push({ what: `${what}: ${drawn} → ${sent}`, seen, allowed: "works", holds: fault === undefined });
      }
    }
    return lines;
  } finally {
    await database.end();
  }
}

/** What is wrong, if anything. */
type Fault = string | undefined;

class Crossing {
  private readonly guest: Client;

  constructor(
    private readonly origin: string,
    private readonly way: { drawn: string; sent: string },
    private readonly database: pg.Client,
  ) {
    this.guest = new Client(origin);
  }

  readonly forms: Record<string, () => Promise<Fault>> = {
    "A comment": () => this.comment(),
    "An edit of it": () => this.edit(),
    "A log-in": async () => (await this.loggedIn()).fault,
    "A draft at the desk": () => this.draft(),
    "A form whose action is gone": () => this.gone(),
    "The files of a page, in turns": () => this.files(),
  };

  private posted = { body: "", id: "" };

  /** Draws at the one, fills in, sends to the other. */
  private async cross(
    client: Client,
    { page, which, values }: { page: string; which: Parameters<typeof drawnForm>[2]; values: Record<string, string> },
    change: (fields: [string, string][]) => [string, string][] = (fields) => fields,
  ): Promise<Answer> {
    client.at = this.way.drawn;
    const form = await drawnForm(client, page, which);
    client.at = this.way.sent;
    const send = () => client.postForm(form.path, change(form.filled(values)), { "accept-encoding": "identity" });
    let answer = await send();
    // Whoever is told that the site is busy sends the same again; which versions meet has nothing to do with it.
    for (let more = 5; answer.status === 503 && more > 0; more--) {
      await pause(busyPause);
      answer = await send();
    }
    return answer;
  }

  private async comment(): Promise<Fault> {
    const body = `Across versions ${randomUUID()}.`;
    // With a key, as the page's script gives it one: sent again, it is the same comment and still its writer's.
    const values = { body, name: "Ada of Both", key: randomUUID(), intent: "post" };
    const answer = await this.cross(this.guest, { page: `/articles/${article}`, which: { id: "post" }, values });
    if (answer.status !== 303) return said(answer);
    const { rows } = await this.database.query<{ id: string; name: string }>(
      "SELECT id::text, author_name AS name FROM comments WHERE body = $1",
      [body],
    );
    this.posted = { body, id: rows[0]?.id ?? "" };
    return rows.length === 1 && rows[0]?.name === values.name ? undefined : `in the database: ${JSON.stringify(rows)}`;
  }

  private async edit(): Promise<Fault> {
    const body = `${this.posted.body} Edited across.`;
    const page = `/comments/${this.posted.id}`;
    const answer = await this.cross(this.guest, { page, which: { id: "edit" }, values: { body, intent: "post" } });
    if (answer.status !== 303) return said(answer);
    const { rows } = await this.database.query<{ body: string }>("SELECT body FROM comments WHERE id = $1", [
      this.posted.id,
    ]);
    return rows[0]?.body === body ? undefined : `in the database: ${JSON.stringify(rows)}`;
  }

  private async loggedIn(): Promise<{ client: Client; fault: Fault }> {
    const client = new Client(this.origin);
    const answer = await this.cross(client, { page: "/log-in", which: { field: "identifier" }, values: member });
    return { client, fault: answer.status === 303 ? undefined : said(answer) };
  }

  private async draft(): Promise<Fault> {
    const { client } = await this.loggedIn();
    const title = `Across ${randomUUID()}`;
    const begun = await this.cross(client, { page: "/desk/drafts", which: { field: "title" }, values: { title } });
    const page = /\/desk\/drafts\/\d+/.exec(begun.headers.location ?? "")?.[0];
    if (begun.status !== 303 || page === undefined) return said(begun);
    const values = { summary: "Drawn by one, saved by the other.", body: `Words of ${title}.`, intent: "save" };
    const answer = await this.cross(client, { page, which: { field: "body" }, values });
    if (answer.status !== 303) return said(answer);
    const { rows } = await this.database.query<{ summary: string; body: string }>(
      "SELECT summary, body FROM revisions WHERE title = $1",
      [title],
    );
    const kept = rows[0]?.summary === values.summary && rows[0].body === values.body;
    return kept ? undefined : `in the database: ${JSON.stringify(rows)}`;
  }

  /** Of its public and its personal pages; the balancer hands the questions to both. */
  private async files(): Promise<Fault> {
    const [reader, browser] = [new Client(this.origin, this.way.drawn), new Client(this.origin)];
    const missing = new Set<string>();
    for (const page of [`/articles/${article}`, "/log-in"]) {
      const html = textOf(await reader.get(page, { accept: "text/html" }));
      const files = new Set(
        [...html.matchAll(/"(\/(?:_next\/static|assets)\/[^"\\]+)"/g)].map(([, file = ""]) => file),
      );
      if (files.size === 0) return `${page} names no files`;
      for (const file of files) {
        for (let turn = 0; turn < 4; turn++) {
          if ((await browser.get(file)).status !== 200) missing.add(file);
        }
      }
    }
    return missing.size === 0 ? undefined : `missing: ${[...missing].join(", ")}`;
  }

  private async gone(): Promise<Fault> {
    const values = { body: `Never to be seen ${randomUUID()}.`, intent: "post" };
    const another = (name: string) => name.replace(/(?<=^\$ACTION_ID_..)......../, "00000000");
    const answer = await this.cross(
      new Client(this.origin),
      { page: `/articles/${article}`, which: { id: "post" }, values },
      (fields) => fields.map(([name, value]) => [another(name), value]),
    );
    return answer.status === 409 && /where your text still is/.test(textOf(answer)) ? undefined : said(answer);
  }
}

function said(answer: Answer): string {
  const words = textOf(answer)
    .replace(/<(script|style)[\s\S]*?<\/\1>/g, " ")
    .replace(/<[^>]*>/g, " ");
  return `${answer.status} ${words.replace(/\s+/g, " ").trim().slice(0, 200)}`;
}
