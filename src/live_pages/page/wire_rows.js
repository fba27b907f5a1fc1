// @ts-check
/** From what happens on the network to the rows of a picture, while it happens. */

import {
  addressLiteral,
  exceptionText,
  portOf,
  shownBytes,
  sizeInWords,
} from "./python_text.js";

/**
 * @typedef {import("../network/network.js").NetworkEvent} NetworkEvent
 * @typedef {import("../network/addresses.js").Address} Address
 *
 * @typedef {object} Row The fields are those of `Row` in `tested_pages.wire_picture`.
 * @property {string} lane Name of the program.
 * @property {string | null} to Name of the program that it sends to; null if it sends nothing.
 * @property {string} call
 * @property {string} words
 * @property {string} what
 * @property {string} data
 * @property {string} received
 * @property {string} receivedWords
 * @property {string} receivedData
 * @property {string} note
 * @property {"" | "waits" | "kept" | "lost" | "failed"} outcome
 * @property {string} socket The socket that it is about.
 * @property {string} direction Sender and receiver of data; empty for what is about no data.
 * @property {number | null} sent Bytes that were sent; null where nothing was.
 * @property {number} begins Number of the wait that begins here; 0 for none.
 * @property {number[]} ends Numbers of the waits that are over here.
 *
 * @typedef {object} Message What is on its way.
 * @property {Row} row
 * @property {NetworkEvent} event
 * @property {"data" | "connection" | "end" | "reset"} kind
 * @property {number} left Bytes that nobody has received yet.
 * @property {number} number How many rows the receiver had when it was sent.
 *
 * @typedef {object} Part Of a message, what one call has received.
 * @property {Message} message
 * @property {number} begin
 * @property {number} end
 *
 * @typedef {object} Wait
 * @property {Row} row Where it begins.
 * @property {Row | null} interrupted Where Ctrl-C seemed to end it.
 */

const PROCESS_ENDED = "process ended";
// What is drawn as a wait only while it lasts: it rarely does, and its end says the same.
const SELDOM_WAITS = new Set(["connect", "send", "sendall", "sendto"]);

/** The rows of one run. */
export class WireRows {
  /** @type {Row[]} */
  rows = [];
  /** @type {Message[]} */
  #onTheWay = [];
  /** Who has a port or a path. @type {Map<string, string>} */
  #owners = new Map();
  /** @type {Map<number, Row>} */
  #endings = new Map();
  /** Rows that show the end of a socket's stream. @type {Set<Row>} */
  #ends = new Set();
  /** @type {Set<number>} */
  #listening = new Set();
  /** @type {Set<string>} */
  #introduced = new Set();
  /** Which program a socket was of. @type {Map<number, string>} */
  #processes = new Map();
  /** @type {Map<string, number>} */
  #counts = new Map();
  /** The waits of a socket's call, the longest first. @type {Map<string, Wait[]>} */
  #waits = new Map();
  #begun = 0;

  /**
   * Takes in what has happened.
   *
   * @param {NetworkEvent} event
   */
  add(event) {
    if (event.process !== null) this.#processes.set(event.socket, event.process);
    const process = event.process ?? this.#processes.get(event.socket);
    if (process === undefined || event.pair) return;
    if (event.local !== null) this.#owners.set(ownerKey(event.local, event.type), process);
    const draw = HOW_TO_DRAW[event.operation];
    if (draw) this[draw](event, process);
  }

  /**
   * @param {string} lane
   * @param {Partial<Row>} fields
   */
  _row(lane, fields) {
    const row = { ...EMPTY, ends: [], ...fields, lane };
    this.rows.push(row);
    // To begin to wait hinders nothing.
    if (row.outcome === "waits") return row;
    for (const name of row.to === null ? [lane] : [lane, row.to]) {
      this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
    }
    return row;
  }

  /**
   * @param {NetworkEvent} event
   * @param {string} process
   */
  _call(event, process) {
    const { operation, error } = event;
    const socket = String(event.socket);
    if (operation === "listen") this.#listening.add(event.socket);
    const call = `${operation}(${argumentsOf(event)})`;
    if (error) {
      this._row(process, { call, socket, words: `raises ${exceptionText(error)}`, outcome: "failed" });
    } else {
      this._row(process, { call, socket });
    }
  }

