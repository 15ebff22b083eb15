// What a form's action hands to the page that is drawn in its answer: what was typed, what is wrong, what it would look like.
import type { SafeHtml } from "@/lib/text/markdown";

export interface FormState {
  /** Which form: "comment", "logIn", … */
  form: string;
  /** As typed, so that nothing is lost. */
  values: Record<string, string>;
  /** Field name → sentence. */
  errors: Record<string, string>;
  /** A sentence about the whole form. */
  message?: string;
  /** A proof of work that would let the next try through. */
  challenge?: string;
  /** Services that confirm who one is, for those without a password. */
  confirmBy?: readonly { id: string; name: string }[];
  /** Asked for by "Preview". */
  preview?: SafeHtml;
  /** What is told this once and never again: a new token, a recovery code. */
  secret?: string;
}
