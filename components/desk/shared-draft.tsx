// A draft as somebody sees it who came by a link: the text, and where the link is good for it, the notes.
import type { ReactNode } from "react";
import { type FormAction, Sheet } from "@/components/account/sheet";
import { titleClass } from "@/components/article/title-class";
import { type DraftNote, DraftNotes } from "@/components/desk/draft-notes";
import { Day } from "@/components/ui/day";
import { described, Field } from "@/components/ui/field";
import { Html } from "@/components/ui/safe-html";
import type { ShareRight } from "@/lib/domain/draft-share";
import { limits } from "@/lib/domain/limits";
import type { SafeHtml } from "@/lib/text/safe-html";
import type { FormState } from "@/lib/ui/form-state";
import { countOf } from "@/lib/ui/labels";

interface SharedDraftProps {
  draft: {
    right: ShareRight;
    expiresAt: Date;
    title: string;
    summary: string;
    html: SafeHtml;
    words: number;
    notes: readonly DraftNote[];
  };
  token: string;
  action: FormAction;
  state?: FormState;
  news?: ReactNode;
}

export function SharedDraftPage({ draft, token, action, state, news }: SharedDraftProps) {
  const mayNote = draft.right === "COMMENT";
  return (
    <main id="main" className="shared-draft">
      <aside className="house-note" aria-label="About this page">
        <p>
          This is a draft, shared with you. It is not published, and it may still change. Your link works until{" "}
          <Day date={draft.expiresAt} long exact />; whoever has it can{" "}
          {mayNote ? "read this and leave notes" : "read this"}, so please keep it to yourself.
        </p>
        {mayNote && (
          <p>
            <a href="#notes-heading">Go to the notes</a>
          </p>
        )}
      </aside>
      {news && (
        <p className="house-note" role="status">
          {news}
        </p>
      )}
      <article aria-labelledby="title">
        <header className="article-head">
          <h1 id="title" className={titleClass(draft.title)} dir="auto">
            {draft.title}
          </h1>
          {draft.summary && (
            <p className="standfirst" dir="auto">
              {draft.summary}
            </p>
          )}
          <p className="house">{countOf(draft.words, "word")}</p>
        </header>
        <Html className="article-text prose" html={draft.html} />
      </article>
      {mayNote && (
        <>
          <DraftNotes
            notes={draft.notes}
            revisionId={0}
            back=""
            lineHref={null}
            seenBy="Its writers and editors see them, and whoever has a link like yours."
          />
          <GuestNote token={token} action={action} state={state} />
        </>
      )}
    </main>
  );
}

function GuestNote({ token, action, state }: { token: string; action: FormAction; state?: FormState }) {
  const error = state?.errors ?? {};
  return (
    <Sheet label="Leave a note" action={action} state={state} button="Leave the note">
      <input type="hidden" name="token" defaultValue={token} />
      <Field id="guest-name" label="Your name" error={error.name}>
        <input
          id="guest-name"
          name="name"
          dir="auto"
          autoComplete="name"
          defaultValue={state?.values.name}
          {...described("guest-name", { error: error.name })}
        />
      </Field>
      <Field id="guest-note" label="Note" error={error.body}>
        <textarea
          id="guest-note"
          name="body"
          rows={5}
          dir="auto"
          data-limit={limits.draftNote}
          defaultValue={state?.values.body}
          {...described("guest-note", { error: error.body })}
        />
      </Field>
    </Sheet>
  );
}
