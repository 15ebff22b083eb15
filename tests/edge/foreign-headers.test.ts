import type { IncomingMessage } from "node:http";
import { expect, it } from "vitest";
import { currentExchange } from "@/lib/edge/exchange";
import { ask, openDoor } from "./door";

const forged: Record<string, string> = {
  "x-forwarded-for": "6.6.6.6",
  "X-Forwarded-Host": "evil.example",
  "x-forwarded-proto": "gopher",
  "x-forwarded-port": "666",
  "x-forwarded-server": "evil.example",
  forwarded: "for=6.6.6.6;host=evil.example",
  "x-real-ip": "6.6.6.6",
  "x-client-ip": "6.6.6.6",
  "true-client-ip": "6.6.6.6",
  "CF-Connecting-IP": "6.6.6.6",
  "x-middleware-subrequest": "middleware:middleware:middleware:middleware:middleware",
  "x-middleware-rewrite": "http://evil.example",
  "x-invoke-path": "/desk",
  "x-invoke-status": "500",
  "x-nextjs-data": "1",
  "x-nextjs-html-request-id": "evil",
  "next-resume": "1",
  "x-next-resume-state-length": "1",
  "x-action-forwarded": "1",
  "x-now-route-matches": "1=evil",
  "x-matched-path": "/desk",
  "x-nonce": "evil",
  "content-security-policy": "script-src 'nonce-evil'",
  "content-security-policy-report-only": "script-src 'nonce-evil'",
  "x-original-url": "/desk",
  "x-rewrite-url": "/desk",
  "x-http-method-override": "DELETE",
  "x-colloquy-page": "1",
};

function everywhere(request: IncomingMessage): string {
  return JSON.stringify([request.headers, request.headersDistinct, request.rawHeaders]);
}

async function handed(headers: Record<string, string>, trustedProxies: string[] = []) {
  const door = await openDoor(
    (request, response) => {
      response.setHeader("Content-Type", "application/json");
      const { address, nonce } = currentExchange() ?? {};
      response.end(JSON.stringify({ address, nonce, headers: request.headers, everything: everywhere(request) }));
    },
    { trustedProxies },
  );
  return JSON.parse((await ask(door.port, { headers })).body);
}

it.each(Object.entries(forged))("what a stranger says in %s is gone, %s", async (name, value) => {
  const plain = await handed({});
  const seen = await handed({ [name]: value });
  const without = ({ headers, address }: typeof seen) => {
    const { "content-security-policy": policy, ...rest } = headers;
    return { ...rest, address, policy: policy.replace(/nonce-[^']+/g, "nonce") };
  };
  expect(without(seen)).toEqual(without(plain));
  expect(seen.everything).not.toMatch(/6\.6\.6\.6|evil|gopher|666|\/desk|middleware/);
});

it("pages read the front door's own words instead", async () => {
  const { headers, address, nonce } = await handed({});
  expect(headers).toMatchObject({
    host: "talk.example.org",
    "x-forwarded-for": "127.0.0.1",
    "x-forwarded-host": "talk.example.org",
    "x-forwarded-port": "443",
    "x-forwarded-proto": "https",
  });
  expect(address).toBe("127.0.0.1");
  expect(nonce).toMatch(/^[A-Za-z0-9+/]{22}==$/);
  expect(headers["content-security-policy"]).toContain(`script-src 'self' 'nonce-${nonce}' 'strict-dynamic'`);
});

it("a trusted proxy is believed about the address, and about nothing else", async () => {
  const { headers, address } = await handed(forged, ["127.0.0.0/8"]);
  expect(address).toBe("6.6.6.6");
  expect(headers["x-forwarded-for"]).toBe("6.6.6.6");
  expect(headers["x-forwarded-host"]).toBe("talk.example.org");
  expect(headers["x-real-ip"]).toBeUndefined();
});

it("what browsers say stays", async () => {
  const said = {
    cookie: "a=b",
    "accept-language": "de",
    "if-none-match": '"x"',
    rsc: "1",
    "next-action": "abc",
    "user-agent": "x",
  };
  const { headers } = await handed(said);
  expect(headers).toMatchObject(said);
});
