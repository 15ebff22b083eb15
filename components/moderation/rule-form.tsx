// One rule as a form. It is sent twice: once to see what it would have done, once more to confirm.
import type { FormAction } from "@/components/account/sheet";
import { FormNews } from "@/components/discussion/form-news";
import { type RehearsalView, Rehearsed } from "@/components/moderation/rehearsal";
import { described, Field } from "@/components/ui/field";
import { type RuleEffect, type RuleKind, ruleEffects, ruleKinds } from "@/lib/domain/screening-rule";
import type { FormState } from "@/lib/ui/form-state";
import { ruleEffectChoices, ruleKindChoices } from "@/lib/ui/screening-words";

interface RuleFormProps {
  action: FormAction;
  /** The rule that is changed; left out for a new one. */
  rule?: { id: number; kind: RuleKind; pattern: string; language: string; effect: RuleEffect; note: string };
  state?: FormState;
  /** What it would have done, when it was asked. */
  rehearsal?: RehearsalView;
}

export function RuleForm({ action, rule, state, rehearsal }: RuleFormProps) {
  const key = rule ? `rule-${rule.id}` : "rule-new";
  const value = (name: "kind" | "pattern" | "language" | "effect" | "note", usual: string) =>
    state?.values[name] ?? rule?.[name] ?? usual;
  return (
    <form className="sheet rule-form" action={action} aria-label={rule ? `Change rule ${rule.id}` : "A new rule"}>
      <FormNews state={state} />
      <input type="hidden" name="replaces" defaultValue={rule?.id ?? ""} />
      {rehearsal && <input type="hidden" name="mark" defaultValue={rehearsal.mark} />}
      <fieldset>
        <legend>Look for</legend>
        {ruleKinds.map((kind) => (
          <label key={kind} className="choice tall">
            <input type="radio" name="kind" value={kind} defaultChecked={kind === value("kind", "WORDS")} />
            <span className="choice-text">
              {ruleKindChoices[kind].name}
              <span className="field-help choice-help">{ruleKindChoices[kind].says}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <Field id={`${key}-pattern`} label="Words, host or pattern" error={state?.errors.pattern}>
        <textarea
          id={`${key}-pattern`}
          name="pattern"
          dir="auto"
          rows={4}
          required
          spellCheck={false}
          autoCapitalize="none"
          defaultValue={value("pattern", "")}
          {...described(`${key}-pattern`, { error: state?.errors.pattern })}
        />
      </Field>
      <div className="pair">
        <Field
          id={`${key}-language`}
          label="Language of the words, if it matters"
          error={state?.errors.language}
          help="Like es, where n and ñ are two letters. Empty for any."
        >
          <input
            id={`${key}-language`}
            className="short"
            name="language"
            maxLength={35}
            spellCheck={false}
            autoCapitalize="none"
            defaultValue={value("language", "")}
            {...described(`${key}-language`, { error: state?.errors.language, help: true })}
          />
        </Field>
        <fieldset>
          <legend>What fits</legend>
          {ruleEffects.map((effect) => (
            <label key={effect} className="choice">
              <input type="radio" name="effect" value={effect} defaultChecked={effect === value("effect", "HOLD")} />
              {ruleEffectChoices[effect]}
            </label>
          ))}
        </fieldset>
      </div>
      <Field id={`${key}-note`} label="Why there is this rule (for other admins)" error={state?.errors.note}>
        <input
          id={`${key}-note`}
          name="note"
          dir="auto"
          defaultValue={value("note", "")}
          {...described(`${key}-note`, { error: state?.errors.note })}
        />
      </Field>
      {rehearsal && <Rehearsed rehearsal={rehearsal} />}
      <p className="buttons">
        {rehearsal && (
          <button type="submit" name="intent" value="save">
            {rule ? "Let it act in place of the old one" : "Let it act"}
          </button>
        )}
        <button type="submit" name="intent" value="rehearse" className={rehearsal ? "quiet" : undefined}>
          {rehearsal ? "Look again" : "See what it would have done"}
        </button>
      </p>
    </form>
  );
}
