// Whether the site is open for reading only (R99): by a switch, or because the disk is nearly full. One state for the process; the
// starter watches and sets it, whoever takes what people send asks.
import { once } from "@/lib/once";

export type ReadOnlyCause = "switch" | "disk";

const state = () => once("read-only", (): { cause: ReadOnlyCause | undefined } => ({ cause: undefined }));

/** Why nothing may be written now; undefined: everything may. */
export function readOnlyCause(): ReadOnlyCause | undefined {
  return state().cause;
}

/** Opens or closes the site for writing. */
export function setReadOnly(cause: ReadOnlyCause | undefined): void {
  state().cause = cause;
}
