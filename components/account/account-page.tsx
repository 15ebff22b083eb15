// The frame of a page that asks for one thing: logging in, signing up, a new password.
import type { ReactNode } from "react";

interface AccountPageProps {
  title: string;
  /** A sentence before the form. */
  lead?: ReactNode;
  /** What has just happened, when one was sent here for it. */
  news?: ReactNode;
  children?: ReactNode;
}

export function AccountPage({ title, lead, news, children }: AccountPageProps) {
  return (
    <main id="main" className="account">
      <h1>{title}</h1>
      {news && (
        <p className="house-note" role="status">
          {news}
        </p>
      )}
      {lead && <p className="account-lead">{lead}</p>}
      {children}
    </main>
  );
}

/** What the page of a link in a mail says when the link opens nothing any more. */
export function EndedLink({ children }: { children: ReactNode }) {
  return (
    <AccountPage title="This link has ended" lead="It was used already, it is too old, or there is a newer one.">
      <p className="ways-on">{children}</p>
    </AccountPage>
  );
}
