// Refusals in HTTP: the statuses of http.md, the words, and what a client is told to wait.
import { expect, test } from "vitest";
import { z } from "zod";
import { DomainError, type ErrorCode, errorCodes } from "@/lib/domain/errors";
import { problemResponse } from "@/lib/web/api";
import { invalidInput, problemOf } from "@/lib/web/problem";

const statuses: Record<ErrorCode, number> = {
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  closed: 423,
  rate_limited: 429,
  too_large: 413,
  unavailable: 503,
};

/** The answer that an error becomes. */
async function answerOf(error: Error) {
  const problem = problemOf(error);
  if (!problem) throw error;
  const response = problemResponse(problem);
  return { status: response.status, headers: response.headers, body: await response.json() };
}

test.each(errorCodes)("%s has its status, its type and a sentence", async (code) => {
  const { status, headers, body } = await answerOf(new DomainError(code));
  expect(status).toBe(statuses[code]);
  expect(headers.get("content-type")).toBe("application/problem+json");
  expect(body).toMatchObject({ type: "about:blank", status, code, detail: expect.stringMatching(/\w.*\.$/) });
});

test.each<[string, DomainError, string | null]>([
  ["too often", new DomainError("rate_limited", { retryAfter: 17 }), "17"],
  ["the database is away", new DomainError("unavailable"), "5"],
  ["the database is away and says for how long", new DomainError("unavailable", { retryAfter: 1 }), "1"],
  ["nothing to wait for", new DomainError("not_found"), null],
])("%s", async (_sentence, error, seconds) => {
  expect((await answerOf(error)).headers.get("retry-after")).toBe(seconds);
});

test("an error that is nobody's refusal is no problem of the client's", () => {
  expect(problemOf(new Error("relation comments does not exist"))).toBeUndefined();
});

const schema = z.strictObject({ body: z.string({ message: "comment.empty" }), list: z.array(z.number()).optional() });

test.each<[string, unknown, object]>([
  ["a known reason", { body: 5 }, { body: "comment.empty" }],
  ["a reason that only zod knows", { body: "", list: [1, "x"] }, { "list.1": "field.wrong" }],
  ["an unknown field", { body: "", other: 1 }, { other: "field.unknown" }],
  ["a name as long as a page", { body: "", ["x".repeat(5_000)]: 1 }, { ["x".repeat(60)]: "field.unknown" }],
])("a failed parse names %s", (_sentence, input, fields) => {
  const parsed = schema.safeParse(input);
  if (parsed.success) throw new Error("This was meant to fail.");
  expect(invalidInput(parsed.error).details.fields).toEqual(fields);
});

test.each([["[]"], ["null"], ["5"], ['"x"']])("%s instead of an object is told so", (json) => {
  const parsed = schema.safeParse(JSON.parse(json));
  if (parsed.success) throw new Error("This was meant to fail.");
  expect(invalidInput(parsed.error).details).toEqual({ reason: "request.not_object" });
});
