// The scripts as browsers get them, made in memory the way scripts/build-assets.ts makes them.
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The minified text of `components/enhance/NAME.ts` with everything it needs. */
export async function bundle(name: "main" | "tools" | "prove"): Promise<string> {
  const result = await build({
    entryPoints: [`${root}components/enhance/${name}.ts`],
    tsconfig: `${root}tsconfig.json`,
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    target: "es2022",
    platform: "browser",
    charset: "utf8",
    legalComments: "none",
  });
  return result.outputFiles[0]?.text ?? "";
}
