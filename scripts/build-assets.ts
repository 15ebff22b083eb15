// The scripts of public pages: components/enhance bundled into files named by their content, so that browsers keep them for ever.
// public/assets/manifest.json says which names are current: { "enhance": "/assets/enhance-HASH.js", "tools": … }.
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type BuildOptions, type BuildResult, build, context } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = join(root, "public", "assets");

/** Name of the asset → its entry. */
const entries = {
  enhance: join(root, "components", "enhance", "main.ts"),
  tools: join(root, "components", "enhance", "tools.ts"),
  prove: join(root, "components", "enhance", "prove.ts"),
  desk: join(root, "components", "enhance", "desk", "main.ts"),
};

const options = {
  bundle: true,
  minify: true,
  write: false,
  format: "iife",
  target: "es2022",
  platform: "browser",
  legalComments: "none",
  charset: "utf8",
  outdir: folder,
  tsconfig: join(root, "tsconfig.json"),
  logLevel: "silent",
} satisfies BuildOptions;

const presentEntries = () => Object.fromEntries(Object.entries(entries).filter(([, file]) => existsSync(file)));

/** Writes the bundles and the manifest, then removes what no manifest names any more. */
async function put(result: BuildResult<{ write: false }>): Promise<void> {
  await mkdir(folder, { recursive: true });
  const manifest: Record<string, string> = {};
  for (const name of Object.keys(entries)) {
    const file = result.outputFiles.find(({ path }) => path === join(folder, `${name}.js`));
    if (!file) continue;
    const hash = createHash("sha256").update(file.contents).digest("hex").slice(0, 12);
    manifest[name] = `/assets/${name}-${hash}.js`;
    await writeFile(join(root, "public", manifest[name]), file.contents);
  }
  const draft = join(folder, ".manifest.json");
  await writeFile(draft, `${JSON.stringify(manifest, null, 2)}\n`);
  await rename(draft, join(folder, "manifest.json"));
  const current = new Set(["manifest.json", ...Object.values(manifest).map((path) => path.replace("/assets/", ""))]);
  const old = (await readdir(folder)).filter(
    (name) => /^(enhance|tools|theme|prove|desk)-\w+\.js$/.test(name) && !current.has(name),
  );
  await Promise.all(old.map((name) => rm(join(folder, name), { force: true })));
}

/** Builds the assets once. @throws esbuild's failure, whose message shows the lines at fault */
export async function buildAssets(): Promise<void> {
  await put(await build({ ...options, entryPoints: presentEntries() }));
}

/** Builds them now and again at every change, for `npm run dev`. A mistake is printed and the last good bundle stays. */
export async function watchAssets(): Promise<void> {
  const watcher = await context({
    ...options,
    entryPoints: presentEntries(),
    logLevel: "warning",
    plugins: [
      {
        name: "put",
        setup: (made) =>
          made.onEnd((result) =>
            result.errors.length === 0 ? put({ ...result, outputFiles: result.outputFiles ?? [] }) : undefined,
          ),
      },
    ],
  });
  await watcher.watch();
}
