// <theme-switch>: one button that says which theme is on and moves to the next: the system's, the other one, this one.
import { make } from "@/components/enhance/make";
import { erase, read, write } from "@/components/enhance/storage";
import { themeWords } from "@/components/enhance/words";

const KEY = "colloquy-theme";
type Theme = keyof typeof themeWords;

function toTheme(stored: string | null): Theme {
  return stored === "dark" || stored === "light" ? stored : "system";
}

/** From the system's theme first to the one that looks different. */
function after(theme: Theme): Theme {
  const systemIsDark = matchMedia("(prefers-color-scheme: dark)").matches;
  const order: Theme[] = systemIsDark ? ["system", "light", "dark"] : ["system", "dark", "light"];
  return order[(order.indexOf(theme) + 1) % order.length] ?? "system";
}

export class ThemeSwitch extends HTMLElement {
  #theme: Theme = "system";
  #button = make("button", { type: "button", class: "theme-button" });

  connectedCallback(): void {
    if (this.#button.isConnected) return;
    this.#button.addEventListener("click", () => this.#choose(after(this.#theme)));
    // Another tab chose.
    addEventListener("storage", (event) => {
      if (event.key === KEY) this.#show(toTheme(event.newValue));
    });
    this.#show(toTheme(document.documentElement.dataset.theme ?? read("localStorage", KEY)));
    this.replaceChildren(this.#button);
  }

  #choose(theme: Theme): void {
    if (theme === "system") erase("localStorage", KEY);
    else write("localStorage", KEY, theme);
    this.#show(theme);
  }

  #show(theme: Theme): void {
    this.#theme = theme;
    if (theme === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    this.#button.dataset.theme = theme;
    this.#button.textContent = themeWords[theme];
    this.#button.title = themeWords[theme]; // For the eye, where the style sheet draws a sign instead of the words.
  }
}
