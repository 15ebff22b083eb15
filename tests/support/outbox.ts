// The mails that the running site put into its outbox, for tests that follow their links.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { env } from "@/lib/env";

/** The text of a mail, with quoted-printable undone. */
function unfold(mail: string): string {
  return mail
    .replace(/=\r?\n/g, "")
    .replace(/=([0-9A-F]{2})/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16)));
}

/** Whether the mail goes to this address, with or without a name before it. */
function isTo(mail: string, address: string): boolean {
  const [line = ""] = /^To: .*$/m.exec(mail) ?? [];
  return line.split(/[\s<>]+/).includes(address);
}

/** The mails to an address, oldest first. @param dataDir of another site than the one that all stories share */
export async function mailsTo(address: string, dataDir = env().dataDir): Promise<string[]> {
  const folder = join(dataDir, "outbox");
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(".eml")).sort();
  const mails = await Promise.all(names.map((name) => readFile(join(folder, name), "latin1")));
  return mails.map(unfold).filter((mail) => isTo(mail, address));
}

/** The link to the page `path` in the newest mail to an address; undefined while there is none. */
export async function linkTo(address: string, path: string, dataDir?: string): Promise<string | undefined> {
  for (const mail of (await mailsTo(address, dataDir)).reverse()) {
    const found = new RegExp(`https?://[^\\s"<>]*${path}\\?token=[\\w-]+`).exec(mail)?.[0];
    if (found) return found;
  }
  return undefined;
}
