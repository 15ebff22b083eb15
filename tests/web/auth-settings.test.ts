// Which services let people in is said by the environment alone; half a setting stops the start with a sentence.
import { describe, expect, it } from "vitest";
import { parseEnv } from "@/lib/env";
import { EnvError } from "@/lib/env/env-error";

const oidc = {
  AUTH_OIDC_ISSUER: "https://login.example.org/realms/ours/",
  AUTH_OIDC_CLIENT_ID: "colloquy",
  AUTH_OIDC_CLIENT_SECRET: "a secret",
};

describe("services to log in by", () => {
  it("are none without a setting", () => {
    expect(parseEnv({}).authProviders).toEqual([]);
  });

  it("are those that are set", () => {
    const github = { AUTH_GITHUB_ID: "1", AUTH_GITHUB_SECRET: "2" };
    const google = { AUTH_GOOGLE_ID: "3", AUTH_GOOGLE_SECRET: "4" };
    expect(parseEnv({ ...oidc, ...github, ...google }).authProviders).toEqual([
      {
        id: "oidc",
        name: "login.example.org",
        issuer: "https://login.example.org/realms/ours",
        clientId: "colloquy",
        clientSecret: "a secret",
      },
      { id: "github", name: "GitHub", clientId: "1", clientSecret: "2" },
      { id: "google", name: "Google", clientId: "3", clientSecret: "4" },
    ]);
    const named = parseEnv({ ...oidc, AUTH_OIDC_NAME: "Our School" }).authProviders;
    expect(named.map(({ name }) => name)).toEqual(["Our School"]);
  });

  const wrong: [string, Record<string, string>][] = [
    ["an issuer without a client", { AUTH_OIDC_ISSUER: oidc.AUTH_OIDC_ISSUER }],
    ["a client without an issuer", { ...oidc, AUTH_OIDC_ISSUER: "" }],
    ["a client without its secret", { ...oidc, AUTH_OIDC_CLIENT_SECRET: "" }],
    ["an issuer without TLS", { ...oidc, AUTH_OIDC_ISSUER: "http://login.example.org" }],
    ["an issuer that is no address", { ...oidc, AUTH_OIDC_ISSUER: "our school" }],
    ["an issuer with a query", { ...oidc, AUTH_OIDC_ISSUER: "https://login.example.org/?x=1" }],
    ["half of GitHub", { AUTH_GITHUB_ID: "1" }],
    ["half of Google", { AUTH_GOOGLE_SECRET: "4" }],
  ];
  it.each(wrong)("%s stops the start", (_, source) => {
    expect(() => parseEnv(source)).toThrow(EnvError);
  });
});