  /**
   * @param {NetworkEvent} event
   * @param {string} process
   */
  _wait(event, process) {
    const { socket, call = "recv", asked } = event;
    const key = `${socket} ${call}`;
    const waits = this.#waits.get(key) ?? [];
    this.#waits.set(key, waits);
    const resumed = waits.find(({ interrupted }) => interrupted !== null);
    if (resumed?.interrupted) {
      // A handler took the signal, and Python has called again.
      this.#remove(resumed.interrupted);
      resumed.interrupted = null;
      return;
    }
    this.#begun += 1;
    const row = this._row(process, {
      call: `${call}(${asked ?? ""})`,
      socket: String(socket),
      words: "waits",
      outcome: "waits",
      begins: this.#begun,
    });
    waits.push({ row, interrupted: null });
  }

  /**
   * The wait that a call ends, if it has waited.
   *
   * @param {number} socket
   * @param {string} call
   */
  #endWait(socket, call) {
    const waits = this.#waits.get(`${socket} ${call}`);
    const wait = waits?.find(({ interrupted }) => interrupted === null);
    if (waits && wait) waits.splice(waits.indexOf(wait), 1);
    if (wait && SELDOM_WAITS.has(call)) this.#remove(wait.row);
    return wait;
  }

  /**
   * A call that ended with an exception, after a wait or without one.
   *
   * @param {NetworkEvent} event
   * @param {string} process
   * @param {string} call
   * @param {string} error
   */
  #failed(event, process, call, error) {
    const socket = String(event.socket);
    const waits = this.#waits.get(`${event.socket} ${event.operation}`);
    const wait = waits?.find(({ interrupted }) => interrupted === null);
    const ends = wait ? [wait.row.begins] : [];
    if (error === "EINTR") {
      // Whether it is over shows what the program does next: it may call again.
      const row = this._row(process, { call, socket, ends, words: "ends with KeyboardInterrupt" });
      if (wait) wait.interrupted = row;
      return;
    }
    if (wait) this.#endWait(event.socket, event.operation);
    const verb = error.startsWith("ETIMEDOUT") ? "ends with" : "raises";
    const words = `${verb} ${exceptionText(error)}`;
    this._row(process, { call, socket, ends, words, outcome: "failed" });
  }

  /** @param {Row} row */
  #remove(row) {
    this.rows.splice(this.rows.indexOf(row), 1);
    if (row.outcome === "waits") return;
    for (const name of row.to === null ? [row.lane] : [row.lane, row.to]) {
      this.#counts.set(name, (this.#counts.get(name) ?? 0) - 1);
    }
  }

  /** All programs have ended: what is still on its way is received by nobody. */
  finish() {
    for (const { row, kind } of this.#onTheWay.splice(0)) {
      if (kind === "end" || kind === "reset") {
        // The other end had gone: it is a call like others.
        Object.assign(row, { to: null, what: "", outcome: "" });
        row.note = "";
        if (row.call) row.call += "()";
        else row.words += ": its socket is closed";
      } else {
        row.outcome = "lost";
        addNote(row, kind === "connection" ? "never accepted" : "never received");
      }
    }
  }

  /**
   * @param {NetworkEvent} event
   * @param {string} process
   */
  _connect(event, process) {
    if (event.type === "udp") {
      this._call(event, process);
      return;
    }
    if (event.error) {
      const call = `connect(${addressLiteral(event.peer)})`;
      this.#failed(event, process, call, event.error);
      return;
    }
    this.#send(event, process, "connection", { call: "connect", what: "connection" });
  }

  /**
   * @param {NetworkEvent} event
   * @param {string} process
   */
  _send(event, process) {
    if (event.error) {
      this.#failed(event, process, `${event.operation}()`, event.error);
      return;
    }
    this.#endWait(event.socket, event.operation);
    const size = event.size ?? 0;
    this.#send(event, process, "data", {
      call: event.operation,
      sent: size,
      what: sizeInWords(size),
      data: shownBytes(event.data ?? new Uint8Array(), size),
    });
  }

  /**
   * @param {NetworkEvent} event
   * @param {string} process
   * @param {Message["kind"]} kind
   * @param {Partial<Row>} fields
   */
  #send(event, process, kind, fields) {
    const to = this.#owner(event.peer, event.type) ?? laneOf(event.peer);
    const note = this.#introduction(event);
    const socket = String(event.socket);
    const direction = kind === "data" ? `${process} to ${to}` : "";
    const row = this._row(process, { ...fields, to, note, socket, direction, outcome: "kept" });
    const number = this.#counts.get(to) ?? 0;
    this.#onTheWay.push({ row, event, kind, left: event.size ?? 0, number });
    return row;
  }

  /**
   * @param {NetworkEvent} event
   * @param {string} process
   */
  _accept(event, process) {
    if (event.error) {
      this.#failed(event, process, "accept()", event.error);
      return;
    }
    const socket = event.listener ?? event.socket;
    const wait = this.#endWait(socket, "accept");
    const ends = wait ? [wait.row.begins] : [];
    const message = this.#take(({ kind, event: sent }) => {
      return kind === "connection" && isSame(sent.local, event.peer);
    });
    if (message && this.#isDirect(message, process)) {
      receive(message.row, "accept", ends);
      return;
    }
    if (message) addNote(message.row, "accepted later");
    const port = portOf(event.peer);
    const note = port ? `from port ${port}` : "";
    const words = "returns the connection";
    this._row(process, { call: "accept()", socket: String(socket), words, note, ends });
  }

  /**
   * @param {NetworkEvent} event
   * @param {string} process
   */
  _receive(event, process) {
    const { operation, error, size = 0, asked } = event;
    const call = `${operation}(${asked ?? ""})`;
    if (error) {
      const reset = error === "ECONNRESET" ? this.#takeEnd(event, "reset") : undefined;
      if (reset && this.#isDirect(reset, process)) {
        const wait = this.#endWait(event.socket, operation);
        receive(reset.row, operation, wait ? [wait.row.begins] : []);
        reset.row.receivedWords = `raises ${exceptionText(error)}`;
        reset.row.outcome = "failed";
        return;
      }
      if (reset) addNote(reset.row, "received later");
      this.#failed(event, process, call, error);
      return;
    }
    const wait = this.#endWait(event.socket, operation);
    const ends = wait ? [wait.row.begins] : [];
    const peeks = event.detail === "MSG_PEEK";
    const stream = event.type !== "udp";
    const isEnd = stream && size === 0 && asked !== 0;
    const parts = peeks ? [] : this.#received(event, isEnd);
    const [first] = parts;
    const direction = first?.message.kind === "data" ? first.message.row.direction : "";
    if (wait) wait.row.direction = direction;
    const isWhole = parts.length === 1 && first !== undefined && isAllOf(first);
    const isDirect = first && parts.length === 1 && this.#isDirect(first.message, process);
    if (isDirect && (isWhole || !stream)) {
      const { row } = first.message;
      receive(row, operation, ends);
      if (isEnd) Object.assign(row, { receivedWords: "returns", receivedData: "b''" });
      if (event.truncated) row.receivedWords = `keeps ${sizeInWords(size)}, the rest is lost`;
      return;
    }
    for (const { message } of parts) addNote(message.row, "received later");
    this._row(process, {
      call: peeks ? `${operation}(${asked ?? ""}, MSG_PEEK)` : call,
      socket: String(event.socket),
      direction,
      words: peeks ? "sees" : "returns",
      what: sizeInWords(size),
      data: shownBytes(event.data ?? new Uint8Array(), size),
      note: isEnd ? "the end of the stream" : peeks ? "" : origin(event, parts),
      ends,
    });
  }

  /**
   * What a call received, message by message.
   *
   * @param {NetworkEvent} event
   * @param {boolean} isEnd
   * @returns {Part[]}
   */
  #received(event, isEnd) {
    const { size = 0 } = event;
    if (isEnd) {
      const end = this.#takeEnd(event, "end");
      return end ? [{ message: end, begin: 0, end: 0 }] : [];
    }
    if (event.type === "udp") {
      const whole = size + (event.truncated ?? 0);
      const message = this.#take(({ kind, event: sent }) => {
        return kind === "data" && sent.size === whole && isPeer(sent, event);
      });
      return message ? [{ message, begin: 0, end: size }] : [];
    }
    /** @type {Part[]} */
    const parts = [];
    for (let left = size; left > 0; ) {
      const next = this.#onTheWay.find(({ kind, event: sent }) => {
        return kind === "data" && isPeer(sent, event);
      });
      if (next === undefined) break;
      const begin = (next.event.size ?? 0) - next.left;
      const taken = Math.min(left, next.left);
      parts.push({ message: next, begin, end: begin + taken });
      next.left -= taken;
      left -= taken;
      if (next.left === 0) this.#take((message) => message === next);
    }
    return parts;
  }

  /**
   * @param {NetworkEvent} event
   * @param {"end" | "reset"} wanted
   */
  #takeEnd(event, wanted) {
    return this.#take(({ kind, event: sent }) => kind === wanted && isPeer(sent, event));
  }

  /** @param {(message: Message) => boolean} fits */
  #take(fits) {
    const position = this.#onTheWay.findIndex(fits);
    return position < 0 ? undefined : this.#onTheWay.splice(position, 1)[0];
  }

  /**
   * Whether nothing else happened to the receiver since the message was sent.
   *
   * @param {Message} message
   * @param {string} process
   */
  #isDirect(message, process) {
    return message.row.to === process && this.#counts.get(process) === message.number;
  }

  /**
   * @param {NetworkEvent} event
   * @param {string} process
   */
  _end(event, process) {
    const closed = this.#endings.get(event.socket);
    const isReset = event.operation === "reset";
    const what = isReset ? "reset" : "end of stream";
    if (closed && !this.#ends.has(closed)) {
      // It was drawn as a call; it is one that sends something.
      this.#remove(closed);
    }
    const call = closed?.call.replace(/\(.*/, "") ?? "";
    const row = this.#send(event, process, isReset ? "reset" : "end", { call, what });
    this.#endings.set(event.socket, row);
    this.#ends.add(row);
  }

  /**
   * @param {NetworkEvent} event
   * @param {string} process
   */
  _close(event, process) {
    const { operation, socket, detail } = event;
    const drawn = this.#endings.get(socket);
    const ended = detail === PROCESS_ENDED;
    if (drawn && this.#ends.has(drawn) && drawn.call === "" && drawn.words === "") {
      if (ended) drawn.words = "the program ends";
      else drawn.call = operation;
      return;
    }
    const call = `${operation}(${operation === "shutdown" ? (detail ?? "") : ""})`;
    /** @type {Partial<Row>} */
    const fields = { socket: String(socket) };
    if (ended) fields.words = "the program ends: its socket is closed";
    else fields.call = call;
    if (ended) this.#forgetWaits(socket);
    if (!ended && operation === "close" && this.#listening.has(socket)) {
      fields.note = "the listening socket";
    }
    this.#endings.set(socket, this._row(process, fields));
  }

  /** @param {number} socket Whose program was ended while it waited. */
  #forgetWaits(socket) {
    for (const key of this.#waits.keys()) {
      if (key.startsWith(`${socket} `)) this.#waits.delete(key);
    }
  }

  /** @param {NetworkEvent} event */
  _trouble(event) {
    const { operation } = event;
    const message = this.#onTheWay.findLast(({ event: sent }) => {
      return sent.socket === event.socket || isPeer(sent, event);
    });
    if (message === undefined) return;
    const { row } = message;
    addNote(row, TROUBLES[operation] ?? "");
    if (operation === "lost") row.outcome = "lost";
    if (operation === "refused" || operation === "unreachable") row.outcome = "failed";
    const isDatagram = event.type === "udp" && operation === "lost";
    if (isDatagram || row.outcome === "failed") this.#take((each) => each === message);
  }

  /**
   * The ports of a pair of sockets, told once.
   *
   * @param {NetworkEvent} event
   */
  #introduction({ local, peer }) {
    const [here, there] = [portOf(local), portOf(peer)];
    if (!here || !there) return "";
    const pair = [here, there].sort().join(" ");
    if (this.#introduced.has(pair)) return "";
    this.#introduced.add(pair);
    return `from port ${here} to port ${there}`;
  }

  /**
   * @param {Address | null} address
   * @param {NetworkEvent["type"]} type
   */
  #owner(address, type) {
    if (address === null) return undefined;
    return this.#owners.get(ownerKey(address, type));
  }
}

