// The mark on HTML that may be put into a page as it stands. Only this room makes it, and lib/store when it reads back what
// this room once made.

export type SafeHtml = string & { readonly __safeHtml: unique symbol };

/** Vouches for HTML that is safe already: sanitised here, or read from the column that only sanitised HTML is written to. */
export function asSafeHtml(html: string): SafeHtml {
  return html as SafeHtml;
}

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** Text as it must be written inside HTML, in text and in quoted attributes alike. */
export function escapeHtml(text: string): SafeHtml {
  return asSafeHtml(text.replace(/[&<>"']/g, (character) => entities[character] ?? ""));
}
