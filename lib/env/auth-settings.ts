// Settings of the services by which people may log in besides passwords.
import { isThisMachine } from "@/lib/env/address-settings";
import { EnvError } from "@/lib/env/env-error";

/** A service that says who somebody is. `oidc` is any that speaks OpenID Connect, found by its issuer. */
export type AuthProvider =
  | { id: "oidc"; name: string; issuer: string; clientId: string; clientSecret: string }
  | { id: "github" | "google"; name: string; clientId: string; clientSecret: string };

export function parseAuthProviders(text: (name: string) => string | undefined): AuthProvider[] {
  const credentials = (idName: string, secretName: string) => {
    const [clientId, clientSecret] = [text(idName), text(secretName)];
    if (clientId && clientSecret) return { clientId, clientSecret };
    if (!clientId && !clientSecret) return undefined;
    throw new EnvError(
      `Of ${idName} and ${secretName} only one is set. Logging in there needs both; set both or none.`,
    );
  };
  const providers: AuthProvider[] = [];
  const issuer = parseIssuer(text("AUTH_OIDC_ISSUER"));
  const oidc = credentials("AUTH_OIDC_CLIENT_ID", "AUTH_OIDC_CLIENT_SECRET");
  if (Boolean(issuer) !== Boolean(oidc)) {
    throw new EnvError(
      "Logging in by OpenID Connect needs AUTH_OIDC_ISSUER, AUTH_OIDC_CLIENT_ID and AUTH_OIDC_CLIENT_SECRET. Set all three or none.",
    );
  }
  if (issuer && oidc) {
    providers.push({ id: "oidc", name: text("AUTH_OIDC_NAME") ?? new URL(issuer).host, issuer, ...oidc });
  }
  const github = credentials("AUTH_GITHUB_ID", "AUTH_GITHUB_SECRET");
  if (github) providers.push({ id: "github", name: "GitHub", ...github });
  const google = credentials("AUTH_GOOGLE_ID", "AUTH_GOOGLE_SECRET");
  if (google) providers.push({ id: "google", name: "Google", ...google });
  return providers;
}

export function parseIssuer(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const url = URL.canParse(value) ? new URL(value) : null;
  const local = url !== null && isThisMachine(url);
  if (!url || (url.protocol !== "https:" && !(local && url.protocol === "http:")) || url.search || url.hash) {
    throw new EnvError(
      `AUTH_OIDC_ISSUER is "${value}". Give the issuer's https address as the service names it, like https://login.example.org/realms/ours.`,
    );
  }
  return value.replace(/\/$/, "");
}
