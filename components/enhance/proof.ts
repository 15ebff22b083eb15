// Proofs of work: the arithmetic is done in a worker, whose script is fetched when the first one is asked for. <proof-of-work> does it for
// a form that came back for one, while the person fills it in once more.
import { fieldText, setField, showMessage } from "@/components/enhance/problems";

/** Where the worker is: the page's script tag says. */
const solver = document.querySelector<HTMLElement>("script[data-solver]")?.dataset.solver;

/** More than the slowest phone takes; after that the form says how long to wait, as without scripts. */
const PATIENCE_MS = 60_000;

/** The proof for a challenge; "" when this browser cannot find one (over plain http there is nothing to calculate with). */
export function prove(challenge: string): Promise<string> {
  return new Promise((resolve) => {
    if (!solver || !window.isSecureContext) return resolve("");
    const worker = new Worker(solver);
    const end = (proof: string) => {
      clearTimeout(timer);
      worker.terminate();
      resolve(proof);
    };
    const timer = setTimeout(() => end(""), PATIENCE_MS);
    worker.onmessage = ({ data }) => end(String(data));
    worker.onerror = () => end("");
    worker.postMessage(challenge);
  });
}

export class ProofOfWork extends HTMLElement {
  #proving: Promise<string> | undefined;

  connectedCallback(): void {
    const form = this.closest("form");
    const { challenge, ready } = this.dataset;
    if (!form || !challenge || this.#proving) return;
    this.#proving = prove(challenge).then((proof) => {
      setField(form, "proof", proof);
      // Sending the form may have changed the message meanwhile.
      if (proof && ready) showMessage(form, ready);
      return proof;
    });
    let sending = false;
    form.addEventListener("submit", (event) => {
      if (sending || fieldText(form, "proof")) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      void this.#proving?.then(() => {
        sending = true;
        form.requestSubmit(event.submitter);
        sending = false;
      });
    });
  }
}
