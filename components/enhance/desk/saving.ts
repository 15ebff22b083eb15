// Saving by itself: a few seconds after the last change, and when the page is left. One save is under way at a time. What others changed
// meanwhile comes back with the answer; when the server does not answer, the text stays in the browser and is sent later.
import { type Fields, fieldsIn, sameFields } from "@/components/enhance/desk/fields";
import { forget, type Kept, type KeptIn, keep } from "@/components/enhance/desk/kept-text";
import { isRecord, textOf } from "@/components/enhance/json";
import { ask, type Problem } from "@/components/enhance/server";

/** After the last change; and in a stream of changes no later than the second number. */
const pauseMs = 2_000;
const atLatestMs = 10_000;

/** The first wait for a server that is away, doubled with each try up to the last number. */
const retryMs = 3_000;
const retryAtMostMs = 60_000;

/** Who has it open is told, and asked, this often: half of the time after which somebody counts as gone. */
const heartbeatMs = 12_000;

/** Browsers refuse to send more than this after a page is left. */
const leavingBytes = 60_000;

const keepAfterMs = 300;

export type Status =
  | { kind: "saved"; at: Date }
  | { kind: "saving" | "unsaved" | "together" }
  | { kind: "kept"; in: KeptIn }
  | { kind: "tooLong"; over: number; kept: KeptIn }
  | { kind: "refused"; problem: Problem };

export interface Page {
  article: string;
  revision: string;
  read(): Fields;
  /** The fields as they are sent: what the server shall make is left empty. */
  wire(fields: Fields): Fields;
  /** How many characters the text has too many: the server would take none of it. */
  charactersOver(fields: Fields): number;
  /** The text that is being sent now begins a new account of changes. */
  mark(): void;
  /** Brings in what others changed: from what was sent to what is now. */
  bringIn(sent: Fields, changed: Partial<Fields>): void;
  show(status: Status): void;
  showPresent(names: string[]): void;
  /** An address like the one wished for that is free; "" when that one is. */
  showFreeSlug(slug: string): void;
}

function askFirst(event: Event): void {
  event.preventDefault();
}

