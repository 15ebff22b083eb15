// The way on at the end of a list.

export function Older({ href, label }: { href: string; label: string }) {
  return (
    <nav className="older" aria-label="More">
      <a href={href} rel="next">
        {label}
      </a>
    </nav>
  );
}
