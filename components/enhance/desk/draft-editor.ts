// <draft-editor>: the desk's writing form with an editor over its text box, a preview that keeps up, and saving by itself. What it does is
// told in one line at the form's end.
import { type CodeEditor, codeEditor } from "@/components/enhance/desk/code-editor";
import {
  charactersOver,
  controlOf,
  drawnFields,
  type FieldName,
  type Fields,
  fieldNames,
  readFields,
  sameFields,
} from "@/components/enhance/desk/fields";
import { forget, recall } from "@/components/enhance/desk/kept-text";
import { takePictures } from "@/components/enhance/desk/picture";
import { followScrolling, keepPreview } from "@/components/enhance/desk/preview";
import { type Page, Saving, type Status } from "@/components/enhance/desk/saving";
import { drawToolbar } from "@/components/enhance/desk/toolbar";
import { suggestTopics } from "@/components/enhance/desk/topics";
import { listed, words } from "@/components/enhance/desk/words";
import { make } from "@/components/enhance/make";

const number = new Intl.NumberFormat("en-GB");
const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });

export class DraftEditor extends HTMLElement implements Page {
  #form: HTMLFormElement | null = null;
  #editor: CodeEditor | undefined;
  #saving: Saving | undefined;
  /** The address follows the title until somebody writes another. */
  #autoSlug = false;
  #present: string[] = [];

  get article(): string {
    return this.dataset.article ?? "";
  }

  get revision(): string {
    return this.dataset.revision ?? "";
  }

  connectedCallback(): void {
    const form = this.querySelector("form");
    const box = form && controlOf(form, "body");
    if (!form || !(box instanceof HTMLTextAreaElement) || this.#form) return;
    this.#form = form;
    this.#autoSlug = this.dataset.autoSlug !== undefined;
    // The editor finds each line's direction itself. In a box that does, Chromium takes minutes for a text of many lines.
    box.removeAttribute("dir");
    const unsaved = this.dataset.unsaved !== undefined;
    const saving = new Saving(this, Number(this.dataset.save), unsaved ? undefined : drawnFields(form));
    this.#saving = saving;
    const kept = this.#takeBack();
    const preview = this.querySelector<HTMLElement>("[data-preview]");
    let told: (() => void)[] = [];
    const editor = codeEditor(box, () => {
      saving.changed();
      for (const tell of told) tell();
    });
    this.#editor = editor;
    const holder = box.nextElementSibling;
    if (holder instanceof HTMLElement) takePictures(holder, editor);
    told = [
      ...(holder instanceof HTMLElement ? [drawToolbar(holder, editor)] : []),
      ...(preview ? [keepPreview(preview, editor.text, unsaved ? undefined : box.defaultValue)] : []),
    ];
    if (preview) followScrolling(editor.scroller, preview);
    this.#listen(form, saving);
    if (kept !== undefined) {
      this.#say(words.found);
      for (const tell of told) tell();
      saving.takeUp(kept);
    } else if (saving.dirty) {
      for (const tell of told) tell();
      saving.changed();
    } else if (this.dataset.savedAt) {
      this.show({ kind: "saved", at: new Date(this.dataset.savedAt) });
    }
  }

  /** What this browser has and the server does not goes back into the form. */
  #takeBack() {
    const form = this.#form;
    if (!form) return undefined;
    // Just saved by the form itself: what was kept meanwhile has arrived.
    if (new URLSearchParams(location.search).has("news")) {
      forget(this.revision);
      history.replaceState(null, "", location.pathname);
      return undefined;
    }
    const kept = recall(this.revision);
    if (!kept || sameFields(kept.fields, readFields(form))) return undefined;
    this.#put(kept.fields);
    return kept;
  }