/** @type {Row} */
const EMPTY = {
  lane: "",
  to: null,
  call: "",
  words: "",
  what: "",
  data: "",
  received: "",
  receivedWords: "",
  receivedData: "",
  note: "",
  outcome: "",
  socket: "",
  direction: "",
  sent: null,
  begins: 0,
  ends: [],
};

/** @typedef {"_call" | "_wait" | "_connect" | "_send" | "_accept" | "_receive" | "_end" | "_close" | "_trouble"} Drawing */
/** @type {Partial<Record<NetworkEvent["operation"], Drawing>>} */
const HOW_TO_DRAW = {
  socket: "_call",
  bind: "_call",
  listen: "_call",
  connect: "_connect",
  accept: "_accept",
  send: "_send",
  sendall: "_send",
  sendto: "_send",
  wait: "_wait",
  recv: "_receive",
  recv_into: "_receive",
  recvfrom: "_receive",
  "end-of-stream": "_end",
  reset: "_end",
  shutdown: "_close",
  close: "_close",
  lost: "_trouble",
  duplicated: "_trouble",
  delayed: "_trouble",
  refused: "_trouble",
  unreachable: "_trouble",
};

/** @type {Partial<Record<NetworkEvent["operation"], string>>} */
const TROUBLES = {
  lost: "lost on its way",
  duplicated: "arrives twice",
  delayed: "held back",
  refused: exceptionText("ECONNREFUSED"),
  unreachable: "no program has it",
};

