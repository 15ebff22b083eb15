// The proof of work that a form was sent back for (lib/services/proof-of-work): <proof-of-work> finds it while the form is filled in once
// more. Without scripts the field stays empty, and the form's message says how long to wait.
import type { FormState } from "@/lib/ui/form-state";
import { proofReady } from "@/lib/ui/labels";

export function ProofField({ state }: { state?: FormState }) {
  const { challenge, values, errors } = state ?? {};
  if (challenge === undefined) {
    // A proof that was not used up by the last try.
    return values?.proof ? <input type="hidden" name="proof" defaultValue={values.proof} /> : null;
  }
  // With nothing wrong in a field, the proof is what was missing, and the message about it is over when it is there.
  const ready = Object.keys(errors ?? {}).length === 0 ? proofReady : undefined;
  return (
    <proof-of-work data-challenge={challenge} data-ready={ready}>
      <input type="hidden" name="proof" defaultValue="" />
    </proof-of-work>
  );
}
