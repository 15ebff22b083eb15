// The people and the topics of generated sites, row by row.
import type { Row } from "@/bench/site/copy";
import { randomOf } from "@/bench/site/random";
import { skeleton } from "@/lib/text/confusables";

type Names = readonly [string, ...string[]];

const given: Names = [
  ...(["Ada", "Amina", "Anahera", "Björn", "Chidi", "Dagny", "Diego", "Elif", "Emeka", "Farida", "Giulia"] as const),
  ...["Hana", "Henrik", "Ines", "Ivan", "Jonas", "Kaito", "Lena", "Lucía", "Mads", "Mei", "Milan", "Nadia", "Noor"],
  ...["Oluchi", "Pablo", "Priya", "Rafael", "Rosa", "Sami", "Sofia", "Tariq", "Tomasz", "Uma", "Viktor", "Yara"],
];
const family: Names = [
  ...([
    "Abara",
    "Almeida",
    "Berg",
    "Castellanos",
    "Delgado",
    "Eriksen",
    "Fontaine",
    "Garcia",
    "Haddad",
    "Ito",
  ] as const),
  ...["Jansen", "Kaya", "Kovács", "Larsen", "Mbeki", "Moreau", "Nakamura", "Novak", "Okafor", "Paki", "Petrov"],
  ...["Quint", "Rahman", "Rossi", "Sato", "Silva", "Tanaka", "Turner", "Usman", "Vargas", "Weiss", "Yilmaz"],
];

const topicNames = [
  ...["Animals", "Architecture", "Body and mind", "Chemistry", "Cities", "Earth and sky", "Everyday life", "Food"],
  ...["History", "How things work", "Language", "Living things", "Mathematics", "Music", "Physics", "Plants"],
  ...["Sea", "Technology", "Travel", "Words"],
];

export const topicCount = topicNames.length;

/** The name of person `n` from 0, in the member list as above a guest's comment. */
export function nameOf(seed: number, n: number): string {
  const random = randomOf(seed, 2, n);
  return `${random.pick(given)} ${random.pick(family)}`;
}

const asciiOf = (name: string) =>
  name
    .normalize("NFD")
    .replace(/[^A-Za-z]/g, "")
    .toLowerCase();

/** The handle of member `n` from 0. */
export function handleOf(seed: number, n: number): string {
  return `${asciiOf(nameOf(seed, n)).slice(0, 18)}_${n}`;
}

const keys = new Map<string, string>();

function keyOf(name: string): string {
  const known = keys.get(name) ?? skeleton(name);
  keys.set(name, known);
  return known;
}

/** How many of the first members there edit articles and moderate discussions. */
export const staff = 20;

/** Members whose ids begin at `firstId`. */
export function* memberRows(seed: number, about: { count: number; firstId: number; since: Date }): Generator<Row> {
  for (let n = 0; n < about.count; n++) {
    const name = nameOf(seed, n);
    const handle = handleOf(seed, n);
    yield {
      id: about.firstId + n,
      handle,
      display_name: name,
      name_key: keyOf(name),
      handle_key: skeleton(handle),
      roles: n < staff ? "{EDITOR,MODERATOR}" : "{}",
      created_at: about.since,
    };
  }
}

/** People who never made an account. */
export function* visitorRows(about: { count: number; firstId: number; since: Date }): Generator<Row> {
  for (let n = 0; n < about.count; n++) {
    yield { id: about.firstId + n, created_at: about.since, last_seen_at: about.since };
  }
}

export function* topicRows(firstId: number, articleCounts: readonly number[]): Generator<Row> {
  for (const [n, name] of topicNames.entries()) {
    const slug = `generated-${name.toLowerCase().replaceAll(" ", "-")}`;
    yield { id: firstId + n, slug, name, article_count: articleCounts[n] ?? 0 };
  }
}
