// Where this software calls others (R76): only where an operator has said so, and never to an address that a person has typed.

import ts from "typescript";
import { expect, test } from "vitest";
import { readModules, walk } from "./module-graph";

/** The files that may speak to another host, and whose address it is. */
const allowed: Record<string, string> = {
  "lib/mail/smtp.ts": "SMTP_URL",
  "lib/media/s3-store.ts": "the S3 settings",
  "lib/services/ask-opinion.ts": "SCREENING_HOOK_URL",
  "lib/store/redis-channel.ts": "REDIS_URL",
  "lib/web/auth-providers.ts": "the providers that are configured",
  "lib/web/auth.ts": "the providers that are configured",
};

/** Packages and modules that open connections to hosts by name. */
const callers =
  /^(nodemailer|ioredis|aws4fetch|undici|got|axios|next-auth|openid-client|node:https|node:dns|node:tls|https|tls)$/;

/** Whether a file calls the global `fetch`. */
function fetches(source: ts.SourceFile): boolean {
  let found = false;
  walk(source, (node) => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === "fetch") found = true;
  });
  return found;
}

test("only the places that an operator has named are called", () => {
  const calling = [...readModules().values()]
    .filter(({ path }) => /^(lib|app)\//.test(path))
    .filter(
      ({ source, imports }) =>
        fetches(source) || imports.some(({ written, typeOnly }) => !typeOnly && callers.test(written)),
    )
    .map(({ path }) => path);
  expect(calling.length).toBeGreaterThan(3);
  expect(calling.filter((path) => !(path in allowed))).toEqual(["lib/mail/outbox.ts"]);
});
