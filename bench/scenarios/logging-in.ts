// Logging in with a password by the form of its page, as a browser without scripts does.
import type { ClientBase } from "pg";
import { Client } from "@/bench/client";
import { doMany, type Target } from "@/bench/load";
import type { Figures } from "@/bench/table";
import { hashPassword } from "@/lib/services/hash-password";

const email = "bench@example.org";
const password = "a password that only the bench knows";

/** What that member types. */
export const member = { identifier: email, password };

/** Gives the first generated member an address and a password. */
export async function prepareAccount(client: ClientBase): Promise<void> {
  await client.query(
    `UPDATE users SET email = $1, email_verified_at = now(), password_hash = $2
     WHERE id = (SELECT min(id) FROM users)`,
    [email, await hashPassword(password)],
  );
}

/** The hidden fields of the form that asks for a password. */
function hiddenFields(html: string): [string, string][] {
  const form = /<form[^>]*>(?:(?!<\/form>)[\s\S])*type="password"(?:(?!<\/form>)[\s\S])*<\/form>/.exec(html)?.[0] ?? "";
  return [...form.matchAll(/<input[^>]*type="hidden"[^>]*>/g)].map(([input]) => {
    const attribute = (name: string) => new RegExp(` ${name}="([^"]*)"`).exec(input)?.[1] ?? "";
    return [attribute("name"), attribute("value").replaceAll("&quot;", '"').replaceAll("&amp;", "&")];
  });
}

/** The fields of the page's form, filled in. */
export async function filledForm(
  origin: string,
  { identifier, password: typed }: { identifier: string; password: string },
): Promise<(readonly [string, string])[]> {
  const page = await new Client(origin).get("/log-in", { "accept-encoding": "identity" });
  return [...hiddenFields(page.body.toString("utf8")), ["identifier", identifier], ["password", typed]];
}

export async function loggingIn(product: Target, count: number): Promise<Figures> {
  const fields = await filledForm(product.origin, member);
  const work = async () => {
    const { status, body } = await new Client(product.origin).postForm("/log-in", fields);
    return { bytes: body.length, ok: status === 303 };
  };
  await doMany("", product, { count: 4, atOnce: 2, work });
  return doMany("Logging in", product, { count, atOnce: 2, work });
}
