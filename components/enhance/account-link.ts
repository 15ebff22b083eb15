// <account-link>: for who is logged in, their name and a menu stand in the place of the way to log in.
import { askMe } from "@/components/enhance/me";

export class AccountLink extends HTMLElement {
  connectedCallback(): void {
    const link = this.querySelector<HTMLAnchorElement>(":scope > a");
    const menu = this.querySelector("details");
    if (!link || !menu) return;
    if (this.dataset.known === undefined) void this.#show(link, menu);
    document.addEventListener("click", (event) => {
      if (event.target instanceof Node && !menu.contains(event.target)) menu.open = false;
    });
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      menu.open = false;
      menu.querySelector("summary")?.focus();
    });
  }

  async #show(link: HTMLElement, menu: HTMLElement): Promise<void> {
    const { name, may } = await askMe();
    const place = menu.querySelector("bdi");
    if (!name || !place) return;
    place.textContent = name;
    for (const room of menu.querySelectorAll<HTMLElement>("[data-room]")) {
      room.hidden = !may.includes(room.dataset.room ?? "");
    }
    link.hidden = true;
    menu.hidden = false;
  }
}
