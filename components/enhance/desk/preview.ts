// What readers will see, made by the server's one renderer: asked for when somebody has stopped typing for a moment, and only when the
// text is another one.
import { charactersOver } from "@/components/enhance/desk/fields";
import { textOf } from "@/components/enhance/json";
import { make } from "@/components/enhance/make";
import { ask, nodesOf } from "@/components/enhance/server";
import { tooMuchMarkup } from "@/lib/ui/editorial-labels";

const pauseMs = 600;

/** After a refusal (too often, server away) the next try comes so much later. */
const laterMs = 10_000;

/**
 * Keeps `place` showing `text()`.
 * @param drawn the text that it shows from the start, where that is known
 * @returns says that the text has changed
 */
export function keepPreview(place: HTMLElement, text: () => string, drawn: string | undefined): () => void {
  let shown = drawn;
  let timer = 0;
  let asking = false;
  const note = make("p", { class: "house-note", role: "status" }, tooMuchMarkup);
  const after = (ms: number) => {
    clearTimeout(timer);
    timer = window.setTimeout(refresh, ms);
  };
  const refresh = async (): Promise<void> => {
    const body = text();
    if (asking || body === shown || charactersOver(body) > 0) return;
    asking = true;
    const answer = await ask({ method: "POST", url: "/api/v1/drafts/preview", body: { body } });
    asking = false;
    if (answer.ok) {
      shown = body;
      if (answer.data.plain === true) place.before(note);
      else note.remove();
      const { scrollTop } = place;
      showChanged(place.firstElementChild ?? place, nodesOf(textOf(answer.data.html)));
      place.scrollTop = scrollTop;
    }
    if (text() !== shown) after(answer.ok ? pauseMs : laterMs);
  };
  return () => after(pauseMs);
}

/** Puts `fresh` into `holder`, but leaves alone what is the same at both ends: a long text is laid out anew only where it is another. */
function showChanged(holder: Element, fresh: DocumentFragment): void {
  const [before, now] = [[...holder.childNodes], [...fresh.childNodes]];
  const most = Math.min(before.length, now.length);
  let start = 0;
  while (start < most && before[start]?.isEqualNode(now[start] ?? null)) start++;
  let end = 0;
  while (end < most - start && before.at(-1 - end)?.isEqualNode(now.at(-1 - end) ?? null)) end++;
  const next = before[before.length - end] ?? null;
  for (const node of before.slice(start, before.length - end)) node.remove();
  for (const node of now.slice(start, now.length - end)) holder.insertBefore(node, next);
}

/** Lets `place` follow the editor: as far down in proportion. */
export function followScrolling(scroller: HTMLElement, place: HTMLElement): void {
  scroller.addEventListener(
    "scroll",
    () => {
      const most = scroller.scrollHeight - scroller.clientHeight;
      if (most > 0) place.scrollTop = (scroller.scrollTop / most) * (place.scrollHeight - place.clientHeight);
    },
    { passive: true },
  );
}
