// The entry of the one script that every page carries: what a reader has from the first moment. Everything else comes on demand. It
// stands in the head and runs before anything is painted, so it must stay as small as it is.
//
// Elements: <theme-switch>.
// Classes that it draws: .theme-button[data-theme=system|dark|light], the button in <theme-switch> (reserve its room).
import "@/components/enhance/theme";
import { startFreshness } from "@/components/enhance/freshness";
import { comeOnDemand } from "@/components/enhance/on-demand";
import { ThemeSwitch } from "@/components/enhance/theme-switch";
import { comeBackHere } from "@/components/enhance/way-back";

startFreshness();
// Drawn where it stands while the page arrives, so that nothing moves later.
customElements.define("theme-switch", ThemeSwitch);
document.addEventListener("DOMContentLoaded", () => {
  comeBackHere();
  comeOnDemand();
});
