// Going back, a browser may draw a page as it first came, without asking. Where this reader has changed something since, that
// would hide their own comment from them: such a page is loaded anew.
import { isRecord } from "@/components/enhance/json";
import { read, write } from "@/components/enhance/storage";

/** When this tab last changed something on the server, in epoch milliseconds. */
const KEY = "colloquy-changed";

/** Up to when the page as it stands knows of changes: since it was opened, or since its last own one. On the window, because the part of
 * the script that comes later has this module once more. */
const KNOWN = "colloquyKnown";
const knownUntil = () => Number(Reflect.get(window, KNOWN));
const setKnown = (time: number) => Reflect.set(window, KNOWN, time);

/** Call when a comment was posted, edited or deleted from this page, which shows it already. */
export function rememberChange(): void {
  setKnown(Date.now());
  write("sessionStorage", KEY, String(knownUntil()));
}

function changedSince(time: number): boolean {
  return Number(read("sessionStorage", KEY) ?? 0) > time;
}

/** When the document at this place of the history came from the server; 0 when nobody noted it. */
function loadedAt(): number {
  const state: unknown = history.state;
  return isRecord(state) && typeof state.loadedAt === "number" ? state.loadedAt : 0;
}

/** Loads a page that was gone back to again, when it is older than this tab's last change. */
export function startFreshness(): void {
  setKnown(Date.now());
  const [visit] = performance.getEntriesByType("navigation");
  const wentBack = visit instanceof PerformanceNavigationTiming && visit.type === "back_forward";
  if (!wentBack) history.replaceState({ loadedAt: knownUntil() }, "");
  else if (changedSince(loadedAt())) location.reload();
  // A page that was kept alive as it was left.
  addEventListener("pageshow", (event) => {
    if (event.persisted && changedSince(knownUntil())) location.reload();
  });
}
