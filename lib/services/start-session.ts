// A browser becomes logged in: always with a new token, so that nobody can have placed one there before (R37).
import { randomBytes } from "node:crypto";
import type { Role } from "@/lib/domain/actor";
import { sessionLife } from "@/lib/domain/session";
import type { Context } from "@/lib/services/context";
import { keyedHash, sha256 } from "@/lib/services/tokens";
import { audit } from "@/lib/store/audit";
import type { Transaction } from "@/lib/store/client";
import { enqueue, priorities } from "@/lib/store/jobs";
import { insertSession, rememberDevice } from "@/lib/store/sessions";

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

/** Logs `user` in on this browser. A browser they never used before is told of by mail, unless the account is brand new. */
export async function startSession(
  tx: Transaction,
  ctx: Context,
  start: { user: { id: number; roles: readonly Role[] }; browser: Browser; fresh?: boolean },
): Promise<StartedSession> {
  const { user, browser } = start;
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
  if (!known && !start.fresh) {
    const payload = { kind: "newDevice", userId: user.id, device: browser.device, at: ctx.now.toISOString() } as const;
    await enqueue(tx, { task: "send-mail", payload }, { priority: priorities.security });
  }
  return { sessionToken, maxAge: Math.floor(life.absoluteMs / 1_000) };
}

/** How a device's token is kept. */
export function deviceHashOf(deviceToken: string): Buffer {
  return keyedHash("device", deviceToken);
}
