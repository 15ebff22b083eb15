// How comments are screened on this site: read and set by an admin.
import type { DomainEvent } from "@/lib/domain/events";
import { authorize } from "@/lib/domain/permissions";
import {
  type ModerationSettings,
  moderationRows,
  moderationSettingNames,
  moderationSettingsOf,
} from "@/lib/domain/settings";
import type { Context } from "@/lib/services/context";
import { forgetSite } from "@/lib/services/read-site";
import { forgetScreening } from "@/lib/services/screening";
import { database, inTransaction } from "@/lib/store/client";
import { logSiteChange } from "@/lib/store/moderation-lines";
import { readSettings, writeSetting } from "@/lib/store/settings";

/** The settings as they are. @throws DomainError `forbidden` */
export async function readModerationSettings(ctx: Context): Promise<ModerationSettings> {
  authorize(ctx.actor, "moderationSettings.manage");
  return moderationSettingsOf(await readSettings(database()));
}

/** Sets them, with a line in the log of what is another now. @throws DomainError `forbidden` */
export async function changeModerationSettings(ctx: Context, settings: ModerationSettings): Promise<DomainEvent[]> {
  const permit = authorize(ctx.actor, "moderationSettings.manage");
  const changed = await inTransaction(async (tx) => {
    const before = moderationSettingsOf(await readSettings(tx));
    const names = moderationSettingNames.filter((name) => before[name] !== settings[name]);
    if (names.length === 0) return false;
    for (const row of moderationRows(settings)) await writeSetting(tx, row);
    const note = names.map((name) => `${name}: ${before[name]} → ${settings[name]}`).join(", ");
    await logSiteChange(tx, permit, { kind: "SET_SITE", reason: "settings.moderation", note });
    return true;
  });
  forgetScreening();
  // It knows under which names moderators stand in the log.
  forgetSite();
  return changed ? [{ type: "SiteChanged" }, { type: "ModerationLogged" }] : [];
}
