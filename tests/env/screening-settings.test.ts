// Who is asked for an opinion on comments is said by the environment alone; half a setting stops the start with a sentence.
import { describe, expect, it } from "vitest";
import { parseEnv } from "@/lib/env";
import { EnvError } from "@/lib/env/env-error";

const hook = {
  SCREENING_HOOK_URL: "https://opinions.example.org/ask?site=ours",
  SCREENING_HOOK_SECRET: "thirty-two characters of randomness",
};

describe("the screening hook", () => {
  it("is nobody without a setting", () => expect(parseEnv({}).screeningHook).toBeUndefined());

  it.each([hook.SCREENING_HOOK_URL, "http://localhost:9000/ask", "http://127.0.0.1/ask"])("is at %s", (url) => {
    expect(parseEnv({ ...hook, SCREENING_HOOK_URL: url }).screeningHook).toEqual({
      url,
      secret: hook.SCREENING_HOOK_SECRET,
    });
  });

  it.each([
    ["an address alone", { SCREENING_HOOK_SECRET: "" }],
    ["a secret alone", { SCREENING_HOOK_URL: "" }],
    ["an address without TLS elsewhere", { SCREENING_HOOK_URL: "http://opinions.example.org/" }],
    ["an address that is none", { SCREENING_HOOK_URL: "our classifier" }],
    ["an address with a user", { SCREENING_HOOK_URL: "https://user:password@opinions.example.org/" }],
    ["another protocol", { SCREENING_HOOK_URL: "file:///etc/passwd" }],
    ["a short secret", { SCREENING_HOOK_SECRET: "short" }],
  ])("%s stops the start", (_sentence, wrong) => {
    expect(() => parseEnv({ ...hook, ...wrong })).toThrow(EnvError);
  });

  it("never shows a password in its refusal", () => {
    const wrong = { ...hook, SCREENING_HOOK_URL: "https://user:hunter2hunter2@opinions.example.org/" };
    expect(() => parseEnv(wrong)).toThrow(/without user and password/);
    expect(() => parseEnv(wrong)).not.toThrow(/hunter2/);
  });
});
