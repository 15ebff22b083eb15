// Where to report a weakness of this site (RFC 9116). Only where the site says whom to write to.
import { DomainError } from "@/lib/domain/errors";
import { env } from "@/lib/env";
import { publicFile } from "@/lib/web/public-file";
import { keys } from "@/lib/web/purge";

export const dynamic = "force-dynamic";

/**
 * The file has to say until when it is true, and a month is soon enough to notice that nobody is there. Whole months, so that all instances
 * say the same whenever each has made it.
 */
function endOfNextMonth(now: Date): string {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 2, 1)).toISOString();
}

export const GET = publicFile(async (ctx) => {
  const contact = env().securityContact;
  if (!contact) throw new DomainError("not_found");
  const lines = [
    `Contact: ${contact}`,
    `Expires: ${endOfNextMonth(ctx.now)}`,
    `Canonical: ${ctx.ownOrigin}/.well-known/security.txt`,
  ];
  return { body: `${lines.join("\n")}\n`, type: "text/plain; charset=utf-8", keys: [keys.release] };
});
