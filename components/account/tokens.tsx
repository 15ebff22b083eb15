// Tokens for programs: those that one has, and the form for another.
import { ButtonForm, type FormAction, Sheet } from "@/components/account/sheet";
import { ConfirmField, TextField } from "@/components/account/text-field";
import { FormNews } from "@/components/discussion/form-news";
import { Day } from "@/components/ui/day";
import type { Scope } from "@/lib/domain/actor";
import type { FormState } from "@/lib/ui/form-state";

interface Token {
  id: number;
  name: string;
  scopes: readonly string[];
  createdAt: Date;
  lastUsedAt: Date | null;
  expiresAt: Date | null;
}

interface TokenListProps {
  tokens: readonly Token[];
  revoke: FormAction;
  state?: FormState;
}

export function TokenList({ tokens, revoke, state }: TokenListProps) {
  return (
    <>
      <FormNews state={state} />
      {tokens.length > 0 && (
        <ul className="rows plain-list">
          {tokens.map((token) => (
            <li key={token.id} className="row-head">
              <div>
                <p className="row-name">
                  <bdi>{token.name}</bdi>
                </p>
                <p className="house">
                  {token.scopes.join(", ")}; made <Day date={token.createdAt} />,{" "}
                  {token.lastUsedAt ? (
                    <>
                      last used <Day date={token.lastUsedAt} exact />
                    </>
                  ) : (
                    "never used"
                  )}
                  {token.expiresAt && (
                    <>
                      , ends <Day date={token.expiresAt} />
                    </>
                  )}
                </p>
              </div>
              <ButtonForm label={`Revoke ${token.name}`} action={revoke} button="Revoke">
                <input type="hidden" name="id" defaultValue={token.id} />
              </ButtonForm>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

const scopeLabels: readonly [Scope, string][] = [
  ["read", "Read what only you can read"],
  ["comment", "Post, edit and delete comments"],
  ["write", "Write articles, as far as you may"],
];

const lives = [
  ["7", "7 days"],
  ["30", "30 days"],
  ["365", "a year"],
  ["never", "until I revoke it"],
] as const;

export function TokenForm({ action, state }: { action: FormAction; state?: FormState }) {
  const chosen = state?.values;
  const scopesError = state?.errors.scopes;
  return (
    <Sheet label="Make a token" action={action} state={state} button="Make a token">
      <TextField name="name" label="What it is for" dir="auto" state={state} />
      <fieldset aria-describedby={scopesError ? "scopes-error" : undefined}>
        <legend>It may</legend>
        {scopeLabels.map(([scope, label]) => (
          <label key={scope} className="choice">
            <input
              type="checkbox"
              name={scope}
              value="1"
              defaultChecked={chosen ? scope in chosen : scope === "read"}
            />
            {label}
          </label>
        ))}
        {scopesError && (
          <p className="field-error" id="scopes-error">
            {scopesError}
          </p>
        )}
      </fieldset>
      <fieldset>
        <legend>It lasts</legend>
        <div className="choices">
          {lives.map(([value, label]) => (
            <label key={value} className="choice">
              <input type="radio" name="days" value={value} defaultChecked={(chosen?.days ?? "30") === value} />
              {label}
            </label>
          ))}
        </div>
      </fieldset>
      <ConfirmField state={state} />
    </Sheet>
  );
}
