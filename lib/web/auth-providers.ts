import "server-only";
// The services that can let people in, as next-auth wants them described, and what each of them says of a person. Types only: the one
// module that runs next-auth is `lib/web/auth`.
import type { OAuthConfig } from "next-auth/providers/oauth";
import { z } from "zod";
import { emailSchema } from "@/lib/domain/account";
import type { AuthProvider } from "@/lib/env/auth-settings";
import type { ProviderIdentity } from "@/lib/services/enter-by-provider";

/** A service has so long to answer one question, in milliseconds; a log-in asks it three. */
const patience = 4_000;

type Description = OAuthConfig<Record<string, unknown>>;

/** A service as next-auth wants it. State, PKCE and, where there is an ID token, nonce are always asked for (R40). */
export function describeProvider(provider: AuthProvider): Description {
  const { id, name, clientId, clientSecret } = provider;
  const common = {
    id,
    name,
    clientId,
    clientSecret,
    type: "oauth",
    httpOptions: { timeout: patience },
    profile: (raw: unknown) => ({ id: identityOf(provider, raw).subject }),
  } as const;
  if (id === "github") {
    return {
      ...common,
      checks: ["state", "pkce"],
      issuer: "https://github.com/login/oauth",
      authorization: {
        url: "https://github.com/login/oauth/authorize",
        params: { scope: "read:user user:email" },
      },
      token: "https://github.com/login/oauth/access_token",
      userinfo: {
        url: "https://api.github.com/user",
        request: async ({ client, tokens }) => ({
          ...(await client.userinfo(tokens.access_token ?? "")),
          emails: await githubEmails(tokens.access_token ?? ""),
        }),
      },
    };
  }
  const issuer = provider.id === "oidc" ? provider.issuer : "https://accounts.google.com";
  return {
    ...common,
    checks: ["state", "pkce", "nonce"],
    wellKnown: `${issuer}/.well-known/openid-configuration`,
    issuer,
    idToken: true,
    authorization: { params: { scope: "openid email profile" } },
  };
}

async function githubEmails(accessToken: string): Promise<unknown> {
  const response = await fetch("https://api.github.com/user/emails", {
    headers: { Authorization: `Bearer ${accessToken}` },
    signal: AbortSignal.timeout(patience),
  });
  return response.ok ? response.json() : [];
}

const said = z.string().max(1_000).optional().catch(undefined);

const claimsSchema = z.object({
  iss: z.string().min(1).max(500),
  sub: z.string().min(1).max(255),
  email: said,
  email_verified: z.boolean().optional().catch(undefined),
  name: said,
  preferred_username: said,
  nickname: said,
});

const githubSchema = z.object({
  id: z.int().positive(),
  login: z.string().min(1).max(100),
  name: said,
  emails: z.array(z.object({ email: z.string(), primary: z.boolean(), verified: z.boolean() })).catch([]),
});

/**
 * Who somebody is by the word of a service. An address counts only when the service says that it is theirs.
 * @param raw the claims of an ID token, or GitHub's answer with its list of addresses
 * @throws ZodError when the service does not say who it is
 */
export function identityOf({ id: provider }: Pick<AuthProvider, "id">, raw: unknown): ProviderIdentity {
  if (provider === "github") {
    const { id, login, name, emails } = githubSchema.parse(raw);
    const email = emails.find(({ primary, verified }) => primary && verified)?.email;
    return { provider, subject: String(id), email: addressOf(email), handles: [login], displayName: name || login };
  }
  const { iss, sub, email, email_verified, name, preferred_username, nickname } = claimsSchema.parse(raw);
  // A user name that is an address would give the address away.
  const names = [preferred_username, nickname, name].filter((it) => it !== undefined && it !== "" && !it.includes("@"));
  return {
    provider,
    // A subject is unique with its issuer only, and the operator may come to name another issuer.
    subject: `${iss} ${sub}`,
    email: email_verified === true ? addressOf(email) : null,
    handles: names.map(String),
    displayName: name && !name.includes("@") ? name : String(names[0] ?? ""),
  };
}

function addressOf(email: string | undefined): string | null {
  const parsed = emailSchema.safeParse(email);
  return parsed.success ? parsed.data : null;
}
