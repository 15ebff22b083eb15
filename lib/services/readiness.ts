// Whether this instance can serve (R90). Mail counts only when nobody takes it: a mail server that is away is no reason to take the site off
// the net, and /desk/mail shows it.
import { database } from "@/lib/store/client";
import { mailIsStuck } from "@/lib/store/mail-jobs";
import { databaseAnswers } from "@/lib/store/pool";

/** Mails of security go first, so one that lies for a quarter of an hour lies for good; others may stand behind ten thousand. */
const patience = { securityMinutes: 15, anyHours: 6 };

/** Never throws. */
export async function isReady(): Promise<boolean> {
  if (!(await databaseAnswers())) return false;
  return mailIsStuck(database(), patience).then(
    (stuck) => !stuck,
    () => false,
  );
}
