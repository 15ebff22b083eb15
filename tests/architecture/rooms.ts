// The law of docs and design as data: which room a file is in, and what the room may import. A room may always import itself.

export interface Room {
  name: string;
  /** Paths that belong to it. The first room that fits has the file. */
  files: RegExp;
  /** Rooms it may import, by name. */
  mayImport: string[];
  /** Packages it must not import. */
  neverPackages?: RegExp;
  /** What to do instead, at the end of the sentence. */
  instead: string;
}

const framework = /^(next|react|react-dom)(\/|$)/;
const prisma = /^@prisma\//;
const either = (...patterns: RegExp[]) => new RegExp(patterns.map(({ source }) => `(?:${source})`).join("|"));

export const rooms: Room[] = [
  {
    name: "lib/once",
    files: /^lib\/once\.ts$/,
    mayImport: [],
    neverPackages: either(framework, prisma, /^node:/),
    instead: "It is the ground itself.",
  },
  {
    name: "lib/env, lib/log",
    files: /^lib\/(env(\/.*)?|log|stack)\.ts$/,
    mayImport: ["lib/once"],
    neverPackages: either(framework, prisma),
    instead: "The bottom of the house knows nothing of what stands on it.",
  },
  {
    name: "lib/text",
    files: /^lib\/text\//,
    // Only for its worker threads, of which a process has one set.
    mayImport: ["lib/once"],
    neverPackages: either(framework, prisma),
    instead: "Hand in what it needs as an argument; it works on strings and has never heard of articles.",
  },
  {
    name: "lib/domain",
    files: /^lib\/domain\//,
    mayImport: ["lib/text"],
    neverPackages: either(framework, prisma, /^node:/, /^pg$/),
    instead: "Rules are pure: hand in rows, the time and chance as arguments.",
  },
  {
    name: "lib/store",
    files: /^lib\/store\//,
    mayImport: ["lib/domain", "lib/text", "lib/env, lib/log", "lib/once"],
    neverPackages: framework,
    instead: "The store maps rows; decisions belong to lib/services, words and pages to the rooms above.",
  },
  {
    name: "lib/mail, lib/media",
    files: /^lib\/(mail|media)\//,
    // The reason of a removal has the same words in a mail as on the page.
    mayImport: ["lib/ui", "lib/domain", "lib/text", "lib/env, lib/log", "lib/once"],
    neverPackages: either(framework, prisma),
    instead: "It sends or keeps what it is given; the service that calls it knows why.",
  },
  {
    name: "lib/services",
    files: /^lib\/services\//,
    mayImport: ["lib/store", "lib/mail, lib/media", "lib/domain", "lib/text", "lib/env, lib/log", "lib/once"],
    neverPackages: either(framework, prisma, /^pg$/),
    instead: "Take what the request brings from ctx and input, and ask lib/store for rows.",
  },
  {
    name: "lib/jobs",
    files: /^lib\/jobs\//,
    mayImport: [
      "lib/services",
      "lib/store",
      "lib/mail, lib/media",
      "lib/domain",
      "lib/text",
      "lib/env, lib/log",
      "lib/once",
    ],
    neverPackages: framework,
    instead: "A job calls a service.",
  },
  {
    name: "lib/edge",
    files: /^lib\/edge\//,
    mayImport: ["lib/env, lib/log", "lib/once"],
    neverPackages: either(framework, prisma, /^pg$/),
    instead: "The front door knows HTTP and nothing of articles; server.ts hands it functions.",
  },
  {
    name: "lib/ui",
    files: /^lib\/ui\//,
    mayImport: ["lib/domain", "lib/text"],
    neverPackages: either(prisma, /^node:/, /^pg$/),
    instead: "Words and shapes are for the browser too; data comes in as arguments.",
  },
  {
    name: "lib/web",
    files: /^lib\/web\//,
    mayImport: [
      "lib/services",
      "lib/jobs",
      "lib/edge",
      "lib/ui",
      "lib/domain",
      "lib/text",
      "lib/env, lib/log",
      "lib/once",
    ],
    neverPackages: either(prisma, /^pg$/),
    instead: "Call a service; lib/store is not the web's business.",
  },
  {
    name: "components/enhance",
    files: /^components\/enhance\//,
    mayImport: ["lib/ui", "lib/domain", "lib/text"],
    neverPackages: either(framework, prisma, /^node:/, /^pg$/),
    instead: "Custom elements use the platform alone, so that a document stays small.",
  },
  {
    name: "components",
    files: /^components\//,
    mayImport: ["lib/ui", "lib/domain", "lib/text"],
    neverPackages: either(prisma, /^node:/, /^pg$/),
    instead: "Data and actions arrive as props; the page in app calls the service.",
  },
  {
    name: "app",
    files: /^app\//,
    mayImport: [
      "components",
      "lib/web",
      "lib/ui",
      "lib/services",
      "lib/domain",
      "lib/text",
      "lib/edge",
      "lib/env, lib/log",
      "lib/once",
    ],
    neverPackages: either(prisma, /^pg$/),
    instead: "A route awaits, calls one or two services and composes components; rows come through a service.",
  },
  {
    name: "the starters",
    files: /^(server\.ts|scripts\/|prisma\/|tests\/|bench\/|[\w.-]+\.config\.ts$)/,
    mayImport: [],
    instead: "Nobody imports server.ts, scripts, prisma or tests: move what is shared into a room of lib.",
  },
];

/** Rooms whose files may import anything: they start and prove the others. */
export const unbound = "the starters";

/** The room of a file; undefined when no room has it. */
export function roomOf(path: string): Room | undefined {
  return rooms.find(({ files }) => files.test(path));
}
