// What the site is for everybody, set by an admin: its name, its motto, its clock, who may write.
import { userIdOf } from "@/lib/domain/actor";
import type { DomainEvent } from "@/lib/domain/events";
import { authorize } from "@/lib/domain/permissions";
import { type SiteSettings, siteSettingsOf } from "@/lib/domain/settings";
import type { Context } from "@/lib/services/context";
import { forgetSite } from "@/lib/services/read-site";
import { audit } from "@/lib/store/audit";
import { database, inTransaction } from "@/lib/store/client";
import { readSettings, writeSetting } from "@/lib/store/settings";

const names = ["name", "tagline", "timeZone", "membersWrite"] as const;

/** The settings as they are. @throws DomainError `forbidden` */
export async function readSiteSettings(ctx: Context): Promise<SiteSettings> {
  authorize(ctx.actor, "site.manage");
  return siteSettingsOf(await readSettings(database()));
}

/** Sets them, with a line in the record of what is another now. @throws DomainError `forbidden` */
export async function changeSiteSettings(ctx: Context, settings: SiteSettings): Promise<DomainEvent[]> {
  const { actor } = authorize(ctx.actor, "site.manage");
  const changed = await inTransaction(async (tx) => {
    const before = siteSettingsOf(await readSettings(tx));
    const others = names.filter((name) => before[name] !== settings[name]);
    for (const name of others) {
      await writeSetting(tx, { key: `site.${name}`, value: settings[name] });
      await audit(tx, {
        kind: "settingChanged",
        actorId: userIdOf(actor),
        subjectId: null,
        detail: { setting: `site.${name}`, from: before[name], to: settings[name] },
      });
    }
    return others.length > 0;
  });
  forgetSite();
  return changed ? [{ type: "SiteChanged" }] : [];
}
