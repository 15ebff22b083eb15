// Every permission for every kind of actor, for what is theirs, what is another's, and what they hold the token of.
import { describe, expect, it } from "vitest";
import { type Actor, type MemberActor, roles, type Scope } from "@/lib/domain/actor";
import { isDomainError } from "@/lib/domain/errors";
import { allPermissions, authorize, can, type Permission, type Resource } from "@/lib/domain/permissions";

const member = (memberRoles: readonly (typeof roles)[number][] = []): MemberActor => ({
  kind: "member",
  userId: 7,
  handle: "ada",
  displayName: "Ada",
  roles: memberRoles,
  verified: true,
  visitorId: null,
  session: { id: 1, confirmedAt: new Date(0) },
  scopes: null,
});

/** A member whose browser has left something as visitor 7, too. */
const withPast: Actor = { ...member(), visitorId: 7 };
/** A program that carries a member's token. */
const program = (...granted: Scope[]): Actor => ({ ...member(["ADMIN"]), session: null, scopes: granted });

const actors: Record<string, Actor> = {
  stranger: { kind: "visitor", visitorId: null },
  visitor: { kind: "visitor", visitorId: 7 },
  member: member(),
  author: member(["AUTHOR"]),
  editor: member(["EDITOR"]),
  moderator: member(["MODERATOR"]),
  admin: member(["ADMIN"]),
  "all roles": member(roles),
  "member with a past": withPast,
  "program that may comment": program("comment"),
  "program that may read": program("read"),
  "member without a confirmed address": { ...member(["EDITOR"]), verified: false },
  system: { kind: "system" },
};

const resources: Record<string, Resource> = {
  nothing: {},
  "a comment of member 7": { userId: 7, visitorId: null },
  "a comment of visitor 7": { userId: null, visitorId: 7 },
  "a comment of member 8": { userId: 8, visitorId: null },
  "a comment of visitor 8": { userId: null, visitorId: 8 },
  "a comment whose token they hold": { userId: null, visitorId: 8, tokenMatches: true },
  "a comment of member 8 whose token they hold": { userId: 8, visitorId: null, tokenMatches: true },
  "a comment whose token they lack": { userId: null, visitorId: 8, tokenMatches: false },
  "a comment of nobody": { userId: null, visitorId: null },
  "a text that member 7 writes": { writers: [6, 7] },
  "a text that others write": { writers: [6] },
  "a text that came by its link": { writers: [6], linkMatches: true },
  "a site where members write": { membersWrite: true },
  "member 8, who has no role": { userId: 8, subjectIsStaff: false },
  "member 8, who has a role": { userId: 8, subjectIsStaff: true },
  "an appeal against member 7": { userId: 8, decidedById: 7 },
  "an appeal against member 9": { userId: 8, decidedById: 9 },
  "an appeal against member 7, the only one": { userId: 8, decidedById: 7, nobodyElse: true },
};

const people = [
  ...["member", "author", "editor", "moderator", "admin", "all roles", "member with a past"],
  "member without a confirmed address",
];
const commenters = [...people, "program that may comment"];
const everybodyButSystem = ["stranger", "visitor", ...commenters];
const admins = ["admin", "all roles"];
const everything = Object.keys(resources);
const confirmed = people.filter((who) => who !== "member without a confirmed address");
const editors = ["editor", "admin", "all roles", "member without a confirmed address"];
const moderators = ["moderator", "admin", "all roles"];
const theirs = ["a text that member 7 writes"];
const own = ["a comment of member 7"];
const but = (...left: string[]) => everything.filter((what) => !left.includes(what));

type Grant = [who: string[], what: string[]];

const whoseItIs: Grant[] = [
  [commenters, ["a comment of member 7"]],
  [["visitor", "member with a past"], ["a comment of visitor 7"]],
  [Object.keys(actors), ["a comment whose token they hold"]],
];

