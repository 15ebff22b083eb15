import "server-only";
// After a write: the pages that show it are drawn anew, and the writer carries a mark that they wrote, before their answer leaves.
import { cookies } from "next/headers";
import type { DomainEvent } from "@/lib/domain/events";
import { keys, staleKeys } from "@/lib/domain/page-keys";
import { currentExchange } from "@/lib/edge/exchange";
import { purgePages } from "@/lib/edge/purge-pages";
import { wroteCookie, wroteMark, wroteMaxAge } from "@/lib/edge/wrote";
import { env } from "@/lib/env";

/** For pages, which name their keys when they say that they may be stored. */
export { keys };

/** Makes every page that shows these events be drawn anew, before the one who caused them gets their answer. */
export async function purge(events: readonly DomainEvent[]): Promise<void> {
  const stale = [...new Set(events.flatMap(staleKeys))];
  if (stale.length === 0) return;
  await purgePages(stale);
  // Without a request there is no browser to mark.
  if (!currentExchange()) return;
  (await cookies()).set(wroteCookie, wroteMark(Date.now()), {
    path: "/",
    sameSite: "lax",
    httpOnly: true,
    secure: env().publicOrigin.startsWith("https:"),
    maxAge: wroteMaxAge,
  });
}
