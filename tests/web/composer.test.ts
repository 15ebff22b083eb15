// Which way a comment goes when nobody pressed a button, but Enter: never under a name that was not chosen.
import { expect, it } from "vitest";
import type { Actor } from "@/lib/domain/actor";
import { isDomainError } from "@/lib/domain/errors";
import { requireMember, type Signature, wayOf } from "@/lib/web/composer";

const stranger: Actor = { kind: "visitor", visitorId: null };
const member: Actor = {
  kind: "member",
  userId: 7,
  handle: "ada",
  displayName: "Ada",
  roles: [],
  verified: true,
  visitorId: null,
  session: { id: 1, confirmedAt: new Date(0) },
  scopes: null,
};

const filledIn = { identifier: "ada", password: "seven herons at dusk" };
const nothing = { identifier: "", password: "" };

// who, what stands in the form, the way
const cases: [string, Actor, Omit<Signature, "intent">, string][] = [
  ["a stranger posts anonymously", stranger, nothing, "post"],
  ["under the name that they typed", stranger, { ...nothing, name: "Bo" }, "post"],
  ["a user name alone is no log-in", stranger, { ...nothing, identifier: "ada" }, "post"],
  ["who typed a password logs in", stranger, filledIn, "logIn"],
  ["but a name besides could mean either", stranger, { ...filledIn, name: "Bo" }, "ask"],
  ["who is logged in has two ways", member, nothing, "ask"],
  ["also with a name typed", member, { ...nothing, name: "Bo" }, "ask"],
  ["unless they log in once more", member, filledIn, "logIn"],
];

it.each(cases)("%s", (_what, actor, fields, expected) => {
  const way = () => {
    try {
      return wayOf(actor, { intent: "enter", ...fields });
    } catch (error) {
      if (isDomainError(error) && error.details.reason === "composer.which_way") return "ask";
      throw error;
    }
  };
  expect(way()).toBe(expected);
});

it("a button says which way, whatever else stands in the form", () => {
  for (const intent of ["post", "member", "logIn", "preview"] as const) {
    expect(wayOf(stranger, { intent, ...filledIn, name: "Bo" })).toBe(intent);
  }
});

it.each([
  ["who is still logged in posts under their name", member, "ada", true],
  ["also where the form does not say who it was for", member, undefined, true],
  ["nobody posts under the name of who logged in meanwhile", member, "bo", false],
  ["nor under none, having been logged out", stranger, "ada", false],
] as const)("%s", (_what, actor, as, expected) => {
  const required = () => requireMember(actor, as);
  if (expected) expect(required).not.toThrow();
  else expect(required).toThrow(expect.objectContaining({ code: "unauthenticated" }));
});
