// Whether the build is one of exactly the files that are there. Apart from the builders, so that a start that builds nothing does
// not load them; plain JavaScript, because that start loads no TypeScript either.
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));

/** What `npm start` runs. */
export const serverFile = join(root, "scripts", "generated", "server.mjs");

/** What the front door's process runs. */
export const doorFile = join(root, "lib", "edge", "generated", "door.mjs");

/**
 * @typedef {object} Part
 * @property {string} marker the file that says of what it was built
 * @property {string[]} sources everything it is made from
 * @property {string[]} products some of what must be there
 */

const parts = {
  /** What Next serves, and the scripts of pages. @type {Part} */
  site: {
    marker: join(root, ".next", "colloquy-build"),
    sources: [
      "app",
      "components",
      "lib",
      "prisma/schema",
      "public",
      "package-lock.json",
      "next.config.mjs",
      "postcss.config.mjs",
      "tsconfig.json",
      "scripts/share-chunks.ts",
    ],
    products: [
      join(root, ".next", "BUILD_ID"),
      join(root, "lib", "store", "generated"),
      join(root, "public", "assets", "manifest.json"),
    ],
  },
  /** The processes around it. @type {Part} */
  server: {
    marker: join(dirname(serverFile), "colloquy-build"),
    sources: ["server.ts", "scripts", "lib", "prisma", "package-lock.json", "tsconfig.json"],
    products: [
      serverFile,
      doorFile,
      join(root, "lib", "text", "generated", "render-worker.mjs"),
      join(root, "lib", "text", "generated", "difference-worker.mjs"),
    ],
  },
};

/** @typedef {keyof typeof parts} PartName */
/** @typedef {Record<PartName, string>} Marks of the files that a build is made from */

/** Made by the build itself. */
const made = /^(lib\/.*\/generated|scripts\/generated|public\/assets)$/;

/** @param {string} path @returns {Promise<string[]>} */
async function listFiles(path) {
  const entries = await readdir(join(root, path), { withFileTypes: true }).catch(() => undefined);
  if (!entries) return existsSync(join(root, path)) ? [path] : [];
  const inside = entries
    .map((entry) => ({ entry, child: `${path}/${entry.name}` }))
    .filter(({ child }) => !made.test(child))
    .map(({ entry, child }) => (entry.isDirectory() ? listFiles(child) : [child]));
  return (await Promise.all(inside)).flat().sort();
}

/**
 * One hash over the names and contents of `sources` and the version of Node.
 * @param {Part} part @param {(file: string) => Promise<Buffer>} read
 */
async function fingerprint({ sources }, read) {
  const files = (await Promise.all(sources.map(listFiles))).flat();
  const hash = createHash("sha256").update(process.version);
  const contents = await Promise.all(files.map(read));
  for (const [index, content] of contents.entries()) {
    hash.update(`\0${files[index]}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

/** @returns {Promise<Marks>} of the files as they are now */
export async function wantedBuild() {
  /** Most are of both parts. @type {Map<string, Promise<Buffer>>} */
  const contents = new Map();
  /** @param {string} file */
  const read = (file) => {
    const content = contents.get(file) ?? readFile(join(root, file));
    contents.set(file, content);
    return content;
  };
  const [site, server] = await Promise.all([fingerprint(parts.site, read), fingerprint(parts.server, read)]);
  return { site, server };
}

/** Notes that the part in place is the one of `wanted`. @param {PartName} name @param {Marks} wanted */
export async function rememberBuild(name, wanted) {
  await mkdir(dirname(parts[name].marker), { recursive: true });
  await writeFile(parts[name].marker, wanted[name]);
}

/** Whether the part in place is the one of `wanted`, and whole. @param {PartName} name @param {Marks} wanted */
export async function isPartCurrent(name, wanted) {
  const { marker, products } = parts[name];
  const text = await readFile(marker, "utf8").catch(() => "");
  return text === wanted[name] && products.every((file) => existsSync(file));
}

/** Whether everything that is built is of the files as they are now. */
export async function isCurrent() {
  const wanted = await wantedBuild();
  return (await isPartCurrent("site", wanted)) && (await isPartCurrent("server", wanted));
}
