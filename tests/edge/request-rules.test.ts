import { describe, expect, it } from "vitest";
import { defaultLimits } from "@/lib/edge/limits";
import { refusalFor } from "@/lib/edge/request-rules";

const rules = { publicHost: "talk.example.org", limits: defaultLimits, dev: false };
const host = ["Host", "talk.example.org"];

function status(method: string, target: string, rawHeaders: string[] = host, dev = false): number | undefined {
  return refusalFor({ method, target, rawHeaders }, { ...rules, dev })?.status;
}

describe("hosts (R4)", () => {
  it.each<[string[], number | undefined, string]>([
    [["Host", "talk.example.org"], undefined, "the right one"],
    [["HOST", "TALK.example.org"], undefined, "in any case"],
    [[], 400, "none"],
    [["Host", ""], 421, "an empty one"],
    [["Host", "talk.example.org", "Host", "talk.example.org"], 400, "two, even if both are right"],
    [["Host", "talk.example.org", "host", "evil.example"], 400, "two that differ"],
    [["Host", "evil.example"], 421, "another"],
    [["Host", "talk.example.org:443"], 421, "with a port that is not configured"],
    [["Host", "talk.example.org."], 421, "with a dot at the end"],
    [["Host", "talk.example.org@evil.example"], 421, "with a name before it"],
    [["Host", "talk.example.org, evil.example"], 421, "with a second one after a comma"],
    [["Host", "localhost"], 421, "this machine's name"],
    [["Host", "127.0.0.1"], 421, "an address"],
    [["Host", "evil.example", "X-Forwarded-Host", "talk.example.org"], 421, "the right one in the wrong place"],
  ])("%j: %s, %s", (rawHeaders, expected) => {
    expect(status("GET", "/", rawHeaders)).toBe(expected);
  });
});

describe("paths (R17)", () => {
  it.each<[string, number | undefined]>([
    ["/", undefined],
    ["/articles/a-title?page=2&x=%2f..%5c%00", undefined],
    ["/articles/%C3%BCber", undefined],
    ["/.well-known/security.txt", undefined],
    ["/assets/site-1A2B3C4D.js", undefined],
    ["/api/v1/openapi.json", undefined],
    ["/feed.json", undefined],
    ["/.env", 404],
    ["/%2eenv", 404],
    ["/.git/config", 404],
    ["/articles/.git/HEAD", 404],
    ["/a/.well-known/x", 404],
    ["/..", 404],
    ["/articles/../../etc/passwd", 404],
    ["/articles/%2e%2e/x", 404],
    ["/./x", 404],
    ["/package.json", 404],
    ["/package-lock.json", 404],
    ["/tsconfig.json", 404],
    ["/node_modules/next/package.json", 404],
    ["/server.ts", 404],
    ["/prisma/schema.prisma", 404],
    ["/_next/static/chunks/main.js.map", 404],
    ["/_next/static/chunks/main.js.MAP", 404],
    ["/_next/image", 404],
    ["/_next/image?url=http://127.0.0.1/", 404],
    ["/a%2fb", 400],
    ["/a%2Fb", 400],
    ["/a%5cb", 400],
    ["/a\\b", 400],
    ["/a%00b", 400],
    ["/a%0d%0aSet-Cookie:x", 400],
    ["/a%7fb", 400],
    ["/a%252fb", 400],
    ["/%252e%252e/x", 400],
    ["/a%", 400],
    ["/a%zz", 400],
    ["/a%ff", 400],
    ["/a%c0%ae", 400],
    ["/a#b", 400],
    ["//evil.example/", 400],
    ["http://talk.example.org/", 400],
    ["*", 400],
    ["", 400],
  ])("%s: %s", (target, expected) => {
    expect(status("GET", target)).toBe(expected);
  });

  it("lets hot reload have its source maps", () => {
    expect(status("GET", "/_next/static/chunks/main.js.map", host, true)).toBeUndefined();
    expect(status("GET", "/.env", host, true)).toBe(404);
  });
});

