// The people of the old site: authors become members without a login, commenters without an account become visitors.
import { isDomainError } from "@/lib/domain/errors";
import { handleOf, shortened } from "@/lib/domain/imported-post";
import { limits } from "@/lib/domain/limits";
import { takeNames } from "@/lib/services/check-names";
import type { Session } from "@/lib/services/import-site/session";
import { keyedHash, sha256 } from "@/lib/services/tokens";
import { database, inTransaction, type Transaction } from "@/lib/store/client";
import { claimImport, findImported, noteImported } from "@/lib/store/imports";
import { insertUser } from "@/lib/store/publishing";
import { takePseudonym } from "@/lib/store/visitors";
import { skeleton } from "@/lib/text/confusables";
import { htmlToName } from "@/lib/text/html-to-markdown";
import { hasVisibleContent, normalizeName } from "@/lib/text/normalize";
import { pseudonymFrom } from "@/lib/text/pseudonym";
import type { WxrAuthor, WxrComment } from "@/lib/text/wxr";

export interface Person {
  id: number;
  name: string;
}

/** Tries for a name that nobody in the thread has. */
const pseudonymTries = 8;

/** The member who stands for an author of the old site; written when first needed. Null when the item names nobody. */
export async function personFor(session: Session, creator: string, since: Date): Promise<Person | null> {
  const author = authorOf(session, creator);
  if (author === null) return null;
  const known = session.people.get(author.login);
  if (known) return known;
  const name = nameOf(author.displayName) ?? nameOf(author.login) ?? "Author";
  const person = session.dryRun ? { id: 0, name } : await ensureMember(session, { login: author.login, name, since });
  session.people.set(author.login, person);
  return person;
}

/** Hand-made exports carry slips such as ">admin" for "admin". */
function authorOf(session: Session, creator: string): WxrAuthor | null {
  const login = [creator, creator.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "")].find((one) =>
    session.authors.has(one),
  );
  if (login !== undefined) return session.authors.get(login) ?? null;
  return creator === "" ? null : { login: creator, email: "", displayName: creator };
}

async function ensureMember(session: Session, member: { login: string; name: string; since: Date }): Promise<Person> {
  const { source, permit, report } = session;
  const { login, name } = member;
  const key = { source, kind: "author", externalId: login } as const;
  const earlier = (await findImported(database(), source, { kind: "author", externalIds: [login] })).get(login);
  if (earlier) return { id: Number(earlier), name };
  return inTransaction(async (tx) => {
    await claimImport(tx, permit, key);
    const handle = await freeHandle(tx, login);
    const { id } = await insertUser(tx, permit, {
      handle,
      displayName: name,
      nameKey: skeleton(name),
      handleKey: skeleton(handle),
      roles: ["AUTHOR"],
      bio: "",
      bioHtml: "",
      createdAt: member.since,
    });
    await noteImported(tx, permit, { ...key, localId: id });
    report.counts.people += 1;
    return { id, name };
  });
}

/** The login name as a handle, unless it is taken, looks like one that is, or is a word of the house: then with a number. */
async function freeHandle(tx: Transaction, login: string): Promise<string> {
  for (let attempt = 1; ; attempt += 1) {
    const handle = handleOf(login, attempt);
    try {
      await takeNames(tx, { handle });
      return handle;
    } catch (error) {
      if (!isDomainError(error) || error.code !== "invalid") throw error;
    }
  }
}

/** Someone who wrote a comment without an account. */
export interface Guest {
  /** The name they gave; null when they gave none. */
  name: string | null;
  /** In hex: a keyed hash of name and address, so that one person stays one visitor. Of the address nothing else is kept. */
  key: string;
}

export function guestOf(session: Session, comment: WxrComment): Guest {
  const name = nameOf(comment.author);
  const email = comment.email.toLowerCase();
  const who = name === null && email === "" ? ["", `comment ${comment.id}`] : [name ?? "", email];
  return { name, key: keyedHash("import-visitor", session.source, ...who).toString("hex") };
}

/** The name that a guest without one has in a thread. */
export async function automaticName(tx: Transaction, who: { threadId: number; visitorId: number }): Promise<string> {
  const { threadId, visitorId } = who;
  const names = Array.from({ length: pseudonymTries }, (_, nth) =>
    pseudonymFrom(sha256(`${visitorId} ${threadId} ${nth}`)),
  );
  return (await takePseudonym(tx, who, names)) ?? `Guest ${visitorId}`;
}

/** The author of the old site who wrote this comment while logged in; null for everybody else. */
export function loggedInAuthor(session: Session, comment: WxrComment): string | null {
  if (comment.userId === "0" || comment.email === "") return null;
  const email = comment.email.toLowerCase();
  for (const author of session.authors.values()) if (author.email.toLowerCase() === email) return author.login;
  return null;
}

function nameOf(given: string): string | null {
  const name = normalizeName(htmlToName(given));
  return hasVisibleContent(name) ? shortened(name, limits.displayName) : null;
}