/**
 * @param {Row} row
 * @param {string} call
 * @param {readonly number[]} ends
 */
function receive(row, call, ends) {
  row.received = call;
  row.ends.push(...ends);
  if (row.outcome === "kept") row.outcome = "";
}

/**
 * @param {Row} row
 * @param {string} note
 */
function addNote(row, note) {
  if (!row.note.endsWith(note)) row.note = row.note ? `${row.note}, ${note}` : note;
}

/** @param {Part} part */
function isAllOf({ message, begin, end }) {
  return begin === 0 && end === (message.event.size ?? 0);
}

/**
 * Where received bytes come from, if they are not just what one call sent.
 *
 * @param {NetworkEvent} event
 * @param {readonly Part[]} parts
 */
function origin(event, parts) {
  const [first] = parts;
  if (first === undefined) {
    const port = portOf(event.peer);
    return port ? `from port ${port}` : "";
  }
  if (parts.length > 1) {
    return parts.every(isAllOf) ? `${parts.length} sends in one` : `from ${parts.length} sends`;
  }
  if (isAllOf(first)) return "";
  const whole = sizeInWords(first.message.event.size ?? 0);
  if (event.type === "udp") return `the rest of ${whole} is lost`;
  const isLast = first.end === first.message.event.size;
  return `the ${first.begin === 0 ? "first" : isLast ? "last" : "next"} of ${whole}`;
}

