// Who may do what, on one page: permission → alternatives → predicates that must all hold. Nowhere else is a role asked for.
import type { Actor, Role, Scope } from "@/lib/domain/actor";
import { DomainError } from "@/lib/domain/errors";

/** What a permission may look at besides the actor. */
export interface Resource {
  userId?: number | null;
  visitorId?: number | null;
  /** The request carried the token that its poster was given for exactly this thing. */
  tokenMatches?: boolean;
  /** They came by a link that one of its writers gave away. */
  linkMatches?: boolean;
  /** Members who write or have written in it. */
  writers?: readonly number[];
  /** The site lets every member write. */
  membersWrite?: boolean;
  /** Whoever is to be sanctioned has a role here. */
  subjectIsStaff?: boolean;
  /** The moderator who decided what is objected to. */
  decidedById?: number | null;
  /** There is nobody else who could decide. */
  nobodyElse?: boolean;
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
/** Neither theirs as a member nor what their own browser left anonymously. */
const notTheirOwn: Predicate = (actor, it) => somebodyElse(actor, it) && !visitorWhoWroteIt(actor, it);
const verified: Predicate = (actor) => actor.kind === "member" && actor.verified;
const writesIt: Predicate = (actor, it) => actor.kind === "member" && (it.writers ?? []).includes(actor.userId);
const doesNotWriteIt: Predicate = (actor, it) => actor.kind === "member" && !(it.writers ?? []).includes(actor.userId);
const membersWriteHere: Predicate = (_actor, it) => it.membersWrite === true;
const holderOfItsLink: Predicate = (_actor, it) => it.linkMatches === true;
const subjectHasNoRole: Predicate = (_actor, it) => it.subjectIsStaff === false;
const somebodyElseDecided: Predicate = (actor, it) => actor.kind === "member" && actor.userId !== it.decidedById;
const nobodyElseCould: Predicate = (_actor, it) => it.nobodyElse === true;

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
  /** See what could not be sent, and have it tried again. */
  "mail.manage": [[person, withRole()]],
  "desk.enter": [[person]],

  /** Begin an article of one's own. */
  "draft.start": [
    [person, verified, withRole("AUTHOR", "EDITOR")],
    [person, verified, membersWriteHere],
  ],
  /** Begin a new revision of what is published: `writers` are those credited on the article. */
  "article.revise": [
    [person, writesIt],
    [person, withRole("EDITOR")],
  ],
  "draft.read": [[person, writesIt], [person, withRole("EDITOR")], [holderOfItsLink]],
  /** Whoever saves becomes one of its writers. */
  "draft.save": [
    [person, writesIt],
    [person, withRole("EDITOR")],
  ],
  "draft.submit": [[person, writesIt]],
  /** Give a link away, take it back, invite others to write. */
  "draft.share": [
    [person, writesIt],
    [person, withRole("EDITOR")],
  ],
  "draft.note": [[person, writesIt], [person, withRole("EDITOR")], [holderOfItsLink]],
  "review.enter": [[person, withRole("EDITOR")]],
  /** Ask for changes, publish, schedule. Nobody reviews what they wrote, except that an admin may, so that one person can run a site. */
  "revision.review": [
    [person, withRole("EDITOR"), doesNotWriteIt],
    [person, withRole()],
  ],
  "revision.withdraw": [[person, writesIt]],
  "revision.withdrawScheduled": [
    [person, writesIt],
    [person, withRole("EDITOR")],
  ],
  /** Publish what is due. */
  "revision.publishDue": [[theSystem]],
  /** Unpublish, go back to an earlier text, say who is named. */
  "article.manage": [[person, withRole("EDITOR")]],
  "file.upload": [
    [person, verified, withRole("AUTHOR", "EDITOR")],
    [person, verified, membersWriteHere],
    [person, verified, writesIt],
  ],

  "moderation.enter": [[person, withRole("MODERATOR")]],
  /** Every verdict on a comment. */
  "comment.moderate": [[person, withRole("MODERATOR"), notTheirOwn]],
  /** Hold what enough people reported, or release what waited for an address to be confirmed. */
  "comment.moderateBySystem": [[theSystem]],
  /** Lock, close, slow down, pin, move, and how comments come to be seen under one article. */
  "thread.manage": [[person, withRole("MODERATOR")]],
  "person.sanction": [
    [person, withRole("MODERATOR"), subjectHasNoRole, notTheirOwn],
    [person, withRole(), notTheirOwn],
  ],
  "network.limit": [[person, withRole("MODERATOR")]],
  /** Object to the removal of one's comment. */
  "appeal.make": [[memberWhoWroteIt], [visitorWhoWroteIt], [holderOfItsToken]],
  /** Never by whoever removed it, except that an admin may where there is nobody else, so that one person can run a site. */
  "appeal.decide": [
    [person, withRole("MODERATOR"), notTheirOwn, somebodyElseDecided],
    [person, withRole(), notTheirOwn, nobodyElseCould],
  ],
  /** Its name, its clock, who may write. */
  "site.manage": [[person, withRole()]],
  "rules.manage": [[person, withRole()]],
  "moderationSettings.manage": [[person, withRole()]],
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