const writersAndEditors: Grant[] = [
  [people, theirs],
  [editors, everything],
];
const writersEditorsAndLink: Grant[] = [...writersAndEditors, [Object.keys(actors), ["a text that came by its link"]]];

/** Who may, and to what; all else is refused. */
const granted: Record<Permission, Grant[]> = {
  "comment.post": [[[...everybodyButSystem, "system"], everything]],
  "comment.edit": whoseItIs,
  "comment.delete": whoseItIs,
  "comment.report": [[everybodyButSystem, everything]],
  "comment.readHeld": [...whoseItIs, [["program that may read"], ["a comment of member 7"]]],
  "comment.claim": [[["member with a past"], ["a comment of visitor 7"]]],
  "account.manage": [[people, ["a comment of member 7"]]],
  "people.read": [[admins, everything]],
  "people.setRoles": [[admins, everything.filter((what) => what !== "a comment of member 7")]],
  "people.suspend": [[admins, everything.filter((what) => what !== "a comment of member 7")]],
  "people.endSessions": [[admins, everything]],
  "mail.manage": [[admins, everything]],
  "desk.enter": [[people, everything]],
  "account.remove": [[["system"], everything]],
  "draft.start": [
    [["author", "editor", "admin", "all roles"], everything],
    [confirmed, ["a site where members write"]],
  ],
  "article.revise": writersAndEditors,
  "draft.read": writersEditorsAndLink,
  "draft.save": writersAndEditors,
  "draft.submit": [[people, theirs]],
  "draft.share": writersAndEditors,
  "draft.note": writersEditorsAndLink,
  "review.enter": [[editors, everything]],
  "revision.review": [
    [editors, but("a text that member 7 writes")],
    [admins, everything],
  ],
  "revision.withdraw": [[people, theirs]],
  "revision.withdrawScheduled": writersAndEditors,
  "revision.publishDue": [[["system"], everything]],
  "article.manage": [[editors, everything]],
  "file.upload": [
    [["author", "editor", "admin", "all roles"], everything],
    [confirmed, ["a site where members write", "a text that member 7 writes"]],
  ],
  "moderation.enter": [[moderators, everything]],
  "comment.moderate": [[moderators, but(...own)]],
  "comment.moderateBySystem": [[["system"], everything]],
  "thread.manage": [[moderators, everything]],
  "person.sanction": [
    [["moderator"], ["member 8, who has no role"]],
    [admins, but(...own)],
  ],
  "network.limit": [[moderators, everything]],
  "appeal.make": [...whoseItIs.slice(1), [[...people, "program that may comment", "program that may read"], own]],
  "appeal.decide": [
    [moderators, but(...own, "an appeal against member 7", "an appeal against member 7, the only one")],
    [admins, ["an appeal against member 7, the only one"]],
  ],
  "site.manage": [[admins, everything]],
  "rules.manage": [[admins, everything]],
  "moderationSettings.manage": [[admins, everything]],
  "site.import": [[["system"], everything]],
};

/** "may", or the code and reason of the refusal. */
function answerTo(actor: Actor, permission: Permission, resource: Resource): string {
  try {
    expect(authorize(actor, permission, resource)).toEqual({ permission, actor });
    expect(can(actor, permission, resource)).toBe(true);
    return "may";
  } catch (error) {
    if (!isDomainError(error)) throw error;
    expect(can(actor, permission, resource)).toBe(false);
    return `${error.code} ${error.details.reason}`;
  }
}

describe.each(allPermissions)("%s", (permission) => {
  it.each(Object.entries(actors))("is as the table says for the %s", (who, actor) => {
    const answers = Object.entries(resources).map(([what, it]) => [what, answerTo(actor, permission, it)]);
    const expected = everything.map((what) => {
      const yes = granted[permission].some(([people, things]) => people.includes(who) && things.includes(what));
      return [what, yes ? "may" : `forbidden forbidden.${permission}`];
    });
    expect(Object.fromEntries(answers)).toEqual(Object.fromEntries(expected));
  });
});
