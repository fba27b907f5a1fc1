// @ts-check
/** Runs the scripts of scripts.txt on the kernel; linux_sockets.py says what they look like. */

import { readFileSync } from "node:fs";

import * as linux from "../../../src/live_pages/network/constants.js";
import { ERROR_NUMBERS } from "../../../src/live_pages/network/errors.js";
import { Kernel } from "../../../src/live_pages/network/kernel.js";

/**
 * @typedef {{ title: string, calls: string[], answers: string[] }} Script
 * @typedef {import("../../../src/live_pages/network/addresses.js").Address} Address
 */

const SHOWN_BYTES = 40;
const FAMILIES = new Map([
  ["inet", linux.AF_INET],
  ["inet6", linux.AF_INET6],
  ["unix", linux.AF_UNIX],
  ["none", 99],
]);
const TYPES = new Map([
  ["stream", linux.SOCK_STREAM],
  ["dgram", linux.SOCK_DGRAM],
  ["raw", linux.SOCK_RAW],
]);
const HOW = new Map([
  ["rd", linux.SHUT_RD],
  ["wr", linux.SHUT_WR],
  ["rdwr", linux.SHUT_RDWR],
]);
const FLAGS = new Map([
  ["peek", linux.MSG_PEEK],
  ["waitall", linux.MSG_WAITALL],
  ["dontwait", linux.MSG_DONTWAIT],
]);
const OPTIONS = new Map([
  ...["REUSEADDR", "TYPE", "ERROR", "BROADCAST", "SNDBUF", "RCVBUF", "KEEPALIVE", "LINGER"],
  ...["REUSEPORT", "ACCEPTCONN", "PROTOCOL", "DOMAIN"],
].map((name) => {
  const number = /** @type {Record<string, number>} */ (/** @type {unknown} */ (linux))[`SO_${name}`];
  return /** @type {[string, [number, number]]} */ ([`SO_${name}`, [linux.SOL_SOCKET, number]]);
}).concat([
  ["TCP_NODELAY", [linux.IPPROTO_TCP, 1]],
  ["TCP_KEEPIDLE", [linux.IPPROTO_TCP, 4]],
  ["IP_TTL", [linux.IPPROTO_IP, 2]],
  ["IP_MULTICAST_IF", [linux.IPPROTO_IP, linux.IP_MULTICAST_IF]],
  ["IP_MULTICAST_TTL", [linux.IPPROTO_IP, linux.IP_MULTICAST_TTL]],
  ["IP_ADD_MEMBERSHIP", [linux.IPPROTO_IP, linux.IP_ADD_MEMBERSHIP]],
  ["IP_DROP_MEMBERSHIP", [linux.IPPROTO_IP, linux.IP_DROP_MEMBERSHIP]],
  ["IPV6_V6ONLY", [linux.IPPROTO_IPV6, linux.IPV6_V6ONLY]],
]));
const POLL_BITS = new Map([
  ["IN", linux.POLLIN],
  ["PRI", linux.POLLPRI],
  ["OUT", linux.POLLOUT],
  ["ERR", linux.POLLERR],
  ["HUP", linux.POLLHUP],
  ["NVAL", linux.POLLNVAL],
  ["RDHUP", linux.POLLRDHUP],
]);

/** @returns {Script[]} */
export function readScripts() {
  const text = readFileSync(new URL("scripts.txt", import.meta.url), "utf8");
  return text.split(/^## /m).slice(1).map((part) => {
    const [title = "", ...lines] = part.trim().split("\n");
    const pairs = lines.filter(Boolean).map((line) => line.split(" -> "));
    return {
      title,
      calls: pairs.map(([call = ""]) => call),
      answers: pairs.map(([, answer = ""]) => answer),
    };
  });
}

/**
 * What the kernel answers to the calls of a script.
 *
 * @param {Script} script
 */
export async function answersOfKernel(script) {
  const run = new Run();
  const answers = [];
  for (const call of script.calls) answers.push(await run.answer(call));
  run.end();
  return answers;
}

/** A call that failed. */
class Failed extends Error {}

class Run {
  #process = new Kernel().process("script");
  /** @type {Map<string, number>} */
  #sockets = new Map();
  /** @type {Map<number, string>} */
  #ports = new Map();
  /** @type {Map<string, { promise: Promise<string>, over: boolean }>} */
  #started = new Map();

