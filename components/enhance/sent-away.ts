// A form that the browser itself sent, to log in and post at once, leads to another page. Once the comment is there, its kept text is
// forgotten; when it was refused, it stays.
import { forgetDraft } from "@/components/enhance/drafts";
import { isRecord, parseJson } from "@/components/enhance/json";
import { erase, read, write } from "@/components/enhance/storage";

const KEY = "colloquy-sent-away";

/** Call when the form of this place leaves by itself. */
export function rememberSending(place: string): void {
  write("sessionStorage", KEY, JSON.stringify({ place, from: location.href.split("#")[0] }));
}

/** Whether this page is where a posted comment leads: to itself in the thread, or to its own page while it waits. */
function isPosted(from: unknown): boolean {
  const landed = /^#c-\d+$/.test(location.hash) || /^\/comments\/\d+$/.test(location.pathname);
  return landed && document.referrer === from && !document.querySelector(".form-message[data-kind=error]");
}

/** Call when a page opens. */
export function forgetPosted(): void {
  const sent = parseJson(read("sessionStorage", KEY));
  erase("sessionStorage", KEY);
  if (isRecord(sent) && typeof sent.place === "string" && isPosted(sent.from)) forgetDraft(sent.place);
}
