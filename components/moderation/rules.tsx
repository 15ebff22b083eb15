// The site's own rules: what each looks for and how often it fitted; a new one, or a changed one, shows what it would have done before it acts.
import { ButtonForm, type FormAction } from "@/components/account/sheet";
import { FormNews } from "@/components/discussion/form-news";
import type { RehearsalView } from "@/components/moderation/rehearsal";
import { RuleForm } from "@/components/moderation/rule-form";
import { Day } from "@/components/ui/day";
import type { RuleEffect, RuleKind } from "@/lib/domain/screening-rule";
import type { FormState } from "@/lib/ui/form-state";
import { countOf } from "@/lib/ui/labels";
import { ruleEffectChoices, ruleKindChoices } from "@/lib/ui/screening-words";

export interface RuleView {
  id: number;
  kind: RuleKind;
  pattern: string;
  language: string;
  effect: RuleEffect;
  note: string;
  createdAt: Date;
  createdBy: string | null;
  tamedAt: Date | null;
  hits: number;
}

interface RulesProps {
  rules: readonly RuleView[];
  write: { action: FormAction; state?: FormState };
  retire: { action: FormAction; state?: FormState };
  /** What the rule in the form would have done. */
  rehearsal?: RehearsalView;
}

export function Rules({ rules, write, retire, rehearsal }: RulesProps) {
  const { action, state } = write;
  const replaced = state?.values.replaces ?? "";
  return (
    <>
      <p>What a rule fits is held for a moderator, or refused. Before a rule acts you see what it would have done.</p>
      <FormNews state={retire.state} />
      {rules.length === 0 ? (
        <p className="empty">There are no rules yet. Most sites need none until the first flood of spam.</p>
      ) : (
        <ul className="rows plain-list rules">
          {rules.map((rule) => {
            const changing = replaced === String(rule.id);
            return (
              <li key={rule.id} id={`rule-${rule.id}`}>
                <RuleFacts rule={rule} />
                <details open={changing}>
                  <summary>Change or retire</summary>
                  <RuleForm
                    action={action}
                    rule={rule}
                    state={changing ? state : undefined}
                    rehearsal={changing ? rehearsal : undefined}
                  />
                  <ButtonForm label={`Retire rule ${rule.id}`} action={retire.action} button="Retire this rule" danger>
                    <input type="hidden" name="id" defaultValue={rule.id} />
                  </ButtonForm>
                </details>
              </li>
            );
          })}
        </ul>
      )}
      <h3 id="new-rule">A new rule</h3>
      <RuleForm
        action={action}
        state={replaced === "" ? state : undefined}
        rehearsal={replaced === "" ? rehearsal : undefined}
      />
    </>
  );
}

function RuleFacts({ rule }: { rule: RuleView }) {
  const { id, kind, pattern, language, effect, note, createdAt, createdBy, tamedAt, hits } = rule;
  const lines = pattern.split("\n");
  return (
    <>
      <p className="row-name">
        {ruleKindChoices[kind].name}
        <span className="row-roles">{tamedAt ? "holds" : effect === "REJECT" ? "refuses" : "holds"}</span>
      </p>
      <p className="rule-pattern">
        {kind === "WORDS" ? <bdi>{lines.slice(0, 8).join(", ")}</bdi> : <code>{pattern}</code>}
        {lines.length > 8 && ` and ${lines.length - 8} more`}
        {language && ` (${language})`}
      </p>
      {tamedAt && (
        <p className="house-note">
          It suddenly fitted very many comments on <Day date={tamedAt} exact />, so it only holds them now. Change it,
          or save it again as it is, to let it “{ruleEffectChoices.REJECT.toLowerCase()}”.
        </p>
      )}
      {note && (
        <p className="said" dir="auto">
          {note}
        </p>
      )}
      <p className="house">
        Rule {id}, since <Day date={createdAt} />
        {createdBy && (
          <>
            {" "}
            by <bdi>{createdBy}</bdi>
          </>
        )}
        . It fitted {countOf(hits, "comment")} in 30 days.
      </p>
    </>
  );
}
