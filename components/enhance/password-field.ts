// <password-field>: a switch that shows what is typed (R26), in room that is kept for it.
import { make } from "@/components/enhance/make";
import { words } from "@/components/enhance/words";

export class PasswordField extends HTMLElement {
  connectedCallback(): void {
    const input = this.querySelector("input");
    if (!input) return;
    // A copy of the element comes with a copy of the button.
    this.querySelector("button")?.remove();
    const button = make(
      "button",
      { type: "button", class: "show-password", "aria-pressed": "false", "aria-label": words.showPassword },
      words.show,
    );
    const show = (shown: boolean) => {
      input.type = shown ? "text" : "password";
      button.setAttribute("aria-pressed", String(shown));
    };
    show(false);
    button.addEventListener("click", () => show(input.type === "password"));
    // Browsers offer to keep what was sent as a password, and nothing else.
    input.form?.addEventListener("submit", () => show(false));
    this.append(button);
  }
}
