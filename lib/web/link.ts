import "server-only";
// The one-time token in a link of a mail, as it stands in the address and in the form of its page.
import { z } from "zod";

/** Longer than any of ours; what is not one of ours opens nothing. */
const longest = 200;

/** The token as sent; anything else is one that has ended. */
export const linkTokenSchema = z.string().max(longest).catch("");

/** The query of such a page. */
export const linkQuery = z.object({ token: linkTokenSchema });