describe("methods (R8)", () => {
  const chunked = [...host, "Transfer-Encoding", "chunked"];
  it.each<[string, string, number | undefined]>([
    ["GET", "/", undefined],
    ["HEAD", "/", undefined],
    ["OPTIONS", "/", undefined],
    ["PATCH", "/api/v1/comments/1", undefined],
    ["DELETE", "/api/v1/comments/1", undefined],
    ["PUT", "/api/v1/comments/1", 405],
    ["PATCH", "/comments/1", 405],
    ["DELETE", "/comments/1", 405],
    ["DELETE", "/api/v1x", 405],
    ["PUT", "/", 405],
    ["TRACE", "/", 405],
    ["PROPFIND", "/", 405],
    ["get", "/", 405],
  ])("%s %s: %s", (method, target, expected) => {
    expect(status(method, target, method === "PATCH" ? chunked : host)).toBe(expected);
  });

  it("names the possible ones", () => {
    const refusal = refusalFor({ method: "PUT", target: "/api/v1/me", rawHeaders: host }, rules);
    expect(refusal?.headers?.Allow).toBe("GET, HEAD, POST, OPTIONS, PATCH, DELETE");
  });
});

describe("bodies (R5)", () => {
  const most = 256 * 1024;
  const article = 512 * 1024;
  const upload = 5 * 1024 * 1024 + 64 * 1024;
  it.each<[string, string, string[], number | undefined, string]>([
    ["POST", "/", ["Content-Length", "0"], undefined, "an empty form"],
    ["POST", "/", ["Content-Length", `${most}`], undefined, "the largest"],
    ["POST", "/", ["Content-Length", `${most + 1}`], 413, "one byte more"],
    ["PATCH", "/api/v1/drafts/7", ["Content-Length", `${article}`], undefined, "the longest article"],
    ["POST", "/desk/drafts/7", ["Content-Length", `${article}`], undefined, "the same by a form"],
    ["POST", "/desk/drafts/7", ["Content-Length", `${article + 1}`], 413, "one byte more than that"],
    ["POST", "/desk/draftsman", ["Content-Length", `${article}`], 413, "an article elsewhere"],
    ["POST", "/", ["Content-Length", "999999999999999"], 413, "far more"],
    ["POST", "/", ["Content-Length", "9999999999999999"], 400, "more than a number holds"],
    ["POST", "/", ["Content-Length", "1e3"], 400, "no digits"],
    ["POST", "/", ["Content-Length", "-1"], 400, "less than nothing"],
    ["POST", "/", [], 411, "no length"],
    ["POST", "/api/v1/comments", [], 411, "no length in the API"],
    ["PATCH", "/api/v1/comments/1", [], 411, "nor in a change"],
    ["POST", "/", ["Transfer-Encoding", "chunked"], 411, "a form in chunks"],
    ["POST", "/api/v1/comments", ["Transfer-Encoding", "chunked"], undefined, "the API counts chunks"],
    ["POST", "/api/v1/comments", ["Transfer-Encoding", "gzip, chunked"], 400, "packed chunks"],
    ["POST", "/api/v1/comments", ["Transfer-Encoding", "chunked", "Content-Length", "3"], 400, "both"],
    ["POST", "/", ["Content-Length", "3", "Content-Length", "3"], 400, "two lengths"],
    ["POST", "/api/v1/files", ["Content-Length", `${upload}`], undefined, "the largest upload"],
    ["POST", "/api/v1/files", ["Content-Length", `${upload + 1}`], 413, "one byte more"],
    ["POST", "/api/v1/files/7", ["Content-Length", `${upload}`], undefined, "below the upload path"],
    ["POST", "/api/v1/filesystem", ["Content-Length", `${upload}`], 413, "not beside it"],
    ["DELETE", "/api/v1/comments/1", [], undefined, "a deletion without words"],
    ["DELETE", "/api/v1/comments/1", ["Content-Length", "20"], undefined, "a deletion with a token in its body"],
    ["GET", "/", ["Content-Length", "0"], undefined, "an empty body is none"],
    ["GET", "/", ["Content-Length", "1"], 400, "reading brings nothing along"],
    ["HEAD", "/", ["Transfer-Encoding", "chunked"], 400, "neither does asking for the head"],
  ])("%s %s %j: %s, %s", (method, target, headers, expected) => {
    expect(status(method, target, [...host, ...headers])).toBe(expected);
  });

  it("refuses the 101st header line", () => {
    const lines = (count: number) => Array.from({ length: count }, (_, index) => [`X-${index}`, "1"]).flat();
    expect(status("GET", "/", [...host, ...lines(99)])).toBeUndefined();
    expect(status("GET", "/", [...host, ...lines(100)])).toBe(431);
  });
});