  #listen(form: HTMLFormElement, saving: Saving): void {
    form.addEventListener("input", (event) => {
      if (event.target instanceof HTMLInputElement && event.target.name === "slug")
        this.#autoSlug = event.target.value === "";
      saving.changed();
    });
    const topics = controlOf(form, "topics");
    if (topics instanceof HTMLInputElement) suggestTopics(topics);
    for (const plain of form.querySelectorAll<HTMLElement>("[data-plain]")) plain.hidden = true;
    form.addEventListener("submit", (event) => {
      const handsIn = event.submitter instanceof HTMLButtonElement && event.submitter.value === "submit";
      if (this.dataset.handOver === undefined && !handsIn) {
        event.preventDefault();
        void saving.save();
        return;
      }
      this.#write("body", this.#editor?.text() ?? "");
      this.#write("saveNumber", String(saving.base));
      saving.handOver();
    });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "s" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
      event.preventDefault();
      void saving.save();
    });
  }

  read(): Fields {
    const empty: Fields = { title: "", slug: "", topics: "", summary: "", body: "", copyrightHolder: "", licence: "" };
    const fields = this.#form ? readFields(this.#form) : empty;
    const body = this.#editor?.text() ?? fields.body;
    return { ...fields, body };
  }

  wire(fields: Fields): Fields {
    return this.#autoSlug ? { ...fields, slug: "" } : fields;
  }

  mark(): void {
    this.#editor?.mark();
  }

  bringIn(sent: Fields, changed: Partial<Fields>): void {
    const now = this.read();
    const { body, ...lines } = changed;
    for (const name of fieldNames) {
      const value = name === "body" ? undefined : lines[name];
      // What somebody is just typing stays; the next save merges it.
      if (value !== undefined && now[name] === sent[name]) this.#write(name, value);
    }
    if (body !== undefined) this.#editor?.rebase(sent.body, body);
  }

  show(status: Status): void {
    const place = this.querySelector<HTMLElement>("[data-status]");
    if (!place) return;
    place.dataset.kind = status.kind === "kept" && status.in !== "browser" ? "at-risk" : status.kind;
    // That it is saved need not be said aloud every few seconds; that it is not must be.
    if (["refused", "tooLong", "kept"].includes(status.kind)) place.setAttribute("role", "alert");
    else place.removeAttribute("role");
    if (status.kind === "refused") {
      this.#refuse(place, status.problem);
      return;
    }
    if (status.kind === "saved") this.#clearErrors();
    this.#say(this.#wordsFor(status));
  }

  #wordsFor(status: Exclude<Status, { kind: "refused" }>): string {
    if (status.kind === "saved") return words.saved(clock.format(status.at));
    if (status.kind === "together") return words.together(listed(this.#present) || words.somebody);
    if (status.kind === "kept") return words.kept[status.in];
    if (status.kind !== "tooLong") return words[status.kind];
    return words.tooLong[status.kept](number.format(status.over));
  }

  charactersOver({ body }: Fields): number {
    return charactersOver(body);
  }

  showPresent(names: string[]): void {
    this.#present = names;
    const place = this.querySelector("[data-presence]");
    const text = names.length === 0 ? "" : words.here(listed(names), names.length === 1);
    if (place && place.textContent !== text) place.textContent = text;
  }

  showFreeSlug(slug: string): void {
    const field = this.#form && controlOf(this.#form, "slug")?.closest(".field");
    field?.querySelector(".slug-taken")?.remove();
    if (!field || slug === "") return;
    const use = make("button", { type: "button", class: "quiet" }, words.takeSlug(slug));
    use.addEventListener("click", () => {
      this.#autoSlug = false;
      this.#write("slug", slug);
      this.#saving?.changed();
    });
    field.append(make("p", { class: "slug-taken field-error" }, `${words.slugTaken} `, use));
  }

  #say(text: string): void {
    const place = this.querySelector("[data-status]");
    // Said with every key: only what is news may cost the browser anything.
    if (place && place.textContent !== text) place.textContent = text;
  }

  #refuse(place: HTMLElement, problem: Extract<Status, { kind: "refused" }>["problem"]): void {
    this.#clearErrors();
    for (const [name, sentence] of Object.entries(problem.fields)) this.#blame(name, sentence);
    place.textContent = problem.detail;
    if (problem.status === 409) {
      const decide = make("button", { type: "button" }, words.decide);
      decide.addEventListener("click", () => {
        this.dataset.handOver = "";
        this.#form?.requestSubmit();
      });
      place.append(" ", decide);
    } else if (problem.status === 401 || problem.status === 403) {
      place.append(" ", make("a", { href: `/log-in?next=${encodeURIComponent(location.pathname)}` }, words.logIn));
    }
  }

  #blame(name: string, sentence: string): void {
    const control = this.#form && controlOf(this.#form, name);
    const field = control?.closest(".field");
    if (!control || !field) return;
    control.setAttribute("aria-invalid", "true");
    field.append(make("p", { class: "field-error", "data-drawn": "" }, sentence));
  }

  #clearErrors(): void {
    for (const error of this.querySelectorAll(".field-error[data-drawn]")) {
      error.closest(".field")?.querySelector("[aria-invalid]")?.removeAttribute("aria-invalid");
      error.remove();
    }
  }

  #write(name: FieldName | "saveNumber", value: string): void {
    const control = this.#form && controlOf(this.#form, name);
    if (control) control.value = value;
  }

  #put(fields: Fields): void {
    for (const name of fieldNames) this.#write(name, fields[name]);
  }
}
