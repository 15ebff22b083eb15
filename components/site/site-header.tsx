// The head of every page: whose place this is, and the ways from here.
import type { ReactNode } from "react";
import { Mark } from "@/components/site/mark";
import { drawnByItsScript } from "@/components/ui/safe-html";

interface SiteHeaderProps {
  siteName: string;
  /** The way to oneself. */
  account: ReactNode;
}

export function SiteHeader({ siteName, account }: SiteHeaderProps) {
  return (
    <header className="site-head">
      <a className="visually-hidden skip" href="#main">
        Skip to the text
      </a>
      <a className="wordmark" href="/">
        <Mark />
        <span dir="auto">{siteName}</span>
      </a>
      <nav aria-label="Site">
        {account}
        <a href="/topics">Topics</a>
        <a className="find" href="/search">
          <span className="visually-hidden">Search</span>
          <svg viewBox="0 0 20 20" aria-hidden="true">
            <circle cx="8.5" cy="8.5" r="5.5" />
            <path d="m12.5 12.5 5 5" />
          </svg>
        </a>
        <theme-switch {...drawnByItsScript} />
      </nav>
    </header>
  );
}
