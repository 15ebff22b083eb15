// What the last try of a form has to say: a sentence, and the preview when one was asked for.
import { Message } from "@/components/ui/message";
import { ProofField } from "@/components/ui/proof-field";
import { Html } from "@/components/ui/safe-html";
import type { FormState } from "@/lib/ui/form-state";

export function FormNews({ state }: { state?: FormState }) {
  const { message, preview } = state ?? {};
  return (
    <>
      {/* A page that answers a form opens where the answer is, and a screen reader reads it. */}
      <p
        className="form-message"
        role={message ? "alert" : "status"}
        data-kind={message ? "error" : undefined}
        tabIndex={state ? -1 : undefined}
        // biome-ignore lint/a11y/noAutofocus: only in the answer to a form that was just sent from here
        autoFocus={state !== undefined}
      >
        {message ? <Message>{message}</Message> : preview ? "This is how it will look. It is not posted yet." : null}
      </p>
      <ProofField state={state} />
      {preview && (
        <section className="preview" aria-label="Preview">
          <Html className="prose" html={preview} />
        </section>
      )}
    </>
  );
}
