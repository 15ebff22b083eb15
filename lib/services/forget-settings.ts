// What an instance keeps of the site's settings for a moment is forgotten as soon as any instance has changed it, so that all act alike.
import { keys } from "@/lib/domain/page-keys";
import { forgetSite } from "@/lib/services/read-site";
import { forgetScreening } from "@/lib/services/screening";

/** @param changed the keys of what has changed, or "all" when some of it may have been missed */
export function forgetChanged(changed: readonly string[] | "all"): void {
  const everything = changed === "all" || changed.includes(keys.everything);
  if (everything) forgetSite();
  if (everything || changed.includes(keys.screening)) forgetScreening();
}