  /**
   * @param {string} call
   * @returns {Promise<string>}
   */
  async answer(call) {
    const [name = "", ...args] = call.split(" ");
    if (name === "start") return this.#start(args);
    try {
      return this.#text(await this.#make(name, args, 0));
    } catch (error) {
      if (error instanceof Failed) return error.message;
      throw error;
    }
  }

  end() {
    this.#process.destroy();
  }

  /** @param {string[]} args */
  async #start([label = "", name = "", ...args]) {
    const answer = this.#make(name, args, -1).then(
      (value) => this.#text(value),
      (error) => {
        if (error instanceof Failed) return error.message;
        throw error;
      },
    );
    const started = { promise: answer, over: false };
    void answer.finally(() => (started.over = true));
    this.#started.set(label, started);
    await settled();
    return "started";
  }

  /**
   * @param {string} name
   * @param {string[]} args
   * @param {number} timeout
   * @returns {Promise<unknown>}
   */
  async #make(name, args, timeout) {
    const [first = "", second = "", third = "", fourth = ""] = args;
    const id = this.#sockets.get(first) ?? 0;
    switch (name) {
      case "join":
        await settled();
        return this.#started.get(first)?.over ? this.#started.get(first)?.promise : "still waits";
      case "waits":
        await settled();
        return this.#started.get(first)?.over ? "False" : "True";
      case "socket": {
        const type = TYPES.get(third) ?? Number(third);
        const family = FAMILIES.get(second);
        const made = await this.#call("socket", family, type, Number(fourth));
        this.#sockets.set(first, /** @type {number} */ (made));
        return null;
      }
      case "socketpair": {
        const pair = await this.#call("socketpair", FAMILIES.get(third), TYPES.get(fourth));
        const [one, other] = /** @type {[number, number]} */ (pair);
        this.#sockets.set(first, one).set(second, other);
        return null;
      }
      case "dup":
        this.#sockets.set(second, /** @type {number} */ (await this.#call("dup", id)));
        return null;
      case "accept": {
        const accepted = await this.#call("accept", id, timeout);
        const [made, peer] = /** @type {[number, Address]} */ (accepted);
        this.#sockets.set(second, made);
        return peer;
      }
      case "bind":
        return this.#call("bind", id, await this.#address(second));
      case "listen":
        return this.#call("listen", id, Number(second));
      case "connect":
        return this.#call("connect", id, await this.#address(second), timeout);
      case "send":
        return this.#call("send", id, content(second), timeout);
      case "sendto":
        return this.#call("sendto", id, content(second), await this.#address(third), timeout);
      case "recv":
        return this.#call("recv", id, Number(second), flagsOf(third), timeout);
      case "recvfrom": {
        const received = await this.#call("recvfrom", id, Number(second), flagsOf(third), timeout);
        const [bytes, from] = /** @type {[Uint8Array, Address | null]} */ (received);
        return `${this.#text(bytes)} from ${from === null ? "ok" : this.#text(from)}`;
      }
      case "fill":
        await this.#untilItWouldWait(() => this.#call("send", id, new Uint8Array(65536), 0));
        return "full";
      case "drain": {
        const last = await this.#untilItWouldWait(async () => {
          const bytes = await this.#call("recv", id, 65536, 0, 0);
          return /** @type {Uint8Array} */ (bytes).length;
        });
        return last === 0 ? "empty, end of stream" : "empty";
      }
      case "flood": {
        const to = await this.#address(fourth);
        for (let sent = 0; sent < Number(third); sent += 1) {
          await this.#call("sendto", id, new Uint8Array(Number(second)), to, 0);
        }
        return Number(third);
      }
      case "count": {
        let count = -1;
        await this.#untilItWouldWait(async () => {
          count += 1;
          await this.#call("recv", id, 65536, 0, 0);
          return true;
        });
        return count;
      }
      case "shutdown":
        return this.#call("shutdown", id, HOW.get(second));
      case "setsockopt":
        return this.#call("setsockopt", id, ...optionOf(second), optionValue(args.slice(1)));
      case "getsockopt": {
        const value = await this.#call("getsockopt", id, ...optionOf(second));
        if (second === "SO_ERROR") return errorName(value);
        return value instanceof Uint8Array ? new Int32Array(value.buffer).join(" ") : value;
      }
      case "poll": {
        const answer = await this.#call("poll", [id, 1 | 2 | 4 | linux.POLLRDHUP], 0);
        const [, bits = 0] = /** @type {number[]} */ (answer);
        const names = [...POLL_BITS].filter(([, bit]) => bits & bit).map(([bit]) => bit);
        return names.join(" ") || "nothing";
      }
      case "unlink":
        return this.#call("unlink", first);
      default:
        return this.#call(name, id);
    }
  }

  /**
   * @param {string} operation
   * @param {...unknown} args
   */
  async #call(operation, ...args) {
    const answer = await this.#process.call(operation, args);
    if ("error" in answer) throw new Failed(answer.error);
    return answer.value;
  }

  /**
   * @param {() => Promise<unknown>} call
   * @returns {Promise<unknown>} 0 if the call answered that in the end.
   */
  async #untilItWouldWait(call) {
    try {
      for (;;) if ((await call()) === 0) return 0;
    } catch (error) {
      if (error instanceof Failed && error.message === "EAGAIN") return undefined;
      throw error;
    }
  }

  /**
   * @param {string} text
   * @returns {Promise<unknown>}
   */
  async #address(text) {
    if (text.startsWith("unix:")) {
      const path = text.slice("unix:".length);
      return path.startsWith("@") ? `\0${path.slice(1)}` : path;
    }
    if (text.startsWith("@")) return this.#call("getsockname", this.#sockets.get(text.slice(1)));
    const at = text.lastIndexOf(":");
    const host = text.slice(0, at).replace(/^\[|\]$/g, "");
    const port = text.slice(at + 1);
    if (/^\d+$/.test(port)) return [host, Number(port)];
    const name = await this.#call("getsockname", this.#sockets.get(port.slice(1)));
    return [host, /** @type {[string, number]} */ (name)[1]];
  }

  /** @param {unknown} value */
  #text(value) {
    if (value === null) return "ok";
    if (value instanceof Uint8Array) {
      const text = new TextDecoder().decode(value);
      if (value[0] === 0) return `@${text.slice(1)}`;
      return value.length > SHOWN_BYTES ? `${value.length} bytes` : `'${text}'`;
    }
    if (Array.isArray(value)) {
      const [host, port] = value;
      const shown = port >= linux.FIRST_EPHEMERAL_PORT && port <= linux.LAST_EPHEMERAL_PORT
        ? this.#ports.get(port) ?? `e${this.#ports.size + 1}`
        : port;
      if (typeof shown === "string") this.#ports.set(port, shown);
      return host.includes(":") ? `[${host}]:${shown}` : `${host}:${shown}`;
    }
    return value === "" ? "no name" : String(value);
  }
}

