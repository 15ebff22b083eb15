// What a body may be: JSON in UTF-8, not too deep, and read in a time that follows its length.
import { expect, test } from "vitest";
import { HttpRefusal, jsonBody } from "@/lib/web/json-body";

function sent(body: BodyInit, type: string | null = "application/json"): Request {
  const request = new Request("https://talk.example.org/api/v1/x", { method: "POST", body });
  if (type === null) request.headers.delete("content-type");
  else request.headers.set("content-type", type);
  return request;
}

/** The status of the refusal, or what was read. */
async function outcome(request: Request): Promise<unknown> {
  try {
    return await jsonBody(request);
  } catch (error) {
    if (error instanceof HttpRefusal) return error.status;
    throw error;
  }
}

const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
const kib = 1024;

test.each<[string, Request, unknown]>([
  ["an object is read", sent('{"a":1}'), { a: 1 }],
  ["a character set in the type is no matter", sent("{}", "Application/JSON; charset=utf-8"), {}],
  ["a byte order mark is no matter", sent("\ufeff{}"), {}],
  ["form fields are refused", sent("a=1", "application/x-www-form-urlencoded"), 415],
  ["text is refused", sent("{}", "text/plain"), 415],
  ["no type at all is refused", sent("{}", null), 415],
  ["half an object is refused", sent('{"a":'), 400],
  ["nothing is refused", sent(""), 400],
  ["two values are refused", sent("{}{}"), 400],
  ["bytes that are not UTF-8 are refused", sent(new Uint8Array([0x22, 0xff, 0x22])), 400],
  ["sixteen levels are read", sent(nested(16)), JSON.parse(nested(16))],
  ["seventeen are refused", sent(nested(17)), 400],
  ["a hundred thousand are refused", sent(nested(100_000)), 400],
  ["an opening without end is refused", sent("[".repeat(250 * kib)), 400],
  ["brackets in texts do not count", sent(JSON.stringify({ a: "[".repeat(100) })), { a: "[".repeat(100) }],
  ["an escaped quote does not end a text", sent('{"a":"\\"[[[[[[[[[[[[[[[[[[[["}'), { a: '"[[[[[[[[[[[[[[[[[[[[' }],
  ["a key that is special to JavaScript is a key", sent('{"__proto__":{"b":1}}'), JSON.parse('{"__proto__":{"b":1}}')],
])("%s", async (_sentence, request, expected) => {
  expect(await outcome(request)).toEqual(expected);
});

// A matcher that begins anew at every quote would take minutes for these.
test.each([
  ["a text of escaped quotes that never ends", `"${'\\"'.repeat(125 * kib)}`],
  ["a text of backslashes that never ends", `"${"\\".repeat(250 * kib)}`],
  ["quotes and brackets in turns", '"["'.repeat(80 * kib)],
])(
  "%s is refused at once",
  async (_sentence, text) => {
    expect(await outcome(sent(text))).toBe(400);
  },
  5_000,
);
