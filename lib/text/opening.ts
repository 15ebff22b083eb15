// The beginning of a text in plain words, for descriptions and lists.

/** What search engines and share cards show of a description. */
const longest = 200;

/** At most about 200 characters on one line, cut between words, with "…" when something is left out. */
export function openingOf(text: string): string {
  // Only the beginning matters; white space may make up much of it.
  const line = text
    .slice(0, longest * 20)
    .replace(/\s+/g, " ")
    .trim();
  const characters = Array.from(line);
  if (characters.length <= longest) return line;
  const cut = characters.slice(0, longest).join("");
  const lastSpace = cut.lastIndexOf(" ");
  return `${(lastSpace > longest / 2 ? cut.slice(0, lastSpace) : cut).replace(/[\s,;:.–-]{1,9}$/u, "")}…`;
}
