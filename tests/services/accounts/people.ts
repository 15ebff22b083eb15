// What tests of accounts begin with: members who can log in, their browsers, the links they were sent, the mails that wait for sending, and
// time that passes in the database.
import { randomBytes } from "node:crypto";
import type { Actor, MemberActor, Role } from "@/lib/domain/actor";
import type { Context } from "@/lib/services/context";
import { hashPassword } from "@/lib/services/hash-password";
import { identify } from "@/lib/services/identify";
import { type LoggedIn, logIn } from "@/lib/services/log-in";
import type { Browser } from "@/lib/services/start-session";
import { insertAccount } from "@/lib/store/accounts";
import { inTransaction } from "@/lib/store/client";
import { issueToken, type TokenPurpose } from "@/lib/store/one-time-tokens";
import { skeleton } from "@/lib/text/confusables";
import { by } from "@/tests/services/arrange";
import type { TestDatabase } from "@/tests/support/database";

/** What everybody here logs in with, unless they say otherwise. */
export const password = "seven herons at dusk";

export const wrongPassword = "seven herons at dawn";

export interface Person {
  id: number;
  handle: string;
  email: string;
}

const letters = "abcdefghjkmpqrstuvwxyz";
let people = 0;

/** A name that looks like no other: "person_ba", "person_bb", … */
export function newName(stem = "person"): string {
  people++;
  const at = (index: number) => letters[index % letters.length] ?? "";
  return `${stem}_${at(Math.floor(people / letters.length))}${at(people)}`;
}

export interface About {
  handle?: string;
  email?: string;
  password?: string | null;
  roles?: readonly Role[];
  verified?: boolean;
}

/** A member who can log in; their address is confirmed, unless said otherwise. */
export async function aPerson(about: About = {}): Promise<Person> {
  const { handle = newName(), roles = [], verified = true } = about;
  const { email = `${handle}@example.org` } = about;
  const displayName = `The one called ${handle}`;
  const passwordHash = about.password === null ? null : await hashPassword(about.password ?? password);
  const keys = { nameKey: skeleton(displayName), handleKey: skeleton(handle) };
  const names = { handle, displayName, ...keys };
  const { id } = await inTransaction((tx) => insertAccount(tx, { email, ...names, passwordHash, roles, verified }));
  return { id, handle, email };
}

/** A browser that was never here. */
export function aBrowser(device = "Firefox on Linux"): Browser {
  return { device, deviceToken: randomBytes(16).toString("base64url") };
}

export interface Login {
  browser?: Browser;
  password?: string;
  identifier?: string;
  ctx?: Context;
  proof?: string;
}

/** Tries to log in as a person. */
export function tryLogIn(person: { handle: string }, about: Login = {}): Promise<LoggedIn> {
  const { browser = aBrowser(), identifier = person.handle, ctx = by() } = about;
  return logIn(ctx, { identifier, password: about.password ?? password, browser, proof: about.proof });
}

/** Whoever holds this session's token. */
export function holderOf(started: { sessionToken: string }): Promise<Actor> {
  return identify({ session: started.sessionToken, visitor: undefined });
}

/** The member who holds this session's token. */
export async function memberOf(started: { sessionToken: string }): Promise<MemberActor> {
  const actor = await holderOf(started);
  if (actor.kind !== "member") throw new Error("This session is nobody's.");
  return actor;
}

/** The request of a person who has just logged in. */
export async function loggedIn(person: { handle: string }, about: Login = {}): Promise<Context> {
  return by(await memberOf(await tryLogIn(person, about)));
}

/** The token in a link that was sent to a person. */
export function aLink(purpose: TokenPurpose, person: Person, email = person.email): Promise<string> {
  return inTransaction((tx) => issueToken(tx, { purpose, userId: person.id, email, ttlMs: 1_800_000 }));
}

/** The mails that wait for sending, in the order in which they were wished: "verifyEmail 7". */
export async function mails(db: TestDatabase, person?: { id: number }): Promise<string[]> {
  const rows = await db.sql(`
    SELECT j.payload->>'kind' AS kind, (j.payload->>'userId')::int AS "userId" FROM graphile_worker._private_jobs j
    JOIN graphile_worker._private_tasks t ON t.id = j.task_id WHERE t.identifier = 'send-mail' ORDER BY j.id`);
  return rows
    .filter(({ userId }) => person === undefined || userId === person.id)
    .map(({ kind, userId }) => (person ? String(kind) : `${kind} ${userId}`));
}

/** What the record says of a person, oldest first. */
export async function record(db: TestDatabase, person: { id: number }): Promise<string[]> {
  const rows = await db.sql("SELECT kind FROM audit_events WHERE subject_id = $1 ORDER BY id", [person.id]);
  return rows.map(({ kind }) => String(kind));
}

/** Brings the end of everything that ends by itself nearer, as passing time would. */
export async function passing(db: TestDatabase, seconds: number): Promise<void> {
  const earlier = (column: string) => `${column} = ${column} - $1 * interval '1 second'`;
  const all = (...columns: string[]) => columns.map(earlier).join(", ");
  await db.sql(`UPDATE rate_limits SET ${all("expires_at")}`, [seconds]);
  await db.sql(`UPDATE sessions SET ${all("created_at", "last_seen_at", "idle_until", "ends_at", "confirmed_at")}`, [
    seconds,
  ]);
  await db.sql(`UPDATE one_time_tokens SET ${all("expires_at")}`, [seconds]);
  await db.sql(`UPDATE handle_holds SET ${all("until")}`, [seconds]);
}
