// The page's one polite live region: what happened, for those who hear the page.
import { make } from "@/components/enhance/make";

let region: HTMLElement | undefined;

/** Draws the empty region; it has to stand before it is filled to be heard. */
export function prepareAnnouncements(): void {
  region ??= document.body.appendChild(make("div", { class: "unseen", role: "status" }));
}

export function announce(sentence: string): void {
  prepareAnnouncements();
  if (region) region.textContent = sentence;
}
