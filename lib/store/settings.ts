// The site's settings, one row each; what is absent has its default.
import type { Transaction } from "@/lib/store/client";

/** All settings that were ever set. */
export async function readSettings(db: Transaction): Promise<Record<string, unknown>> {
  const rows = await db.setting.findMany({ select: { key: true, value: true } });
  return Object.fromEntries(rows.map((row) => [row.key, row.value]));
}

/** Sets one. */
export async function writeSetting(
  db: Transaction,
  setting: { key: string; value: string | number | boolean },
): Promise<void> {
  await db.setting.upsert({
    where: { key: setting.key },
    create: { key: setting.key, value: setting.value },
    update: { value: setting.value, updatedAt: new Date() },
    select: { key: true },
  });
}
