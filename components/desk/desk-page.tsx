// The frame of the desk: the ways between its rooms, each only for who may enter it, and one of them.
import type { ReactNode } from "react";
import type { Actor } from "@/lib/domain/actor";
import { can, type Permission } from "@/lib/domain/permissions";

const ways = [
  ["/desk", "Desk", "desk.enter"],
  ["/desk/drafts", "Drafts", "desk.enter"],
  ["/desk/review", "Review", "review.enter"],
  ["/desk/moderation", "Moderation", "moderation.enter"],
  ["/desk/people", "People", "people.read"],
  ["/desk/mail", "Mail", "mail.manage"],
  ["/desk/site", "Site", "moderationSettings.manage"],
] as const satisfies readonly (readonly [path: string, name: string, permission: Permission])[];

interface DeskPageProps {
  /** Whoever is logged in. */
  actor: Actor;
  title: ReactNode;
  /** Which room this is, or which it belongs to. */
  path: (typeof ways)[number][0];
  /** A sentence or a line of facts under the title. */
  lead?: ReactNode;
  /** What has just happened. */
  news?: ReactNode;
  /** The title is seen elsewhere on the page: in the field where it is written. */
  titleForTheEar?: boolean;
  /** As wide as the window allows: for text beside text. */
  wide?: boolean;
  children: ReactNode;
}

export function DeskPage({ actor, title, path, lead, news, titleForTheEar, wide, children }: DeskPageProps) {
  return (
    <main id="main" className={wide ? "desk desk-wide" : "desk"}>
      <nav className="desk-ways" aria-label="Desk">
        <ul className="plain-list">
          {ways
            .filter(([, , permission]) => can(actor, permission))
            .map(([href, name]) => (
              <li key={href}>
                <a href={href} aria-current={href === path ? "page" : undefined}>
                  {name}
                </a>
              </li>
            ))}
        </ul>
      </nav>
      <header className="desk-head">
        <h1 dir="auto" className={titleForTheEar ? "visually-hidden" : undefined}>
          {title}
        </h1>
        {lead && <p className="house">{lead}</p>}
      </header>
      {news && (
        <p className="house-note" role="status">
          {news}
        </p>
      )}
      <div className="desk-body">{children}</div>
    </main>
  );
}
