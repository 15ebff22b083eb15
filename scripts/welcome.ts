// The one screen after a start: what was done, where to go, where things are, how to stop.
import { relative } from "node:path";

export interface StartFacts {
  origin: string;
  dataDir: string;
  /** The embedded Postgres' port, or undefined for a database of one's own. */
  embeddedPort: number | undefined;
  applied: readonly string[];
  built: boolean;
  planted: boolean;
  development: boolean;
  /** The one-time address at which to become admin, while nobody is. */
  becomeAdmin: string | undefined;
  /** Milliseconds since the start. */
  took: number;
}

const list = (parts: string[]) =>
  parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;

function whatWasDone({ applied, built, planted }: StartFacts): string {
  const done = [
    ...(built ? ["built the site"] : []),
    ...(applied.length > 0 ? ["prepared the database"] : []),
    ...(planted ? ["put in a few articles to look around"] : []),
  ];
  const words = list(done);
  return words ? `${words.charAt(0).toUpperCase()}${words.slice(1)}.` : "Everything was ready.";
}

/** The screen, as text that ends with a new line. */
export function welcome(facts: StartFacts, colour: boolean): string {
  const bold = (text: string) => (colour ? `\x1b[1m${text}\x1b[22m` : text);
  const folder = relative(process.cwd(), facts.dataDir);
  const data = folder.startsWith("..") ? facts.dataDir : `${folder}/`;
  const database =
    facts.embeddedPort === undefined ? "the Postgres of DATABASE_URL" : `its own Postgres, port ${facts.embeddedPort}`;
  const admin = facts.becomeAdmin
    ? `\n    Become admin       ${bold(facts.becomeAdmin)}\n                       (works once, for a day)`
    : "";
  return `
  ${bold(facts.development ? "Colloquy runs, with hot reload." : "Colloquy runs.")} ${whatWasDone(facts)} (${(facts.took / 1000).toFixed(1)} s)

    Read and discuss   ${bold(facts.origin)}${admin}
    Data               ${data}  (${database})
    Stop               Ctrl-C

`;
}
