// How long a log-in lasts for whom (R36).
import { describe, expect, it } from "vitest";
import type { Role } from "@/lib/domain/actor";
import { isStaff, sessionLife } from "@/lib/domain/session";

const hours = (count: number) => count * 3_600_000;

describe("a session", () => {
  const table: [string, Role[], boolean][] = [
    ["a member", [], false],
    ["an author, who has power over their own texts only", ["AUTHOR"], false],
    ["an editor", ["EDITOR"], true],
    ["a moderator", ["MODERATOR"], true],
    ["an admin", ["ADMIN"], true],
    ["an author who moderates", ["AUTHOR", "MODERATOR"], true],
  ];
  it.each(table)("of %s", (_who, roles, staff) => {
    expect(isStaff(roles)).toBe(staff);
    expect(sessionLife(roles)).toEqual(
      staff ? { idleMs: hours(12), absoluteMs: hours(7 * 24) } : { idleMs: hours(14 * 24), absoluteMs: hours(30 * 24) },
    );
  });
});
