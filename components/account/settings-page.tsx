// The frame of the settings: the ways between them, and one of them.
import type { ReactNode } from "react";

const ways = [
  ["/settings", "Profile"],
  ["/settings/password", "Password"],
  ["/settings/email", "Address"],
  ["/settings/sessions", "Browsers"],
  ["/settings/notifications", "Mail"],
  ["/settings/comments", "Anonymous comments"],
  ["/settings/anonymous", "Recovery code"],
  ["/settings/tokens", "Access tokens"],
  ["/settings/data", "Your data"],
] as const;

interface SettingsPageProps {
  title: string;
  /** Which of the settings this is: its path. */
  path: (typeof ways)[number][0];
  /** What has just happened. */
  news?: ReactNode;
  children: ReactNode;
}

export function SettingsPage({ title, path, news, children }: SettingsPageProps) {
  return (
    <main id="main" className="settings">
      <nav className="settings-ways" aria-label="Settings">
        <ul className="plain-list">
          {ways.map(([href, label]) => (
            <li key={href}>
              <a href={href} aria-current={href === path ? "page" : undefined}>
                {label}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <div className="settings-body">
        <h1>{title}</h1>
        {news && (
          <p className="house-note" role="status">
            {news}
          </p>
        )}
        {children}
      </div>
    </main>
  );
}
