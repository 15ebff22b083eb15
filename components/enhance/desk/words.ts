// What the editor says.

export const words = {
  text: "Text",
  formatting: "Formatting",
  bold: "Bold",
  italic: "Italic",
  heading: "Heading",
  link: "Link",
  list: "List",
  quote: "Quote",
  code: "Code",
  picture: "Picture",
  pictureAlt: "What it shows, for whoever cannot see it",
  sendPicture: "Put it in",
  sendingPicture: "Sending …",
  pictureNotSent: "The picture could not be sent. Please try again in a moment.",
  cancel: "Cancel",
  saved: (time: string) => `Saved ${time}`,
  saving: "Saving …",
  unsaved: "Not saved yet",
  kept: {
    browser: "Kept in this browser, will be sent when the server answers.",
    tab: "The browser’s storage is full. Kept in this tab only, will be sent when the server answers. Do not close it.",
    nowhere: "Not saved, and this browser keeps nothing. Do not close the page.",
  },
  tooLong: {
    browser: (over: string) => `The text is ${over} characters too long to be saved. It is kept in this browser.`,
    tab: (over: string) => `The text is ${over} characters too long to be saved. Do not close the tab.`,
    nowhere: (over: string) => `The text is ${over} characters too long to be saved. Do not close the page.`,
  },
  found: "This browser had text that was not sent yet. It is here again.",
  together: (names: string) => `${names} saved meanwhile; both changes are here.`,
  somebody: "Somebody",
  decide: "Look at both",
  logIn: "Log in",
  count: (number: string, one: boolean) => `${number} ${one ? "word" : "words"}`,
  here: (names: string, one: boolean) => `${names} ${one ? "is" : "are"} editing this, too.`,
  and: " and ",
  slugTaken: "Another article has this address.",
  takeSlug: (slug: string) => `Use ${slug}`,
} as const;

/** "Ada, Grace and Mary" */
export function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : names.slice(0, -1).join(", ") + words.and + last;
}
