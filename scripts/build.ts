// `npm run build`: builds the site when it is not current, for images and tests. `npm start` does the same by itself.
import "@/scripts/node-env.mjs";
import { isCurrent } from "@/scripts/build-freshness.mjs";
import { buildSite } from "@/scripts/build-site";
import { createProgress } from "@/scripts/progress";
import { isForThePerson } from "@/scripts/start-error";

try {
  if (!(await isCurrent())) await createProgress().step("Building the site", buildSite);
} catch (error) {
  if (!isForThePerson(error)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
