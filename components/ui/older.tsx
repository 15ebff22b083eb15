// The way on at the end of a list.

export function Older({ href, label }: { href: string; label: string }) {
  return (
    <nav className="older" aria-label={label}>
      <a href={href} rel="next">
        {label}
      </a>
    </nav>
  );
}
