// Settings that are numbers.
import { EnvError } from "@/lib/env/env-error";

/** @returns bytes */
export function parsePageStore(value: string): number {
  const megabytes = Number(value);
  if (!(megabytes >= 1 && megabytes <= 65_536)) {
    throw new EnvError(`PAGE_STORE_MB is "${value}". Give the megabytes of memory for finished pages, like 64.`);
  }
  return megabytes * 1024 * 1024;
}

export function parseFactor(value: string): number {
  const factor = Number(value);
  if (!(factor > 0) || factor > 1e6)
    throw new EnvError(`RATE_LIMIT_FACTOR is "${value}". Give a number above 0, like 1 or 2.5.`);
  return factor;
}
