// The other services that let a member in: which they are, ending one, linking another.
import { ButtonForm, type FormAction, Sheet } from "@/components/account/sheet";
import { ConfirmField } from "@/components/account/text-field";
import { FormNews } from "@/components/discussion/form-news";
import type { FormState } from "@/lib/ui/form-state";

interface ServicesProps {
  /** Those that are switched on. */
  services: readonly { id: string; name: string }[];
  /** The ids of those that let this member in. */
  linked: readonly string[];
  /** The password was asked for lately. */
  mayLink: boolean;
  confirm: FormAction;
  confirmState?: FormState;
  unlink: FormAction;
  unlinkState?: FormState;
}

export function Services({ services, linked, mayLink, confirm, confirmState, unlink, unlinkState }: ServicesProps) {
  const others = services.filter(({ id }) => !linked.includes(id));
  if (services.length === 0 && linked.length === 0) return null;
  return (
    <section id="services" aria-labelledby="services-heading">
      <h2 id="services-heading">Other ways in</h2>
      <FormNews state={unlinkState} />
      {linked.length > 0 && (
        <ul className="rows plain-list">
          {linked.map((id) => {
            const name = services.find((service) => service.id === id)?.name ?? id;
            return (
              <li key={id} className="row-head">
                <p className="row-name">{name}</p>
                <ButtonForm label={`Unlink ${name}`} action={unlink} button="Unlink">
                  <input type="hidden" name="provider" defaultValue={id} />
                  <ConfirmField state={unlinkState} />
                </ButtonForm>
              </li>
            );
          })}
        </ul>
      )}
      {mayLink && others.map((service) => <LinkForm key={service.id} {...service} />)}
      {others.length > 0 && !mayLink && (
        <Sheet label="Link a service" action={confirm} state={confirmState} button="Link a service">
          <ConfirmField state={confirmState} />
        </Sheet>
      )}
    </section>
  );
}

/** Leads to the service and back; the account there is linked to the member who is logged in here. */
function LinkForm({ id, name }: { id: string; name: string }) {
  return (
    <form method="post" action={`/api/auth/signin/${id}`} aria-label={`Link ${name}`}>
      <input type="hidden" name="intent" defaultValue="link" />
      <input type="hidden" name="callbackUrl" defaultValue="/settings/password" />
      <button type="submit" className="quiet">
        Link {name}
      </button>
    </form>
  );
}
