import { describe, expect, it } from "vitest";
import { clientAddress, isLoopback, networkOf, parseNetworks } from "@/lib/edge/addresses";

const proxies = ["10.0.0.0/8", "192.0.2.7", "2001:db8:ffff::/48", "::1"];

// peer, X-Forwarded-For, client, the sentence
const chains: [string | undefined, string | undefined, string, string][] = [
  ["203.0.113.5", undefined, "203.0.113.5", "a visitor without a proxy is the peer"],
  ["203.0.113.5", "198.51.100.1", "203.0.113.5", "a visitor cannot name another address"],
  ["203.0.113.5", "10.0.0.1", "203.0.113.5", "nor a trusted one"],
  ["10.0.0.1", undefined, "10.0.0.1", "a trusted proxy without the header is the peer"],
  ["10.0.0.1", "", "10.0.0.1", "and so with an empty one"],
  ["10.0.0.1", " , ", "10.0.0.1", "and so with one of commas"],
  ["10.0.0.1", "198.51.100.1", "198.51.100.1", "a trusted proxy is believed"],
  ["192.0.2.7", "198.51.100.1", "198.51.100.1", "also one that is a single address"],
  ["192.0.2.8", "198.51.100.1", "192.0.2.8", "but not its neighbour"],
  ["10.0.0.1", "1.1.1.1, 198.51.100.1", "198.51.100.1", "what stands left of the client was the client's word"],
  ["10.0.0.1", "198.51.100.1, 10.9.9.9", "198.51.100.1", "a second trusted proxy is skipped"],
  ["10.0.0.1", "6.6.6.6, 198.51.100.1, 192.0.2.7, 10.9.9.9", "198.51.100.1", "and so are several"],
  ["10.0.0.1", "10.2.2.2, 198.51.100.1", "198.51.100.1", "a forged trusted address left of the client is not reached"],
  ["10.0.0.1", "10.3.3.3, 10.2.2.2", "10.3.3.3", "a chain inside the house begins at its leftmost"],
  ["10.0.0.1", "unknown", "10.0.0.1", "what is no address gives the peer"],
  ["10.0.0.1", "198.51.100.1, garbage", "10.0.0.1", "also at the right end"],
  ["10.0.0.1", "garbage, 198.51.100.1", "198.51.100.1", "but not where nobody looks"],
  ["10.0.0.1", "127.1", "10.0.0.1", "short forms are no addresses"],
  ["10.0.0.1", "0x7f.0.0.1", "10.0.0.1", "nor hexadecimal ones"],
  ["10.0.0.1", "010.0.0.1", "10.0.0.1", "nor octal ones"],
  ["10.0.0.1", "3232235777", "10.0.0.1", "nor plain numbers"],
  ["10.0.0.1", "198.51.100.1:4711", "198.51.100.1", "a port is left off"],
  ["10.0.0.1", "[2001:db8::1]:4711", "2001:db8::1", "also behind brackets"],
  ["::ffff:10.0.0.1", "198.51.100.1", "198.51.100.1", "a mapped peer is the IPv4 one"],
  ["::ffff:203.0.113.5", "198.51.100.1", "203.0.113.5", "also when it is not trusted"],
  ["10.0.0.1", "::ffff:198.51.100.1", "198.51.100.1", "a mapped client is unmapped"],
  ["::1", "2001:DB8:0:0::1", "2001:db8::1", "addresses come in one spelling"],
  ["2001:db8:ffff::1", "198.51.100.1", "198.51.100.1", "IPv6 networks are trusted, too"],
  ["2001:db8:fffe::1", "198.51.100.1", "2001:db8:fffe::1", "up to their edge"],
  ["fe80::1%eth0", undefined, "fe80::1", "a zone is left off"],
  [undefined, "198.51.100.1", "unknown", "a socket that is gone has no address"],
];

describe("the client's address (R7)", () => {
  it.each(chains)("%s with %s is %s: %s", (peer, forwardedFor, client) => {
    expect(clientAddress(peer, forwardedFor, parseNetworks(proxies))).toBe(client);
  });

  it("is the peer for everybody when no proxy is trusted", () => {
    for (const [peer, forwardedFor] of chains) {
      expect(clientAddress(peer, forwardedFor)).toBe(clientAddress(peer, undefined));
    }
  });

  it.each([["10.0.0.0/33"], ["10.0.0"], ["everybody"], [""]])("says that %j is no network", (text) => {
    expect(() => parseNetworks([text])).toThrow(`"${text}" is no network.`);
  });
});

describe("the network that an address is counted under", () => {
  it.each([
    ["198.51.100.1", "198.51.100.1/32"],
    ["::ffff:198.51.100.1", "198.51.100.1/32"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2::/64"],
    ["2001:db8:1:3::", "2001:db8:1:3::/64"],
    ["::1", "::/64"],
    ["unknown", "unknown"],
  ])("%s is in %s", (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});

it.each([
  ["127.0.0.1", true],
  ["127.8.8.8", true],
  ["::1", true],
  ["::ffff:127.0.0.1", true],
  ["10.0.0.1", false],
  [undefined, false],
])("knows whether %s is this machine: %s", (address, own) => {
  expect(isLoopback(address)).toBe(own);
});
