// A browser becomes logged in: always with a new token, so that nobody can have placed one there before (R37).
import { randomBytes } from "node:crypto";
import type { Role } from "@/lib/domain/actor";
import { sessionLife } from "@/lib/domain/session";
import { mailAllowances } from "@/lib/services/account-allowances";
import type { Context } from "@/lib/services/context";
import { keyedHash, sha256 } from "@/lib/services/tokens";
import { audit } from "@/lib/store/audit";
import type { Transaction } from "@/lib/store/client";
import { enqueue, priorities } from "@/lib/store/jobs";
import { hasRoom } from "@/lib/store/rate-limits";
import { endSessions, insertSession, rememberDevice } from "@/lib/store/sessions";

/** 256 bits (R36). */
const tokenBytes = 32;

/** What a browser tells about itself, for the list in settings and for knowing it again. */
export interface Browser {
  /** "Firefox on Linux" */
  device: string;
  /** The token of its device cookie; a new one where it had none. */
  deviceToken: string;
}

export interface StartedSession {
  sessionToken: string;
  /** Seconds that the cookie may live. */
  maxAge: number;
}

/**
 * Logs `user` in on this browser; what it was logged in as before ends. A browser they never used before is told of by mail, a few times a
 * day (R39).
 * @param start.fresh the account is brand new, or its address not confirmed: no mail
 */
export async function startSession(
  tx: Transaction,
  ctx: Context,
  start: { user: { id: number; roles: readonly Role[] }; browser: Browser; fresh?: boolean },
): Promise<StartedSession> {
  const { user, browser } = start;
  if (ctx.actor.kind === "member" && ctx.actor.session) {
    await endSessions(tx, { userId: ctx.actor.userId, id: ctx.actor.session.id });
  }
  const life = sessionLife(user.roles);
  const sessionToken = randomBytes(tokenBytes).toString("base64url");
  await insertSession(tx, { userId: user.id, tokenHash: sha256(sessionToken), ...life, device: browser.device });
  const known = await rememberDevice(tx, user.id, deviceHashOf(browser.deviceToken));
  await audit(tx, {
    kind: "loggedIn",
    actorId: user.id,
    subjectId: user.id,
    detail: { device: browser.device, known },
  });
  if (!known && !start.fresh && (await hasRoom(tx, mailAllowances("newDevice", `member ${user.id}`)))) {
    const payload = { kind: "newDevice", userId: user.id, device: browser.device, at: ctx.now.toISOString() } as const;
    await enqueue(tx, { task: "send-mail", payload }, { priority: priorities.security });
  }
  return { sessionToken, maxAge: Math.floor(life.absoluteMs / 1_000) };
}

/** How a device's token is kept. */
export function deviceHashOf(deviceToken: string): Buffer {
  return keyedHash("device", deviceToken);
}
