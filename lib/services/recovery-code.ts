// A code on paper that moves an anonymous identity to another browser. Making a new one ends the one before; using it gives the
// identity a new cookie and leaves the old browser without.
import { randomBytes } from "node:crypto";
import { DomainError } from "@/lib/domain/errors";
import { allowancesFor } from "@/lib/services/allowances";
import type { Context } from "@/lib/services/context";
import { newVisitorToken, sha256 } from "@/lib/services/tokens";
import { audit } from "@/lib/store/audit";
import { hasClaimable } from "@/lib/store/claims";
import { inTransaction, type Transaction } from "@/lib/store/client";
import { consume } from "@/lib/store/rate-limits";
import { moveVisitor, writeRecoveryHash } from "@/lib/store/visitors";

/** Read aloud and typed without doubt: no 0 and O, 1 and I and L, U and V. */
const alphabet = "23456789ABCDEFGHJKMNPQRSTWXYZ";
/** 24 letters of 29: about 116 bits. */
const codeLength = 24;
const groupLength = 4;
/** Room for a space after every letter and a few too many. */
const longestTyped = 100;

/**
 * A new recovery code for what this browser left anonymously, in groups: "7KQM-…".
 * @throws DomainError `not_found` when this browser has left nothing yet
 */
export async function makeRecoveryCode(ctx: Context): Promise<string> {
  const visitorId = ctx.actor.kind === "system" ? null : ctx.actor.visitorId;
  if (visitorId === null) throw new DomainError("not_found", { reason: "recovery.nothing" });
  const code = randomCode();
  await inTransaction((tx) => writeRecoveryHash(tx, visitorId, sha256(code)));
  return code.replace(new RegExp(`.{${groupLength}}(?=.)`, "g"), "$&-");
}

/**
 * Moves the identity that the code belongs to into this browser, which then is nobody else any more.
 * @param input.typed as somebody typed it from paper: small letters, spaces and missing dashes do not matter
 * @param input.sure what this browser posted anonymously itself may be given up
 * @returns the token for this browser's cookie
 * @throws DomainError `invalid` on the field `code`, `conflict` with `recovery.past` when this browser has something to lose; the code is
 *   still good then; `rate_limited`
 */
export async function moveByRecoveryCode(
  ctx: Context,
  input: { typed: string; sure: boolean },
): Promise<{ visitorToken: string }> {
  const code = input.typed
    .slice(0, longestTyped)
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, "");
  const allowances = await allowancesFor(ctx, "recovery");
  // Counted in a transaction of its own: a wrong code must cost something.
  await inTransaction((tx) => consume(tx, allowances));
  const visitorToken = newVisitorToken(undefined);
  return inTransaction(async (tx) => {
    const moved =
      code.length === codeLength &&
      (await moveVisitor(tx, { recoveryHash: sha256(code), tokenHash: sha256(visitorToken) }));
    if (!moved) throw new DomainError("invalid", { fields: { code: "recovery.wrong" } });
    if (!input.sure && (await losesPast(tx, ctx, moved.id))) {
      throw new DomainError("conflict", { reason: "recovery.past" });
    }
    await audit(tx, { kind: "identityMoved", actorId: null, subjectId: null, detail: { visitor: moved.id } });
    return { visitorToken };
  });
}

/** Whether this browser is somebody anonymous other than `movedId`, whose comments could not be edited any more. */
async function losesPast(tx: Transaction, { actor }: Context, movedId: number): Promise<boolean> {
  const here = actor.kind === "system" ? null : actor.visitorId;
  return here !== null && here !== movedId && hasClaimable(tx, here);
}

/** Letters drawn evenly: bytes beyond the last whole round are thrown away. */
function randomCode(): string {
  const rounds = Math.floor(256 / alphabet.length) * alphabet.length;
  let code = "";
  while (code.length < codeLength) {
    for (const byte of randomBytes(codeLength)) {
      if (byte < rounds && code.length < codeLength) code += alphabet[byte % alphabet.length] ?? "";
    }
  }
  return code;
}
