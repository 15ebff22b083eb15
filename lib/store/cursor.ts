// The place in a list of articles where a page ended: a time and an id, as text in addresses. It can name any place and widen nothing.
export interface Cursor {
  at: Date;
  id: number;
}

/** "1763884800000.17" */
export function printCursor(cursor: Cursor): string {
  return `${cursor.at.getTime()}.${cursor.id}`;
}

/** The cursor that `text` is, or null. */
export function parseCursor(text: string | undefined): Cursor | null {
  const match = /^(\d{1,14})\.(\d{1,9})$/.exec(text ?? "");
  return match ? { at: new Date(Number(match[1])), id: Number(match[2]) } : null;
}
