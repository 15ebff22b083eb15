// Before tests that start the product: builds it when it is stale.
import { isCurrent, wantedBuild } from "@/scripts/build-freshness";
import { buildSite } from "@/scripts/build-site";

export default async function setup(): Promise<void> {
  if (!(await isCurrent(await wantedBuild()))) await buildSite();
}
