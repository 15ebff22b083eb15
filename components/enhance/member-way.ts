// Posting under one's name: for who is logged in, "Post as …" takes the room of the log-in part, so that nothing moves.
import { make } from "@/components/enhance/make";
import { askMe } from "@/components/enhance/me";
import { words } from "@/components/enhance/words";

function button(form: HTMLFormElement, intent: string): HTMLButtonElement | null {
  return form.querySelector<HTMLButtonElement>(`button[name=intent][value=${intent}]`);
}

/** Prepares a composer's way to post under a name. */
export async function prepareMemberWay(form: HTMLFormElement): Promise<void> {
  const way = form.querySelector<HTMLElement>(".member-way");
  if (!way) return;
  // The form's first button posts anonymously, and Enter would press that one: not what somebody means who typed a password.
  way.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    form.requestSubmit(button(form, "logIn"));
  });
  const { name, handle } = await askMe();
  if (!name || button(form, "member")) return;
  const fields = way.querySelector("fieldset");
  if (fields) fields.disabled = true;
  way.dataset.member = "";
  const who = make("p", {}, `${words.loggedInAs} `, make("bdi", {}, name), ".");
  const post = make("button", { name: "intent", value: "member" }, `${words.postAs} `, make("bdi", {}, name));
  // Should they be logged out when they press it, or be somebody else, nothing is posted under another name.
  const as = make("input", { type: "hidden", name: "as", value: handle });
  way.append(make("div", { class: "member-post" }, who, post, as));
  button(form, "post")?.classList.add("quiet");
}

/** Gives the room back to the log-in part, when nobody is logged in any more. */
export function leaveMemberWay(form: HTMLFormElement, way: HTMLElement): void {
  way.querySelector(".member-post")?.remove();
  delete way.dataset.member;
  const fields = way.querySelector("fieldset");
  if (fields) fields.disabled = false;
  button(form, "post")?.classList.remove("quiet");
  // The button that was pressed is gone, and the focus would be with it.
  fields?.querySelector("input")?.focus();
}
