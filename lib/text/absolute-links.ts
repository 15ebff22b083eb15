// HTML that leaves the site (feeds, mail) must carry whole addresses.

/**
 * The HTML with every address of a link or image that begins at this site, or at this page, written in full.
 * @param html of our own renderer, whose tags are all well-formed
 * @param page the full address of the page that the HTML stands on
 */
export function absoluteLinks(html: string, page: string): string {
  return html.replace(/<(?:a|img)\s[^>]*>/g, (tag) =>
    // One width is enough where nobody knows the column; a list of them would have to be written in full, too.
    tag
      .replace(/ (?:srcset|sizes)="[^"]*"/g, "")
      .replace(/(\s(?:href|src)=")([#/][^"]*)"/g, (whole, start: string, address: string) => {
        // The address is as HTML writes it, and so is what is put in its place.
        const full = address.startsWith("#") ? `${page}${address}` : `${new URL(page).origin}${address}`;
        return address.startsWith("//") ? whole : `${start}${full}"`;
      }),
  );
}
