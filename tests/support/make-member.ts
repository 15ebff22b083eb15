// A member on the running site, and their log-in, made by what signing up and logging in are made of: for stories about something else.
import { randomBytes } from "node:crypto";
import { hashPassword } from "@/lib/services/hash-password";
import { type StartedSession, startSession } from "@/lib/services/start-session";
import { systemContext } from "@/lib/services/system-context";
import { insertAccount } from "@/lib/store/accounts";
import { inTransaction } from "@/lib/store/client";
import { skeleton } from "@/lib/text/confusables";
import { reachDatabase } from "@/tests/support/publish-article";

interface Wanted {
  handle: string;
  name: string;
  email: string;
  password: string;
}

/** Somebody whose address is confirmed, logged in on one browser. @returns what that browser's cookies hold */
export async function makeMember(wanted: Wanted): Promise<StartedSession & { deviceToken: string }> {
  await reachDatabase();
  const { handle, name, email, password } = wanted;
  const keys = { nameKey: skeleton(name), handleKey: skeleton(handle) };
  const account = { email, handle, displayName: name, ...keys, roles: [], verified: true };
  const passwordHash = await hashPassword(password);
  const deviceToken = randomBytes(16).toString("base64url");
  const session = await inTransaction(async (tx) => {
    const { id } = await insertAccount(tx, { ...account, passwordHash });
    const browser = { device: "A browser of the stories", deviceToken };
    return startSession(tx, systemContext(), { user: { id, roles: [] }, browser, fresh: true });
  });
  return { ...session, deviceToken };
}
