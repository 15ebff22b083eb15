// Whose request it is: the client's address behind trusted proxies (R7), and the network it is counted under.
import ipaddr from "ipaddr.js";

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** Networks whose word about the client is believed, made by `parseNetworks`. */
export type Networks = readonly [Address, number][];

/**
 * Reads CIDR networks and single addresses, like `10.0.0.0/8` or `::1`.
 * @throws Error with a sentence naming the one that is neither
 */
export function parseNetworks(list: readonly string[]): Networks {
  return list.map((text): [Address, number] => {
    if (ipaddr.isValidCIDR(text)) return ipaddr.parseCIDR(text);
    const address = parseAddress(text);
    if (!address) throw new Error(`"${text}" is no network. Give one like 10.0.0.0/8 or an address like 192.0.2.7.`);
    return [address, address.kind() === "ipv4" ? 32 : 128];
  });
}

/**
 * The client's address: the peer, or, when the peer is trusted, the rightmost untrusted entry of `X-Forwarded-For`.
 * A chain of trusted addresses alone gives its leftmost one; an entry that is no address gives the peer.
 * @param forwardedFor the header as it came, several lines joined by commas
 * @returns an address without zone or IPv4 mapping, or "unknown" when the socket has none any more
 */
export function clientAddress(
  peer: string | undefined,
  forwardedFor: string | undefined,
  trusted: Networks = [],
): string {
  const own = parseAddress(peer ?? "");
  if (!own) return "unknown";
  if (!forwardedFor?.trim() || !isWithin(own, trusted)) return own.toString();
  let client = own;
  for (const entry of forwardedFor.split(",").reverse()) {
    const address = parseAddress(withoutPort(entry.trim()));
    if (!address) return own.toString();
    client = address;
    if (!isWithin(address, trusted)) break;
  }
  return client.toString();
}

/** The network an address is counted under: itself for IPv4 (`/32`), its `/64` for IPv6, "unknown" for what is none. */
export function networkOf(address: string): string {
  const parsed = parseAddress(address);
  if (!parsed) return "unknown";
  if (parsed.kind() === "ipv4") return `${parsed.toString()}/32`;
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toString()}/64`).toString()}/64`;
}

/** Whether `address` lies in one of `networks`. */
export function isInNetworks(address: string | undefined, networks: Networks): boolean {
  const parsed = parseAddress(address ?? "");
  return parsed !== undefined && isWithin(parsed, networks);
}

/** Whether `address` is this very machine's. */
export function isLoopback(address: string | undefined): boolean {
  return parseAddress(address ?? "")?.range() === "loopback";
}

function isWithin(address: Address, networks: Networks): boolean {
  return ipaddr.subnetMatch(address, { trusted: [...networks] }, "other") === "trusted";
}

/** Strict: no `127.1`, no octal or hexadecimal parts, which other programs read differently. */
function parseAddress(text: string): Address | undefined {
  const bare = text.split("%", 1)[0] ?? "";
  if (!ipaddr.IPv4.isValidFourPartDecimal(bare) && !(bare.includes(":") && ipaddr.IPv6.isValid(bare))) return undefined;
  return ipaddr.process(bare);
}

/** Some proxies write `192.0.2.7:4711` or `[2001:db8::1]:4711`. */
function withoutPort(entry: string): string {
  const match = /^(?:\[([^\]]+)\]|([\d.]+))(?::\d{1,5})?$/.exec(entry);
  return match?.[1] ?? match?.[2] ?? entry;
}