/** @param {NetworkEvent} event */
function argumentsOf(event) {
  switch (event.operation) {
    case "socket":
      return `${familyOf(event)}, ${event.type === "udp" ? "SOCK_DGRAM" : "SOCK_STREAM"}`;
    case "bind":
      return addressLiteral(event.local);
    case "connect":
      return addressLiteral(event.peer);
    case "listen":
      return event.size ?? "";
    default:
      return "";
  }
}

/** @param {NetworkEvent} event */
function familyOf({ type, local }) {
  if (type === "unix") return "AF_UNIX";
  return Array.isArray(local) && local.length > 2 ? "AF_INET6" : "AF_INET";
}

/**
 * @param {Address} address
 * @param {string} type
 */
function ownerKey(address, type) {
  const port = portOf(address);
  return port ? `${type} ${port}` : `${type} ${address}`;
}

/** @param {Address | null} address */
function laneOf(address) {
  const port = portOf(address);
  return port ? `port ${port}` : String(address ?? "elsewhere");
}

/**
 * Whether what one socket sent can be what another received.
 *
 * @param {NetworkEvent} sent
 * @param {NetworkEvent} received
 */
function isPeer(sent, received) {
  if (sent.type !== received.type) return false;
  if (portOf(sent.local) === null) return sent.socket !== received.socket;
  return isSame(sent.peer, received.local) && isSame(sent.local, received.peer);
}

/**
 * @param {Address | null} one
 * @param {Address | null} other
 */
function isSame(one, other) {
  const port = portOf(one);
  return port ? port === portOf(other) : String(one) === String(other);
}
