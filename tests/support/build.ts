// Before tests that start the product: builds it when it is stale.
import { isCurrent } from "@/scripts/build-freshness.mjs";
import { buildSite } from "@/scripts/build-site";

export default async function setup(): Promise<void> {
  if (!(await isCurrent())) await buildSite();
}
