// `npm run bench:growth`: what a page costs on a site of a thousand articles and on one of a hundred thousand. Part of `npm run bench -- --large`.
import "@/scripts/node-env.mjs";
import { existsSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Client, textOf } from "@/bench/client";
import { generate, siteFolder } from "@/bench/made-sites";
import { type Running, startProduct } from "@/bench/processes";
import { growth, growthTable } from "@/bench/scenarios/growth";
import { largeSite, thousandSite } from "@/bench/site/size";
import { isCurrent } from "@/scripts/build-freshness.mjs";
import { buildSite } from "@/scripts/build-site";

/** In milliseconds: it begins at the next full minute. */
const countPatience = 240_000;

const say = (words: string) => process.stdout.write(`${words}\n`);

/** Until the job that counts for the moderation log has seen all that was generated: its work would be taken for the pages'. */
async function counted({ origin }: Running): Promise<void> {
  for (const began = performance.now(); performance.now() - began < countPatience; await pause(1_000)) {
    const page = textOf(await new Client(origin).get("/moderation-log/figures", { accept: "text/html" }));
    if (page.includes("As of")) return;
  }
  throw new Error("The figures of the moderation log were not counted.");
}

/** Both sites served at the same time, asked in turns. @returns a Markdown table */
export async function growing(): Promise<string> {
  const folders = [siteFolder("thousand"), siteFolder("large")];
  say("Making the site of a thousand articles …");
  await generate("thousand", siteFolder("thousand"));
  if (!existsSync(siteFolder("large"))) {
    say("Making the large site: four minutes …");
    await generate("large", siteFolder("large"));
  }
  say("Drawing pages of both …");
  const products: Running[] = [];
  try {
    for (const folder of folders) products.push(await startProduct(folder));
    await Promise.all(products.map(counted));
    const lines = await growth(
      [thousandSite, largeSite].flatMap(({ threads, articles }, nth) => {
        const product = products[nth];
        return product ? [{ product, name: `${articles} articles`, longest: Math.max(...threads) }] : [];
      }),
    );
    return growthTable(lines, ["1,000 articles", "100,000 articles"]);
  } finally {
    await Promise.all(products.map((each) => each.stop()));
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (!(await isCurrent())) {
    say("Building the product …");
    await buildSite();
  }
  say(`\n${await growing()}`);
}
