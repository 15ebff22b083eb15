// What every box for writing gets: unsent text kept and brought back, a counter, Ctrl or Cmd with Enter to send.
import { startCounter } from "@/components/enhance/counter";
import { type Draft, forgetDraft, freshKey, keepDraft, recallDraft } from "@/components/enhance/drafts";
import { fieldText, setField } from "@/components/enhance/problems";

/** What the server believes; a text that was kept and continued for weeks is no older to it. */
const LONGEST_AGE_MS = 7 * 24 * 3_600_000;

export interface Composing {
  area: HTMLTextAreaElement;
  /** Whether text from an earlier time was brought back. */
  restored: boolean;
  /** Call before each try: the key and age to send, unchanged as long as the text is. */
  attempt: () => { key: string; age: number };
  /** The text has arrived: forget it and begin anew. */
  sent: () => void;
}

export interface Place {
  form: HTMLFormElement;
  /** Names the place in storage. */
  place: string;
  /** What stands there already and needs no keeping (the text that is being edited). */
  original?: string;
}

/** Starts to look after a form's text box `body`; undefined when the form has none. */
export function startComposing({ form, place, original = "" }: Place): Composing | undefined {
  const area = form.querySelector<HTMLTextAreaElement>("textarea[name=body]");
  if (!area) return undefined;

  const blank = (): Draft => ({ body: "", name: "", key: freshKey(), since: Date.now() });
  const count = startCounter(area);
  const kept = recallDraft(place);
  let draft = blank();
  if (kept && (area.value === original || area.value === kept.body)) {
    draft = kept;
    area.value = kept.body;
    if (kept.name) setField(form, "name", kept.name);
  }
  setField(form, "key", draft.key);
  count();

  /** Takes up what stands in the form now. */
  const update = () => {
    const body = area.value;
    const name = fieldText(form, "name");
    if (body === draft.body && name === draft.name) return;
    if (draft.age !== undefined) {
      // Changed after a try: another text, so another request.
      draft.key = freshKey();
      delete draft.age;
      setField(form, "key", draft.key);
    }
    draft.body = body;
    draft.name = name;
    count();
  };
  const keep = () => {
    if (draft.body.trim() === "" || draft.body === original) forgetDraft(place);
    else keepDraft(place, draft);
  };

  form.addEventListener("input", () => {
    update();
    keep();
  });
  // Typed before this script was here.
  if (area.value !== draft.body && area.value !== original) {
    update();
    keep();
  }

  form.addEventListener(
    "focusin",
    () => {
      if (draft.body === "") draft.since = Date.now();
    },
    { once: true },
  );

  area.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    event.preventDefault();
    const way = form.querySelector("button[value=member]") ? "member" : "post";
    form.requestSubmit(form.querySelector<HTMLButtonElement>(`button[value=${way}]`));
  });

  return {
    area,
    restored: draft === kept,
    attempt: () => {
      update();
      draft.age ??= Math.min(Math.max(0, Date.now() - draft.since), LONGEST_AGE_MS);
      setField(form, "age", String(draft.age));
      keep();
      return { key: draft.key, age: draft.age };
    },
    sent: () => {
      const latest = recallDraft(place);
      // Another tab may have begun another text here meanwhile.
      if (!latest || latest.key === draft.key) forgetDraft(place);
      draft = blank();
      area.value = original;
      setField(form, "key", draft.key);
      count();
    },
  };
}
