// <comment-form>: the composer. Without it the form posts by itself; with it text is kept and the page stays.
import { announce } from "@/components/enhance/announce";
import { type Composing, startComposing } from "@/components/enhance/composing";
import { rememberChange } from "@/components/enhance/freshness";
import { textOf } from "@/components/enhance/json";
import { make } from "@/components/enhance/make";
import { leaveMemberWay, prepareMemberWay } from "@/components/enhance/member-way";
import { isWaiting, rememberOwn } from "@/components/enhance/own";
import { commentUrl, fetchComment, landOn, markWaiting, placeComment } from "@/components/enhance/place";
import { clearProblems, fieldText, showMessage, showProblem } from "@/components/enhance/problems";
import { closeReply } from "@/components/enhance/reply";
import { send } from "@/components/enhance/sending";
import { rememberSending } from "@/components/enhance/sent-away";
import { ask, nodesOf } from "@/components/enhance/server";
import { draftPlace } from "@/components/enhance/storage";
import { words } from "@/components/enhance/words";

/** Somebody is logged in, or a password was filled in. */
function hasOtherWay(form: HTMLFormElement): boolean {
  return form.querySelector("button[value=member]") !== null || fieldText(form, "password") !== "";
}

export class CommentForm extends HTMLElement {
  #composing: Composing | undefined;
  #ended = false;

  connectedCallback(): void {
    const form = this.querySelector("form");
    if (!form || this.#composing) return;
    this.#composing = startComposing({ form, place: draftPlace(this.#slug, this.#parentId) });
    // Only in a box that was just opened: a page that opens must not move for a sentence.
    if (this.#composing?.restored && this.matches(".reply-form")) showMessage(form, words.restored);
    form.addEventListener("submit", (event) => this.#submit(event, form));
    void prepareMemberWay(form);
  }

  get #slug(): string {
    return this.dataset.article ?? "";
  }

  get #parentId(): string {
    return this.dataset.parent ?? "";
  }

  #submit(event: SubmitEvent, form: HTMLFormElement): void {
    if (!this.#composing) return;
    const pressed = event.submitter?.getAttribute("value") ?? "post";
    // Enter in a line: anonymously, unless there is more than one way that it could mean. Those the server tells apart.
    const intent = pressed === "enter" && !hasOtherWay(form) ? "post" : pressed;
    if (intent === "preview") {
      event.preventDefault();
      void this.#preview(form, this.#composing);
    } else if (intent === "post" || (intent === "member" && !this.#ended)) {
      event.preventDefault();
      void this.#post(form, this.#composing, intent === "post");
    } else {
      // Another way to send it, such as logging in first: the form's own, with the key and the age filled in.
      this.#composing.attempt();
      rememberSending(draftPlace(this.#slug, this.#parentId));
    }
  }

  async #preview(form: HTMLFormElement, { area }: Composing): Promise<void> {
    const body = area.value;
    clearProblems(form);
    if (body.trim() === "") {
      showMessage(form, words.previewEmpty);
      return;
    }
    const answer = await ask({ method: "POST", url: "/api/v1/preview", body: { body } });
    if (!answer.ok) return showProblem(form, answer.problem);
    form.querySelector(".preview")?.remove();
    const text = make("div", { class: "prose", dir: "auto" });
    text.append(nodesOf(textOf(answer.data.html)));
    // Below the buttons, so that the one just pressed stays where it is.
    form.append(make("section", { class: "preview", "aria-label": words.preview }, text));
    announce(words.previewShown);
  }

  async #post(form: HTMLFormElement, composing: Composing, anonymous: boolean): Promise<void> {
    const { area } = composing;
    await send(form, {
      request: async (proof) => {
        const { key, age } = composing.attempt();
        const answer = await ask({
          method: "POST",
          url: `/api/v1/articles/${encodeURIComponent(this.#slug)}/comments`,
          idempotencyKey: key,
          body: {
            body: area.value,
            name: fieldText(form, "name") || undefined,
            parentId: this.#parentId || undefined,
            anonymous,
            as: (!anonymous && fieldText(form, "as")) || undefined,
            website: fieldText(form, "website"),
            age,
            // One of the form's own: it was sent back for it before there was a script.
            proof: proof ?? (fieldText(form, "proof") || undefined),
          },
        });
        if (!answer.ok && answer.problem.status === 401) this.#logInFirst(form);
        return answer;
      },
      done: async (data) => {
        composing.sent();
        rememberChange();
        form.querySelector(".preview")?.remove();
        const id = String(data.id);
        const waits = isWaiting(data.status);
        const parentId = this.#parentId || null;
        rememberOwn({ id, parentId, waits, may: ["edit", "delete"] });
        await this.#showPosted(form, id, waits);
      },
    });
  }

  /** Their log-in has ended: the part to log in takes its room again. The page of one comment has none; its server draws one. */
  #logInFirst(form: HTMLFormElement): void {
    const way = form.querySelector<HTMLElement>(".member-way");
    if (way) {
      leaveMemberWay(form, way);
      return;
    }
    this.#ended = true;
    form.requestSubmit(form.querySelector<HTMLButtonElement>("button[value=member]"));
  }

  async #showPosted(form: HTMLFormElement, id: string, waits: boolean): Promise<void> {
    const sentence = waits ? words.waiting : words.posted;
    const article = await fetchComment(id);
    if (article && waits) markWaiting(article);
    if (article && placeComment(article, this.#parentId || null)) {
      closeReply();
      announce(sentence);
      landOn(article);
      return;
    }
    // It is kept, but there is no place for it on this page, or the way back was cut: say so, with the way to it.
    showMessage(form, sentence).append(" ", make("a", { href: commentUrl(id) }, words.seeIt));
  }
}
