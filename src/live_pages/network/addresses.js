// @ts-check
/**
 * Addresses of sockets. Programs give and get them as arrays or strings; inside, an address of the
 * IP families is an endpoint. An IPv4 address that an IPv6 socket writes as `::ffff:127.0.0.1` is
 * the endpoint of the IPv4 address, so that both find each other.
 */

import { AF_INET, AF_INET6 } from "./constants.js";
import { SystemError } from "./errors.js";

/**
 * @typedef {object} Endpoint
 * @property {number} family AF_INET or AF_INET6.
 * @property {string} host In the one way of writing it that `inet_ntop` has.
 * @property {number} port
 */

/**
 * [host, port], or [host, port, flow, scope], or a path or an abstract name of AF_UNIX.
 *
 * @typedef {[string, number] | [string, number, number, number] | string | Uint8Array} Address
 */

/** @typedef {"wildcard" | "local" | "broadcast" | "multicast" | "elsewhere"} Reach */

export const LOOPBACK_IPV4 = "127.0.0.1";
export const LOOPBACK_IPV6 = "::1";
const WILDCARD_IPV4 = "0.0.0.0";
const WILDCARD_IPV6 = "::";
const BROADCASTS = new Set(["127.255.255.255", "255.255.255.255"]);
const HEXTETS = 8;

/**
 * The endpoint that an address names.
 *
 * @param {unknown} address What the program gave.
 * @param {number} family The socket's.
 * @returns {Endpoint}
 * @throws {SystemError} EINVAL if it is no address of the family.
 */
export function endpointOf(address, family) {
  if (!Array.isArray(address) || typeof address[0] !== "string") {
    throw new SystemError("EINVAL", `not an address of host and port: ${String(address)}`);
  }
  const [host, port] = address;
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new SystemError("EINVAL", `not a port: ${String(port)}`);
  }
  if (family === AF_INET) return { family, host: canonicalIPv4(host), port };
  const hextets = parseIPv6(host);
  const mapped = mappedIPv4(hextets);
  if (mapped !== null) return { family: AF_INET, host: mapped, port };
  return { family, host: formatIPv6(hextets), port };
}

/**
 * How a program sees an endpoint.
 *
 * @param {Endpoint} endpoint
 * @param {number} family The family of the program's socket.
 * @returns {Address}
 */
export function addressOf(endpoint, family) {
  if (family === AF_INET) return [endpoint.host, endpoint.port];
  const host = endpoint.family === AF_INET ? `::ffff:${endpoint.host}` : endpoint.host;
  return [host, endpoint.port, 0, 0];
}

/**
 * All addresses of a family, with a port.
 *
 * @param {number} family
 * @param {number} [port]
 * @returns {Endpoint}
 */
export function wildcard(family, port = 0) {
  return { family, host: family === AF_INET ? WILDCARD_IPV4 : WILDCARD_IPV6, port };
}

/** @param {Endpoint} endpoint */
export function isWildcard(endpoint) {
  return endpoint.host === WILDCARD_IPV4 || endpoint.host === WILDCARD_IPV6;
}

/**
 * Where a destination is: the wildcard means this machine.
 *
 * @param {Endpoint} endpoint
 * @returns {Endpoint}
 */
export function destination(endpoint) {
  return isWildcard(endpoint) ? { ...endpoint, host: loopbackHost(endpoint.family) } : endpoint;
}

/** @param {number} family */
export function loopbackHost(family) {
  return family === AF_INET ? LOOPBACK_IPV4 : LOOPBACK_IPV6;
}

/**
 * What lies at an address, on a machine that has no network but loopback.
 *
 * @param {Endpoint} endpoint
 * @returns {Reach}
 */
export function reachOf(endpoint) {
  const { family, host } = endpoint;
  if (isWildcard(endpoint)) return "wildcard";
  if (family === AF_INET6) {
    if (host.startsWith("ff")) return "multicast";
    return host === LOOPBACK_IPV6 ? "local" : "elsewhere";
  }
  if (BROADCASTS.has(host)) return "broadcast";
  const first = Number(host.split(".")[0]);
  if (first >= 224 && first <= 239) return "multicast";
  return first === 127 ? "local" : "elsewhere";
}

/**
 * Whether two endpoints are the same.
 *
 * @param {Endpoint | null} one
 * @param {Endpoint | null} other
 */
export function sameEndpoint(one, other) {
  if (one === null || other === null) return one === other;
  return one.port === other.port && one.host === other.host;
}

/**
 * The text of four bytes, such as `IP_ADD_MEMBERSHIP` is given.
 *
 * @param {Uint8Array} bytes
 */
export function ipv4Text(bytes) {
  return bytes.slice(0, 4).join(".");
}

/** @param {string} host */
function canonicalIPv4(host) {
  const parts = host.split(".");
  const numbers = parts.map((part) => (/^\d{1,3}$/.test(part) ? Number(part) : 256));
  if (parts.length !== 4 || numbers.some((number) => number > 255)) {
    throw new SystemError("EINVAL", `not an IPv4 address: ${host}`);
  }
  return numbers.join(".");
}

/**
 * @param {string} host
 * @returns {number[]} Eight numbers of 16 bits.
 */
function parseIPv6(host) {
  const invalid = new SystemError("EINVAL", `not an IPv6 address: ${host}`);
  const halves = (host.split("%")[0] ?? "").split("::");
  if (halves.length > 2) throw invalid;
  const [before = [], after = []] = halves.map((half) => hextetsOf(half, invalid));
  const missing = HEXTETS - before.length - after.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) throw invalid;
  return [...before, ...new Array(missing).fill(0), ...after];
}

/**
 * @param {string} text Groups between colons, the last of which may be an IPv4 address.
 * @param {SystemError} invalid
 * @returns {number[]}
 */
function hextetsOf(text, invalid) {
  if (text === "") return [];
  const groups = text.split(":");
  return groups.flatMap((group, index) => {
    if (group.includes(".") && index === groups.length - 1) {
      const [a = 0, b = 0, c = 0, d = 0] = canonicalIPv4(group).split(".").map(Number);
      return [a * 256 + b, c * 256 + d];
    }
    if (!/^[0-9a-fA-F]{1,4}$/.test(group)) throw invalid;
    return [parseInt(group, 16)];
  });
}

/**
 * @param {number[]} hextets
 * @returns {string | null} The IPv4 address within `::ffff:0:0/96`.
 */
function mappedIPv4(hextets) {
  const [high = 0, low = 0] = hextets.slice(6);
  if (hextets[5] !== 0xffff || hextets.slice(0, 5).some((hextet) => hextet !== 0)) return null;
  return [high >> 8, high & 255, low >> 8, low & 255].join(".");
}

/** @param {number[]} hextets */
function formatIPv6(hextets) {
  const text = hextets.map((hextet) => hextet.toString(16)).join(":");
  // The first of the longest runs of at least two zeros is left out (RFC 5952).
  const runs = text.match(/\b0(?::0)+\b/g) ?? [];
  const longest = runs.reduce((best, run) => (run.length > best.length ? run : best), "");
  if (longest === "") return text;
  const at = text.search(new RegExp(`\\b${longest}\\b`));
  const before = text.slice(0, at).replace(/:$/, "");
  const after = text.slice(at + longest.length).replace(/^:/, "");
  return `${before}::${after}`;
}
