// The links to a draft for people without an account: give one, see which work, take one back.

import { Secret } from "@/components/account/secret";
import { ButtonForm, type FormAction } from "@/components/account/sheet";
import { FormNews } from "@/components/discussion/form-news";
import { Day } from "@/components/ui/day";
import { Person } from "@/components/ui/people";
import type { DraftShareView, ShareRight } from "@/lib/domain/draft-share";
import { limits } from "@/lib/domain/limits";
import type { FormState } from "@/lib/ui/form-state";
import { countOf } from "@/lib/ui/labels";

const rights: Record<ShareRight, string> = { READ: "Reading", COMMENT: "Reading and leaving notes" };

interface DraftSharesProps {
  revisionId: number;
  shares: readonly DraftShareView[];
  actions: { share: FormAction; takeBack: FormAction };
  state?: FormState;
}

export function DraftShares({ revisionId, shares, actions, state }: DraftSharesProps) {
  return (
    <section aria-labelledby="shares-heading" className="draft-shares" id="shares">
      <h2 id="shares-heading">Share it</h2>
      <p>Whoever has a link can read this draft as it is at that moment, without an account, until the link ends.</p>
      {state?.secret && (
        <Secret secret={state.secret} label="The new link">
          Copy it now and send it on. It is not shown again, because we keep only what is needed to recognise it.
        </Secret>
      )}
      {shares.length > 0 && (
        <ul className="plain-list share-list">
          {shares.map((share) => (
            <li key={share.id}>
              <p>
                {rights[share.right]}, until <Day date={share.expiresAt} exact />
                <span className="house">
                  {" "}
                  given by <Person person={share.createdBy} />, <Day date={share.createdAt} />
                </span>
              </p>
              <ButtonForm label={`Take back link ${share.id}`} action={actions.takeBack} button="Take it back">
                <input type="hidden" name="share" defaultValue={share.id} />
              </ButtonForm>
            </li>
          ))}
        </ul>
      )}
      <form action={actions.share} aria-labelledby="shares-heading" className="share-form">
        <FormNews state={state} />
        <input type="hidden" name="revision" defaultValue={revisionId} />
        <p>
          <label htmlFor="share-right">For</label>
          <select id="share-right" name="right" defaultValue={state?.values.right ?? "READ"}>
            <option value="READ">{rights.READ}</option>
            <option value="COMMENT">{rights.COMMENT}</option>
          </select>
        </p>
        <p>
          <label htmlFor="share-days">Works for</label>
          <select id="share-days" name="days" defaultValue={state?.values.days ?? String(limits.shareDays[1])}>
            {limits.shareDays.map((days) => (
              <option key={days} value={days}>
                {countOf(days, "day")}
              </option>
            ))}
          </select>
        </p>
        <button type="submit" className="quiet">
          Make a link
        </button>
      </form>
    </section>
  );
}
