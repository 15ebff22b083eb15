// What an admin sees of the mail and does about it: what could not be sent is tried again or given up.
import { userIdOf } from "@/lib/domain/actor";
import { DomainError } from "@/lib/domain/errors";
import { limits } from "@/lib/domain/limits";
import { authorize } from "@/lib/domain/permissions";
import { env } from "@/lib/env";
import type { Context } from "@/lib/services/context";
import { audit } from "@/lib/store/audit";
import { database, inTransaction, type Transaction } from "@/lib/store/client";
import { attempts } from "@/lib/store/jobs";
import { giveUp, type ParkedMail, parkedMails, tryAgain, type WaitingMails, waitingMails } from "@/lib/store/mail-jobs";

export interface DeskMail {
  parked: ParkedMail[];
  /** There are more than are shown. */
  more: boolean;
  waiting: WaitingMails;
  /** Mails are really sent; otherwise they become files in the data folder. */
  sent: boolean;
}

/** @throws DomainError `forbidden` */
export async function readDeskMail(ctx: Context): Promise<DeskMail> {
  authorize(ctx.actor, "mail.manage");
  const rows = await parkedMails(database(), limits.mailsPerPage + 1);
  const parked = rows.slice(0, limits.mailsPerPage);
  const waiting = await waitingMails(database());
  return { parked, more: rows.length > parked.length, waiting, sent: env().smtp !== undefined };
}

export type MailWork = "retry" | "drop";

/**
 * Has mails tried again from the beginning, or forgets them.
 * @param input.ids what the admin saw; what is not parked any more is left alone
 * @throws DomainError `forbidden`, `not_found` when none of them is parked any more
 */
export async function workOnMail(ctx: Context, input: { ids: readonly string[]; work: MailWork }): Promise<number> {
  authorize(ctx.actor, "mail.manage");
  const { ids, work } = input;
  return inTransaction(async (tx: Transaction) => {
    const count = work === "retry" ? await tryAgain(tx, ids, attempts) : await giveUp(tx, ids);
    if (count === 0) throw new DomainError("not_found", { reason: "mail.gone" });
    const kind = work === "retry" ? "mailTriedAgain" : "mailGivenUp";
    await audit(tx, { kind, actorId: userIdOf(ctx.actor), subjectId: null, detail: { count } });
    return count;
  });
}
