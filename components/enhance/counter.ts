// Says how many characters are left, but only when the end is near.
import { announce } from "@/components/enhance/announce";
import { make } from "@/components/enhance/make";
import { describeBy } from "@/components/enhance/problems";
import { words } from "@/components/enhance/words";

/** The last tenth is near enough to care. */
const NEAR = 0.9;

let numbered = 0;

/**
 * Counts code points, as the server does, against the box's `data-limit`. Returns the function that counts again;
 * without a limit it does nothing.
 */
export function startCounter(area: HTMLTextAreaElement): () => void {
  const limit = Number(area.dataset.limit);
  if (!limit) return () => {};
  numbered += 1;
  const counter = make("p", { class: "counter", id: `counter-${numbered}` });
  let wasOver = false;
  return () => {
    // UTF-16 units are never fewer than code points, so short texts need no counting.
    const left = area.value.length < limit * NEAR ? limit : limit - [...area.value].length;
    const near = left < limit * (1 - NEAR);
    const isOver = left < 0;
    if (near) {
      counter.textContent = isOver ? words.charactersOver(-left) : words.charactersLeft(left);
      counter.classList.toggle("is-over", isOver);
      if (!counter.isConnected) area.after(counter);
      if (isOver && !wasOver) announce(counter.textContent);
    } else counter.remove();
    describeBy(area, counter.id, near);
    wasOver = isOver;
  };
}
