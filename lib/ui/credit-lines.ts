// People in a text box, one a line, as an editor names them: "@handle" for a member, else the name.

/** The lines for these people. */
export function creditLines(people: readonly { name: string; handle: string | null }[]): string {
  return people.map(({ name, handle }) => (handle === null ? name : `@${handle}`)).join("\n");
}
