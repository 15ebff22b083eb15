// What `npm start` and `npm run dev` run. When everything is built, as nearly always, it loads the built server: no TypeScript, and no
// compiler. Otherwise the server is loaded as it was written, builds, and goes on.
import { isCurrent } from "./scripts/build-freshness.mjs";
import { development, keepNoSourceMaps } from "./scripts/node-env.mjs";

const current = !development && (await isCurrent());
if (!current) {
  const { register } = await import("tsx/esm/api");
  register();
  keepNoSourceMaps();
}
const { start } = await import(current ? "./scripts/generated/server.mjs" : "./server.ts");
await start({ isCurrent: current });
