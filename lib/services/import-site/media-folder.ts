// The folder of pictures given with the export: finds the file that an old address meant. Nothing outside the folder is ever
// opened, whatever an address says.
import { lstat, opendir, realpath } from "node:fs/promises";
import { basename, join, sep } from "node:path";

/** Folders inside each other that are looked through. */
const deepest = 12;

export class MediaFolder {
  /** File name → where it is; null when several files have it. */
  private names: Map<string, string | null> | undefined;

  private constructor(private readonly root: string) {}

  /** @throws Error when there is no such folder */
  static async open(folder: string): Promise<MediaFolder> {
    return new MediaFolder(await realpath(folder));
  }

  /**
   * The file that stood at an old address: the original before the smaller copies that WordPress makes of it, by its path
   * ("uploads/2013/03/x.jpg"), else by its name alone when only one file has it.
   */
  async find(address: string): Promise<string | null> {
    const parts = partsOf(address);
    if (parts === null) return null;
    const sized = parts.at(-1) ?? "";
    const original = sized.replace(/-(?:\d+x\d+|scaled|rotated)(\.\w+)$/, "$1");
    for (const name of new Set([original, sized])) {
      const folders = parts.slice(0, -1);
      for (let skipped = 0; skipped <= folders.length; skipped += 1) {
        const found = await this.file(join(this.root, ...folders.slice(skipped), name));
        if (found) return found;
      }
    }
    this.names ??= await this.index();
    return this.names.get(original.toLowerCase()) ?? this.names.get(sized.toLowerCase()) ?? null;
  }

  /** The path when it is an ordinary file inside the folder, also after following links. */
  private async file(path: string): Promise<string | null> {
    const real = await realpath(path).catch(() => null);
    if (real === null || !real.startsWith(this.root + sep)) return null;
    const facts = await lstat(real);
    return facts.isFile() ? real : null;
  }

  private async index(): Promise<Map<string, string | null>> {
    const names = new Map<string, string | null>();
    const visit = async (folder: string, depth: number): Promise<void> => {
      for await (const entry of await opendir(folder)) {
        const path = join(folder, entry.name);
        if (entry.isDirectory() && depth < deepest) await visit(path, depth + 1);
        if (!entry.isFile()) continue;
        const name = basename(path).toLowerCase();
        names.set(name, names.has(name) ? null : path);
      }
    };
    await visit(this.root, 0);
    return names;
  }
}

function partsOf(address: string): string[] | null {
  const path = URL.canParse(address) ? new URL(address).pathname : (address.split(/[?#]/)[0] ?? "");
  try {
    const parts = path.split("/").filter(Boolean).map(decodeURIComponent);
    const harmful = (part: string) => part === ".." || part === "." || /[/\\\0]/.test(part);
    return parts.length === 0 || parts.some(harmful) ? null : parts;
  } catch {
    return null;
  }
}
