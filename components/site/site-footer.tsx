// The foot of every page.
import { Mark } from "@/components/site/mark";

export function SiteFooter({ siteName, tagline }: { siteName: string; tagline: string }) {
  return (
    <footer className="site-foot">
      <Mark />
      <p dir="auto">
        <strong>{siteName}</strong>
        {tagline && ` ${tagline}`}
      </p>
      <nav aria-label="Follow">
        <a href="/">Newest articles</a>
        <a href="/topics">Topics</a>
        <a href="/moderation-log">Moderation log</a>
        <a href="/feed.xml">Atom feed</a>
        <a href="/feed.json">JSON feed</a>
      </nav>
    </footer>
  );
}
