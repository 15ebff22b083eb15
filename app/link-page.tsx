// The page of a one-time link that asks for one press: what it is about, and the button. Programs that look at links in mails do nothing by
// it, and looking uses nothing up.
import type { ReactNode } from "react";
import { page } from "@/app/outcome";
import { AccountPage, EndedLink } from "@/components/account/account-page";
import { type FormAction, Sheet } from "@/components/account/sheet";
import { type OpenLink, readLink } from "@/lib/services/read-link";
import { formStateOf } from "@/lib/web/form-state";
import { linkQuery } from "@/lib/web/link";
import { keepAddressSecret, personal } from "@/lib/web/respond";

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

interface LinkPage {
  purpose: Parameters<typeof readLink>[0]["purpose"];
  title: string;
  /** What pressing does, to whom. */
  lead: (link: OpenLink) => ReactNode;
  action: FormAction;
  /** The form's name in its action. */
  form: string;
  button: string;
  /** Ways on when the link opens nothing any more. */
  ended: ReactNode;
}

/** Makes the page. */
export function linkPage({ purpose, title, lead, action, form, button, ended }: LinkPage) {
  return page(async ({ searchParams }: Props) => {
    personal();
    keepAddressSecret();
    const { token } = linkQuery.parse(await searchParams);
    const link = await readLink({ purpose, token });
    if (!link) return <EndedLink>{ended}</EndedLink>;
    return (
      <AccountPage title={title} lead={lead(link)}>
        <Sheet label={title} action={action} state={formStateOf(form)} button={button}>
          <input type="hidden" name="token" defaultValue={token} />
        </Sheet>
      </AccountPage>
    );
  });
}