/** Lets everything happen that waits for nothing but its turn. */
function settled() {
  return new Promise((resolve) => void setImmediate(resolve));
}

/** @param {string} text */
function content(text) {
  const [letter = "", count] = text.split("*");
  if (count !== undefined) return new TextEncoder().encode(letter.repeat(Number(count)));
  return new TextEncoder().encode(text === "-" ? "" : text);
}

/** @param {string} text */
function flagsOf(text) {
  return text.split("+").reduce((flags, flag) => flags | (FLAGS.get(flag) ?? 0), 0);
}

/** @param {string} name */
function optionOf(name) {
  if (name.startsWith("#")) return name.slice(1).split(",").map(Number);
  const option = OPTIONS.get(name);
  if (option === undefined) throw new Error(`scripts.js does not know the option ${name}`);
  return option;
}

/** @param {string[]} words The option's name and its values. */
function optionValue([name = "", ...values]) {
  if (name === "SO_LINGER") return new Uint8Array(new Int32Array(values.map(Number)).buffer);
  if (values[0]?.includes(".")) {
    return Uint8Array.from(values.flatMap((value) => value.split(".").map(Number)));
  }
  return Number(values[0]);
}

/** @param {unknown} number */
function errorName(number) {
  const found = Object.entries(ERROR_NUMBERS).find(([, known]) => known === number);
  return found?.[0] ?? String(number);
}
