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
};

const people = ["member", "author", "editor", "moderator", "admin", "all roles", "member with a past"];
const commenters = [...people, "program that may comment"];
const everybodyButSystem = ["stranger", "visitor", ...commenters];
const admins = ["admin", "all roles"];
const everything = Object.keys(resources);

type Grant = [who: string[], what: string[]];

const whoseItIs: Grant[] = [
  [commenters, ["a comment of member 7"]],
  [["visitor", "member with a past"], ["a comment of visitor 7"]],
  [Object.keys(actors), ["a comment whose token they hold"]],
];

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
  "desk.enter": [[people, everything]],
  "account.remove": [[["system"], everything]],
  "site.import": [[["system"], everything]],
};

describe.each(allPermissions)("%s", (permission) => {
  const rows = Object.keys(actors).flatMap((who) =>
    everything.map((what) => {
      const yes = granted[permission].some(([people, things]) => people.includes(who) && things.includes(what));
      return [who, yes ? "may" : "may not", what] as const;
    }),
  );
  it.each(rows)("%s %s: %s", (who, expected, what) => {
    const actor = actors[who];
    const resource = resources[what];
    if (!actor || !resource) throw new Error("The table names somebody it does not have.");
    expect(can(actor, permission, resource)).toBe(expected === "may");
    if (expected === "may") {
      expect(authorize(actor, permission, resource)).toEqual({ permission, actor });
      return;
    }
    try {
      authorize(actor, permission, resource);
      expect.unreachable("authorize should have refused");
    } catch (error) {
      expect(isDomainError(error) && [error.code, error.details.reason]).toEqual([
        "forbidden",
        `forbidden.${permission}`,
      ]);
    }
  });
});
