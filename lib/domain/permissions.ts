// Who may do what, on one page: permission → alternatives → predicates that must all hold. Nowhere else is a role asked for.
import type { Actor, Role, Scope } from "@/lib/domain/actor";
import { DomainError } from "@/lib/domain/errors";

/** What a permission may look at besides the actor. */
export interface Resource {
  userId?: number | null;
  visitorId?: number | null;
  /** The request carried the token that its poster was given for exactly this thing. */
  tokenMatches?: boolean;
}

type Predicate = (actor: Actor, resource: Resource) => boolean;

const anyone: Predicate = (actor) => actor.kind !== "system";
const theSystem: Predicate = (actor) => actor.kind === "system";
const person: Predicate = (actor) => actor.kind === "member" && actor.scopes === null;
const withRole =
  (...wanted: Role[]): Predicate =>
  (actor) =>
    actor.kind === "member" && (actor.roles.includes("ADMIN") || wanted.some((role) => actor.roles.includes(role)));
/** A program's token must have been made for this. */
const scoped =
  (scope: Scope): Predicate =>
  (actor) =>
    actor.kind !== "member" || actor.scopes === null || actor.scopes.includes(scope);
const memberWhoWroteIt: Predicate = (actor, it) => actor.kind === "member" && actor.userId === it.userId;
const visitorWhoWroteIt: Predicate = (actor, it) =>
  actor.kind !== "system" && actor.visitorId !== null && actor.visitorId === it.visitorId;
/** The token stands for a guest's lack of an account: what a member wrote, or has claimed since, opens to the member alone. */
const holderOfItsToken: Predicate = (_actor, it) => it.tokenMatches === true && (it.userId ?? null) === null;
const somebodyElse: Predicate = (actor, it) => actor.kind === "member" && actor.userId !== it.userId;

const permissions = {
  "comment.post": [[anyone, scoped("comment")], [theSystem]],
  "comment.edit": [[memberWhoWroteIt, scoped("comment")], [visitorWhoWroteIt], [holderOfItsToken]],
  "comment.delete": [[memberWhoWroteIt, scoped("comment")], [visitorWhoWroteIt], [holderOfItsToken]],
  "comment.report": [[anyone, scoped("comment")]],
  /** See one's own comment while it waits for a moderator. */
  "comment.readHeld": [[memberWhoWroteIt], [visitorWhoWroteIt], [holderOfItsToken]],
  /** Make one's visitor's comments one's own as a member. */
  "comment.claim": [[person, visitorWhoWroteIt]],
  /** One's own profile, sessions, tokens, data. A program's token never changes an account. */
  "account.manage": [[person, memberWhoWroteIt]],
  /** Take an account away when its member has left. */
  "account.remove": [[theSystem]],
  "people.read": [[person, withRole()]],
  /** Nobody gives a role to themselves (R47). */
  "people.setRoles": [[person, withRole(), somebodyElse]],
  "people.suspend": [[person, withRole(), somebodyElse]],
  "people.endSessions": [[person, withRole()]],
  "desk.enter": [[person]],
  /** Bring content in: imports and the first-run site. */
  "site.import": [[theSystem]],
} satisfies Record<string, Predicate[][]>;

export type Permission = keyof typeof permissions;

declare const minted: unique symbol;
/** Proof that `authorize` said yes; the store's writing functions demand one. */
export interface Permit<P extends Permission = Permission> {
  readonly permission: P;
  readonly actor: Actor;
  readonly [minted]: true;
}

export const allPermissions = Object.keys(permissions) as Permission[];

/** Whether `actor` may do `permission` to `resource`. */
export function can(actor: Actor, permission: Permission, resource: Resource = {}): boolean {
  return permissions[permission].some((alternative) => alternative.every((holds) => holds(actor, resource)));
}

/** @throws DomainError `forbidden` */
export function authorize<P extends Permission>(actor: Actor, permission: P, resource: Resource = {}): Permit<P> {
  if (!can(actor, permission, resource)) throw new DomainError("forbidden", { reason: `forbidden.${permission}` });
  return { permission, actor } as Permit<P>;
}
