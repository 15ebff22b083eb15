// Without a mail server, mails become files that any mail program opens: a fresh machine can try "forgot password" too.
import { join, relative } from "node:path";
import { createTransport } from "nodemailer";
import { log } from "@/lib/log";
import { envelopeOf, type Mailer } from "@/lib/mail/message";
import { writeWhole } from "@/lib/media/whole-file";

/** "20261123T061208123Z": names of files sort by time. */
const stamp = (at: Date) => at.toISOString().replace(/[-:.]/g, "");

/** @param dataDir absolute; mails land in its folder "outbox", readable by its owner alone, since they hold one-time links */
export function createOutboxMailer(dataDir: string): Mailer {
  const folder = join(dataDir, "outbox");
  const transport = createTransport({ streamTransport: true, buffer: true, newline: "windows" });
  return {
    send: async (message) => {
      const { message: bytes } = await transport.sendMail(envelopeOf(message));
      if (!Buffer.isBuffer(bytes)) throw new TypeError("A mail was asked for whole and came as a stream.");
      const id = message.messageId.split("@")[0]?.replace(/[^\w-]/g, "");
      const path = join(folder, `${stamp(new Date())}-${id}.eml`);
      await writeWhole(path, bytes);
      log().info(
        { file: relative(dataDir, path) },
        "A mail was put into the outbox, a folder of DATA_DIR, because SMTP_URL is not set.",
      );
    },
    close: () => {},
  };
}
