// The entry of the one script that every page carries: what a reader has from the first moment. Everything else comes on demand.
//
// Elements: <theme-switch>.
// Classes that it draws: .theme-button[data-theme=system|dark|light], the button in <theme-switch> (reserve its room).
import { startFreshness } from "@/components/enhance/freshness";
import { comeOnDemand } from "@/components/enhance/on-demand";
import { ThemeSwitch } from "@/components/enhance/theme-switch";
import { comeBackHere } from "@/components/enhance/way-back";

startFreshness();
customElements.define("theme-switch", ThemeSwitch);
comeBackHere();
comeOnDemand();
