import "server-only";
// Where people go on to after logging in (R43).
import { safeReturnPath } from "@/lib/domain/account";

/** The page to log in on, that leads back to `path` of this site. */
export function logInPath(path: string): string {
  return `/log-in?next=${encodeURIComponent(safeReturnPath(path))}`;
}

/** Where a wish in a query or a form leads: to a page of this site, or to `fallback`. */
export function returnPath(wish: unknown, fallback: string): string {
  const path = typeof wish === "string" && wish !== "" ? safeReturnPath(wish) : fallback;
  return path === "/log-in" || path.startsWith("/log-in?") ? fallback : path;
}