function namesIn(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

export class Saving {
  /** What the server has; undefined when it was never told what the form holds. */
  #saved: Fields | undefined;
  #timer = 0;
  #keepTimer = 0;
  #firstChange = 0;
  #busy = false;
  /** A save was due while something else was under way. */
  #wanted = false;
  #stopped = false;
  #tries = 0;
  #heard = Date.now();

  /** @param saveNumber that the form began from @param saved what the server has under that number, if it has it */
  constructor(
    private readonly page: Page,
    private saveNumber: number,
    saved: Fields | undefined,
  ) {
    this.#saved = saved;
    window.setInterval(() => void this.#beat(), heartbeatMs);
    window.addEventListener("online", () => void this.save());
    window.addEventListener("pagehide", () => this.#leave());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") void this.save();
    });
  }

  get base(): number {
    return this.saveNumber;
  }

  get dirty(): boolean {
    return this.#isNews(this.page.read());
  }

  #isNews(fields: Fields): boolean {
    return this.#saved === undefined || !sameFields(fields, this.#saved);
  }

  /** Something in the form is another. */
  changed(): void {
    const now = Date.now();
    if (this.#firstChange === 0) this.#firstChange = now;
    clearTimeout(this.#keepTimer);
    this.#keepTimer = window.setTimeout(() => this.#keep(), keepAfterMs);
    // A wait for a server that is away goes on; otherwise the pause begins anew.
    if (!this.#stopped && this.#tries === 0)
      this.#after(Math.min(pauseMs, Math.max(0, this.#firstChange + atLatestMs - now)));
    if (!this.#stopped && this.#tries === 0 && !this.#busy) this.page.show({ kind: "unsaved" });
  }

  /** Goes on from text that this browser had kept. */
  takeUp(kept: Kept): void {
    this.saveNumber = kept.saveNumber;
    void this.save();
  }

  /** Saves now what is not saved yet. */
  async save(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#stopped) return;
    this.#wanted = this.#busy;
    if (this.#busy) return;
    const sent = this.page.read();
    if (!this.#isNews(sent)) {
      this.#settle(new Date());
      return;
    }
    const kept = this.#keep();
    const over = this.page.charactersOver(sent);
    if (over > 0) {
      this.page.show({ kind: "tooLong", over, kept });
      return;
    }
    this.#busy = true;
    this.#firstChange = 0;
    this.page.mark();
    if (this.#tries === 0) this.page.show({ kind: "saving" });
    const answer = await ask({ method: "PATCH", url: this.#url(), body: this.#body(sent) });
    this.#busy = false;
    if (answer.ok) this.#taken(sent, answer.data);
    else this.#refused(answer.problem);
  }

  /** The form is being sent as a form: the answer is another page. */
  handOver(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    this.#askBeforeLeaving(false);
  }

  #url(): string {
    return `/api/v1/drafts/${this.page.article}`;
  }

  #body(fields: Fields): Record<string, unknown> {
    return { revision: Number(this.page.revision), saveNumber: this.saveNumber, ...this.page.wire(fields) };
  }

  #taken(sent: Fields, data: Record<string, unknown>): void {
    this.#tries = 0;
    this.#heard = Date.now();
    const changed = this.#learn(data);
    this.#saved = sent;
    if (changed) {
      this.page.bringIn(sent, changed);
      this.#saved = { ...sent, ...changed };
    }
    this.page.showFreeSlug(textOf(data.freeSlug));
    if (this.dirty) this.changed();
    else this.#settle(new Date(textOf(data.savedAt)), changed?.body !== undefined);
  }

  /** The number, who is here, and the fields that are not as they were sent. */
  #learn(data: Record<string, unknown>): Partial<Fields> | undefined {
    if (typeof data.saveNumber === "number") this.saveNumber = data.saveNumber;
    this.page.showPresent(namesIn(data.present));
    return isRecord(data.changed) ? fieldsIn(data.changed) : undefined;
  }

  #settle(at: Date, together = false): void {
    clearTimeout(this.#keepTimer);
    this.#firstChange = 0;
    forget(this.page.revision);
    this.#askBeforeLeaving(false);
    this.page.show(together ? { kind: "together" } : { kind: "saved", at });
  }

  #refused(problem: Problem): void {
    const kept = this.#keep();
    const away = problem.status === 0 || problem.status >= 500 || problem.status === 429;
    if (away) {
      const wait = problem.retryAfter * 1_000 || Math.min(retryMs * 2 ** this.#tries, retryAtMostMs);
      this.#tries++;
      this.page.show({ kind: "kept", in: kept });
      this.#after(wait);
      return;
    }
    this.#tries = 0;
    // What is wrong with a field is mended by typing; everything else is decided on another page.
    this.#stopped = problem.status !== 422 && problem.status !== 413;
    this.page.show({ kind: "refused", problem });
  }

  #after(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.save(), ms);
  }

  #keep(): KeptIn {
    clearTimeout(this.#keepTimer);
    const kept = keep(this.page.revision, { saveNumber: this.saveNumber, fields: this.page.read() });
    this.#askBeforeLeaving(kept === "nowhere");
    return kept;
  }

  /** Leaving the page would lose what is written. */
  #askBeforeLeaving(wanted: boolean): void {
    if (wanted) window.addEventListener("beforeunload", askFirst);
    else window.removeEventListener("beforeunload", askFirst);
  }

  /** Says that one is here, and hears what others saved, when there was no save to do both. */
  async #beat(): Promise<void> {
    const recently = Date.now() - this.#heard < heartbeatMs / 2;
    if (this.#busy || this.#stopped || recently || document.visibilityState === "hidden") return;
    const clean = !this.dirty;
    const sent = this.page.read();
    if (clean) this.page.mark();
    this.#busy = true;
    const { saveNumber } = this;
    const answer = await ask({ method: "POST", url: `${this.#url()}/presence`, body: { saveNumber, leaving: false } });
    this.#busy = false;
    if (this.#wanted) {
      // What others changed comes with its answer.
      void this.save();
      return;
    }
    if (!answer.ok) return;
    this.page.showPresent(namesIn(answer.data.present));
    // With changes of one's own the next save merges.
    if (!clean || !isRecord(answer.data.changed)) return;
    const changed = this.#learn(answer.data) ?? {};
    this.page.bringIn(sent, changed);
    this.#saved = { ...sent, ...changed };
    if (this.dirty) this.changed();
    else this.page.show({ kind: "together" });
  }

  /** The page goes: what can still be sent is sent, and everything stays in the browser until the server has it. */
  #leave(): void {
    const dirty = this.dirty;
    if (dirty) this.#keep();
    if (this.#stopped) return;
    const save = dirty && JSON.stringify(this.#body(this.page.read()));
    const [method, url, body] =
      save && new Blob([save]).size < leavingBytes
        ? ["PATCH", this.#url(), save]
        : ["POST", `${this.#url()}/presence`, JSON.stringify({ saveNumber: this.saveNumber, leaving: true })];
    void fetch(url, { method, body, keepalive: true, headers: { "content-type": "application/json" } }).catch(() => {});
  }
}
