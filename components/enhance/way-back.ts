// The way to log in leads back to this page.

export function comeBackHere(): void {
  const link = document.querySelector<HTMLAnchorElement>("account-link > a");
  // From a page about logging in one does not come back to it.
  if (!link || document.querySelector("main.account")) return;
  link.href = `/log-in?next=${encodeURIComponent(location.pathname + location.search)}`;
}
