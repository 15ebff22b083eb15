// The head of every page: whose place this is, and the ways from here. It knows nobody; it is the same for everyone.
import { Mark } from "@/components/site/mark";

export function SiteHeader({ siteName }: { siteName: string }) {
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
        <a href="/topics">Topics</a>
        <theme-switch />
      </nav>
    </header>
  );
}
