// @ts-check

import * as linux from "./constants.js";
import { BlockedCalls } from "./blocking.js";
import { DatagramSocket } from "./datagram_socket.js";
import { SystemError } from "./errors.js";
import { StreamSocket } from "./stream_socket.js";
import { UnixDatagramSocket } from "./unix_datagram_socket.js";
import { placeOf, unixName } from "./unix_names.js";
import { UnixStreamSocket } from "./unix_stream_socket.js";

/**
 * @typedef {import("./addresses.js").Address} Address
 * @typedef {import("./errors.js").Failure} Failure
 * @typedef {import("./network.js").EventFields} EventFields
 * @typedef {import("./network.js").Network} Network
 * @typedef {import("./network.js").Operation} Operation
 * @typedef {import("./socket.js").Received} Received
 * @typedef {import("./socket.js").Socket} Socket
 */

/**
 * The answer of a system call.
 *
 * @typedef {{ value: unknown } | { error: Failure, detail?: string }} Answer
 */

/**
 * What `os.getpid`, `os.getuid` and `os.getgid` tell the process.
 *
 * @typedef {{ process: number, user: number, group: number }} Credentials
 */

/** Those of every Pyodide. @type {Readonly<Credentials>} */
export const PYODIDE_CREDENTIALS = Object.freeze({ process: 42, user: 0, group: 0 });

// Bits of a socket's type that ask for descriptors that do not wait or are not inherited.
const TYPE_FLAGS = 0o4000 | 0o2000000;
const SHUTDOWN_NAMES = /** @type {const} */ (["SHUT_RD", "SHUT_WR", "SHUT_RDWR"]);
const ALWAYS_POLLED = linux.POLLERR | linux.POLLHUP | linux.POLLNVAL;
const PROMISING = new Set(["connect", "accept", "send", "sendall"]);
// Failures that only say that a program asked too early.
const UNREPORTED = new Set(["EAGAIN", "EBADF", "ENOTSOCK"]);

/** One process: its sockets, and the system calls that it makes. */
export class KernelProcess {
  #network;
  #blocked;
  /** @type {Map<number, { socket: Socket, descriptors: number }>} */
  #sockets = new Map();
  #dead = false;
  /** The folder from which relative paths of AF_UNIX sockets lead. */
  folder = "";
  /** Told which socket takes no more for granted. @type {(id: number) => void} */
  onRetract = () => {};

  /**
   * @param {Network} network
   * @param {string} name
   * @param {Credentials} credentials
   */
  constructor(network, name, credentials) {
    this.#network = network;
    this.name = name;
    this.credentials = credentials;
    this.#blocked = new BlockedCalls(network.clock);
  }

  /** How many sockets are open and how many calls wait. */
  get usage() {
    return { sockets: this.#sockets.size, waiting: this.#blocked.size };
  }

  /**
   * Makes a system call. It never throws: what fails answers an error. Arrays of bytes that are
   * given are kept and must not be changed afterwards.
   *
   * @param {string} operation
   * @param {readonly unknown[]} args
   * @returns {Answer | Promise<Answer>}
   */
  call(operation, args) {
    const call = OPERATIONS.get(operation);
    try {
      if (call === undefined) throw new SystemError("EINVAL", `there is no call ${operation}`);
      if (this.#dead) throw new SystemError("EBADF", `the process ${this.name} is over`);
      const value = call.apply(this, /** @type {any} */ (args));
      if (value instanceof Promise) return value.then((result) => ({ value: result }), failure);
      return { value };
    } catch (error) {
      return failure(error);
    }
  }

  /** Lets every call that waits answer EINTR, as a signal does. */
  interrupt() {
    this.#blocked.interrupt();
  }

  /** Ends the process: all that waits is given up, and the system closes all sockets. */
  destroy() {
    this.#dead = true;
    this.#blocked.interrupt();
    for (const { socket } of [...this.#sockets.values()]) {
      socket.holders -= 1;
      // What another process has got too lives on.
      if (socket.holders > 0) socket.references -= 1;
      else this.#close(socket, "process ended");
    }
    this.#sockets.clear();
  }

  /**
   * @param {number} family
   * @param {number} type
   * @param {number} protocol
   * @returns {number}
   */
  socket(family, type, protocol = 0) {
    const socket = newSocket(this.#network, this, family, type & ~TYPE_FLAGS, protocol);
    this.#adopt(socket);
    socket.report("socket");
    return socket.id;
  }

  /**
   * @param {number} family
   * @param {number} type
   * @returns {[number, number]}
   */
  socketpair(family, type) {
    const kind = type & ~TYPE_FLAGS;
    if (family !== linux.AF_UNIX) {
      newSocket(this.#network, this, family, kind, 0);
      throw new SystemError("EOPNOTSUPP");
    }
    const [one, other] = [0, 1].map(() => newSocket(this.#network, this, family, kind, 0));
    if (one instanceof UnixStreamSocket && other instanceof UnixStreamSocket) one.pairWith(other);
    if (one instanceof UnixDatagramSocket && other instanceof UnixDatagramSocket) {
      one.pairWith(other);
    }
    for (const end of /** @type {Socket[]} */ ([one, other])) {
      this.#adopt(end);
      end.report("socket");
    }
    return [/** @type {Socket} */ (one).id, /** @type {Socket} */ (other).id];
  }

  /**
   * Makes one descriptor more mean the socket: it takes as many calls of close.
   *
   * @param {number} id
   * @returns {number} The same id.
   */
  dup(id) {
    this.#find(id);
    const entry = /** @type {{ descriptors: number }} */ (this.#sockets.get(id));
    entry.descriptors += 1;
    return id;
  }

  /** @param {number} id */
  close(id) {
    const socket = this.#find(id);
    const entry = /** @type {{ descriptors: number }} */ (this.#sockets.get(id));
    entry.descriptors -= 1;
    if (entry.descriptors > 0) return null;
    this.#sockets.delete(id);
    socket.holders -= 1;
    this.#release(socket);
    return null;
  }

  /**
   * Passes sockets on to whoever reads the next byte that is sent.
   *
   * @param {number} id Of a connected AF_UNIX stream.
   * @param {number[]} passed Ids of the sockets, which this process keeps as well.
   */
  pass_sockets(id, passed) {
    const way = this.#find(id);
    const sockets = passed.map((each) => this.#find(each));
    if (!(way instanceof UnixStreamSocket)) throw new SystemError("EOPNOTSUPP");
    way.pass(sockets);
    for (const socket of sockets) {
      socket.references += 1;
      socket.holders += 1;
    }
    return null;
  }

  /**
   * Takes the sockets that came with what was read.
   *
   * @param {number} id
   * @returns {number[]} Their ids.
   */
  passed_sockets(id) {
    const way = this.#find(id);
    if (!(way instanceof UnixStreamSocket)) return [];
    return way.takePassed().map((socket) => {
      const entry = this.#sockets.get(socket.id);
      if (entry === undefined) {
        socket.owner = this;
        this.#adopt(socket);
      } else {
        entry.descriptors += 1;
        socket.references -= 1;
        socket.holders -= 1;
      }
      return socket.id;
    });
  }

  /**
   * @param {number} id
   * @param {Address} address
   */
  bind(id, address) {
    const socket = this.#find(id);
    this.#reported("bind", socket, { local: address }, () => socket.bind(address));
    socket.report("bind");
    return null;
  }

  /**
   * @param {number} id
   * @param {number} [backlog]
   */
  listen(id, backlog) {
    const socket = this.#find(id);
    const fields = backlog === undefined ? {} : { size: backlog };
    this.#reported("listen", socket, fields, () => socket.listen(backlog ?? linux.DEFAULT_BACKLOG));
    socket.report("listen", fields);
    return null;
  }

  /**
   * @param {number} id
   * @param {number} timeout
   */
  accept(id, timeout) {
    const listener = this.#find(id);
    return this.#block("accept", listener, timeout, () => {
      const socket = listener.tryAccept();
      if (socket === undefined) return undefined;
      socket.owner = this;
      this.#adopt(socket);
      socket.report("accept", { listener: id });
      return [socket.id, socket.remoteAddress(), socket.name()];
    });
  }

  /**
   * @param {number} id
   * @param {Address} address
   * @param {number} timeout
   */
  connect(id, address, timeout) {
    const socket = this.#find(id);
    const waiting = this.#reported("connect", socket, { peer: address }, () =>
      socket.connect(address),
    );
    if (waiting === null) return null;
    if (timeout === 0) {
      socket.stopConnecting();
      throw new SystemError(waiting);
    }
    const attempt = () => (socket.tryFinishConnect() ? null : undefined);
    return this.#block("connect", socket, timeout, attempt, {
      interrupted: () => {
        socket.stopConnecting();
        throw new SystemError("EINTR");
      },
      timedOut: () => {
        socket.stopConnecting();
        throw new SystemError("ETIMEDOUT_PYTHON");
      },
    });
  }

  /**
   * Sends to the other end of the connection. Without a timeout a stream takes all bytes before the
   * call is over, else what it has room for.
   *
   * @param {number} id
   * @param {Uint8Array} bytes
   * @param {number} timeout
   */
  send(id, bytes, timeout) {
    return this.#send("send", id, bytes, timeout);
  }

  /**
   * The same for a program that wants all of it sent, and calls again with the rest.
   *
   * @param {number} id
   * @param {Uint8Array} bytes
   * @param {number} timeout
   */
  sendall(id, bytes, timeout) {
    return this.#send("sendall", id, bytes, timeout);
  }

  /**
   * Sends what was promised to be taken, for a program that has gone on: what fails, it learns by
   * its next call.
   *
   * @param {"send" | "sendall"} operation
   * @param {number} id
   * @param {Uint8Array} bytes
   */
  async sendPromised(operation, id, bytes) {
    const socket = this.#sockets.get(id)?.socket;
    if (socket === undefined) return;
    if (socket.sendFailure() !== null) {
      socket.report(operation, { size: bytes.length, data: bytes });
      return;
    }
    try {
      await this.#send(operation, id, bytes, -1);
    } catch (error) {
      if (!(error instanceof SystemError)) throw error;
      socket.error ??= /** @type {import("./errors.js").ErrorName} */ (error.code);
    }
  }

  /**
   * How much may be sent without an answer after a call, and on which socket; null for none.
   *
   * @param {string} operation
   * @param {readonly unknown[]} args
   * @param {unknown} value What the call has answered.
   */
  promiseAfter(operation, args, value) {
    const id = operation === "accept" && Array.isArray(value) ? value[0] : args[0];
    const room = PROMISING.has(operation) ? this.#sockets.get(id)?.socket.promiseRoom() : 0;
    return room ? { id, room } : null;
  }

  /**
   * @param {"send" | "sendall"} operation
   * @param {number} id
   * @param {Uint8Array} bytes
   * @param {number} timeout
   */
  #send(operation, id, bytes, timeout) {
    const socket = this.#find(id);
    const some = (/** @type {Uint8Array} */ part) => socket.trySend(part, null, operation);
    if (socket.type !== linux.SOCK_STREAM || timeout >= 0) {
      return this.#block(operation, socket, timeout, () => some(bytes));
    }
    let sent = 0;
    const sendMore = () => {
      do {
        if (sent > 0 && socket.sendFailure() !== null) return sent;
        const left = sent === 0 ? bytes : bytes.slice(sent);
        const size = some(left);
        if (size === undefined) return undefined;
        sent += size;
      } while (sent < bytes.length);
      return sent;
    };
    return this.#block(operation, socket, timeout, sendMore, {
      interrupted: () => sentBefore(sent),
    });
  }

  /**
   * @param {number} id
   * @param {Uint8Array} bytes
   * @param {Address} address
   * @param {number} timeout
   */
  sendto(id, bytes, address, timeout) {
    const socket = this.#find(id);
    // TCP does not look at the address: it is connected, or it is not.
    if (socket.kind === "tcp") return this.send(id, bytes, timeout);
    return this.#block("sendto", socket, timeout, () => socket.trySend(bytes, address, "sendto"));
  }

  /**
   * @param {number} id
   * @param {number} size
   * @param {number} flags
   * @param {number} timeout
   */
  recv(id, size, flags, timeout) {
    return this.#receive("recv", id, size, flags, timeout, ({ bytes }) => bytes);
  }

  /**
   * The same for a program that has a buffer to fill.
   *
   * @param {number} id
   * @param {number} size
   * @param {number} flags
   * @param {number} timeout
   */
  recv_into(id, size, flags, timeout) {
    return this.#receive("recv_into", id, size, flags, timeout, ({ bytes }) => bytes);
  }

  /**
   * @param {number} id
   * @param {number} size
   * @param {number} flags
   * @param {number} timeout
   */
  recvfrom(id, size, flags, timeout) {
    return this.#receive("recvfrom", id, size, flags, timeout, (received) => [
      received.bytes,
      received.from,
      received.truncated,
    ]);
  }

  /**
   * @param {number[]} wanted Ids and poll bits in turn.
   * @param {number} timeout
   */
  poll(wanted, timeout) {
    /** @type {{ id: number, bits: number, socket: Socket | undefined }[]} */
    const watched = [];
    for (let index = 0; index + 1 < wanted.length; index += 2) {
      const [id = 0, bits = 0] = wanted.slice(index, index + 2);
      watched.push({ id, bits, socket: this.#sockets.get(id)?.socket });
    }
    const look = () => {
      const ready = watched.flatMap(({ id, bits, socket }) => {
        const set = socket?.pollBits() ?? linux.POLLNVAL;
        const told = set & (bits | ALWAYS_POLLED);
        return told === 0 ? [] : [id, told];
      });
      return ready.length > 0 ? ready : undefined;
    };
    if (timeout === 0) return look() ?? [];
    const sockets = watched.flatMap(({ socket }) => (socket === undefined ? [] : [socket]));
    return this.#holding(sockets, () =>
      this.#blocked.run({
        points: sockets.map((socket) => socket.changed),
        timeout,
        attempt: look,
        timedOut: () => [],
      }),
    );
  }

  /**
   * @param {number} id
   * @param {number} how
   */
  shutdown(id, how) {
    const socket = this.#find(id);
    const detail = SHUTDOWN_NAMES[how];
    if (detail === undefined) throw new SystemError("EINVAL", `shutdown cannot ${how}`);
    const peer = socket.remoteAddress();
    this.#reported("shutdown", socket, { detail, peer }, () => {
      socket.shutdown(how);
      socket.report("shutdown", { detail, peer });
    });
    return null;
  }

  /** @param {number} id */
  getsockname(id) {
    return this.#find(id).name();
  }

  /** @param {number} id */
  getpeername(id) {
    return this.#find(id).peerName();
  }

  /**
   * @param {number} id
   * @param {number} level
   * @param {number} name
   * @param {number | Uint8Array} value
   */
  setsockopt(id, level, name, value) {
    this.#find(id).setOption(level, name, value);
    return null;
  }

  /**
   * @param {number} id
   * @param {number} level
   * @param {number} name
   */
  getsockopt(id, level, name) {
    return this.#find(id).option(level, name);
  }

  /**
   * Waits, and nothing else.
   *
   * @param {number} milliseconds
   */
  sleep(milliseconds) {
    return this.#blocked.run({
      points: [],
      // A sleep of no time at all still lets others go on, and -1 would be for ever.
      timeout: Math.max(milliseconds, Number.MIN_VALUE),
      attempt: () => undefined,
      timedOut: () => null,
    });
  }

  /**
   * Removes the path of an AF_UNIX socket.
   *
   * @param {string} path
   */
  unlink(path) {
    this.#network.unixNames.unlink(placeOf(this.folder, unixName(path)));
    return null;
  }

  /** @param {string} folder Where the process is from now on. */
  chdir(folder) {
    this.folder = folder;
    return null;
  }

  /**
   * How many bytes the other end of a TCP connection has not read; null if nobody knows.
   *
   * @param {number} id
   */
  unreadByPeer(id) {
    const socket = this.#find(id);
    return socket instanceof StreamSocket ? socket.unreadByPeer : null;
  }

  /** The paths that AF_UNIX sockets were bound to and nobody removed. */
  paths() {
    return this.#network.unixNames.paths();
  }

  /**
   * @template T
   * @param {"recv" | "recv_into" | "recvfrom"} operation
   * @param {number} id
   * @param {number} size
   * @param {number} flags
   * @param {number} timeout
   * @param {(received: Received) => T} answer
   */
  #receive(operation, id, size, flags, timeout, answer) {
    const socket = this.#find(id);
    const patience = flags & linux.MSG_DONTWAIT ? 0 : timeout;
    const whole = (flags & linux.MSG_WAITALL) !== 0 && patience < 0;
    const stream = socket.type === linux.SOCK_STREAM;
    const flagsNow = patience === 0 ? flags | linux.MSG_DONTWAIT : flags;
    /** @param {Received} received */
    const done = (received) => {
      const { bytes, from, truncated } = received;
      socket.report(operation, {
        size: bytes.length,
        asked: size,
        data: bytes,
        ...(stream ? {} : { peer: from }),
        ...(truncated > 0 ? { truncated } : {}),
        ...(flags & linux.MSG_PEEK ? { detail: "MSG_PEEK" } : {}),
      });
      return answer(received);
    };
    if (!whole || !stream) {
      const attempt = () => {
        const received = socket.tryReceive(size, flagsNow);
        return received === undefined ? undefined : done(received);
      };
      return this.#block(operation, socket, patience, attempt, {}, { asked: size });
    }
    const collecting = new Collecting(socket, size, flags);
    return this.#block(
      operation,
      socket,
      patience,
      () => {
        const received = collecting.tryMore();
        return received === undefined ? undefined : done(received);
      },
      { interrupted: () => done(collecting.interrupted()) },
      { asked: size },
    );
  }

  /**
   * @template T
   * @param {Operation} operation
   * @param {Socket} socket
   * @param {number} timeout
   * @param {() => T | undefined} attempt
   * @param {{ interrupted?: () => T, timedOut?: () => T }} [endings]
   * @param {EventFields} [fields] Of the events that tell of the wait and of a failure.
   * @returns {T | Promise<T>}
   */
  #block(operation, socket, timeout, attempt, endings = {}, fields = {}) {
    const call = { points: [socket.changed], timeout, attempt, ...endings };
    return this.#holding([socket], () =>
      this.#reported(operation, socket, fields, () => {
        const answer = this.#blocked.run(call);
        if (answer instanceof Promise) socket.report("wait", { ...fields, call: operation });
        return answer;
      }),
    );
  }

  /**
   * Keeps sockets open as long as a call works on them, whoever closes their descriptors meanwhile.
   *
   * @template T
   * @param {Socket[]} sockets
   * @param {() => T | Promise<T>} call
   * @returns {T | Promise<T>}
   */
  #holding(sockets, call) {
    for (const socket of sockets) socket.references += 1;
    const letGo = () => {
      for (const socket of sockets) this.#release(socket);
    };
    let answer;
    try {
      answer = call();
    } catch (error) {
      letGo();
      throw error;
    }
    if (answer instanceof Promise) return answer.finally(letGo);
    letGo();
    return answer;
  }

  /**
   * Makes a call, and an event of its failure.
   *
   * @template T
   * @param {Operation} operation
   * @param {Socket} socket
   * @param {EventFields} fields
   * @param {() => T} call
   * @returns {T}
   */
  #reported(operation, socket, fields, call) {
    /** @param {unknown} error @returns {never} */
    const failed = (error) => {
      if (error instanceof SystemError && !this.#dead && !UNREPORTED.has(error.code)) {
        // Who refused a connection is an event of its own.
        if (error.code !== "ECONNREFUSED" || operation !== "connect" || socket.kind === "unix") {
          socket.report(operation, { ...fields, error: error.code });
        }
      }
      throw error;
    };
    try {
      const result = call();
      if (result instanceof Promise) return /** @type {T} */ (result.catch(failed));
      return result;
    } catch (error) {
      return failed(error);
    }
  }

  /** @param {Socket} socket */
  #adopt(socket) {
    this.#sockets.set(socket.id, { socket, descriptors: 1 });
  }

  /** @param {number} id @returns {Socket} */
  #find(id) {
    const entry = this.#sockets.get(id);
    if (entry === undefined) throw new SystemError("EBADF", `no socket ${id}`);
    return entry.socket;
  }

  /** @param {Socket} socket */
  #release(socket) {
    socket.references -= 1;
    if (socket.references === 0) this.#close(socket);
  }

  /**
   * @param {Socket} socket
   * @param {"process ended"} [detail]
   */
  #close(socket, detail) {
    socket.references = Infinity;
    socket.report("close", detail === undefined ? {} : { detail });
    socket.release();
    if (!(socket instanceof UnixStreamSocket)) return;
    for (const dropped of socket.dropPassed()) {
      dropped.holders -= 1;
      this.#release(dropped);
    }
  }
}

/** Collects what MSG_WAITALL asks for, in as many pieces as it comes. */
class Collecting {
  /** @type {Uint8Array[]} */
  #pieces = [];
  #size = 0;

  /**
   * @param {Socket} socket
   * @param {number} wanted
   * @param {number} flags
   */
  constructor(socket, wanted, flags) {
    this.socket = socket;
    this.wanted = wanted;
    this.flags = flags;
  }

  /** @returns {Received | undefined} */
  tryMore() {
    const peeking = (this.flags & linux.MSG_PEEK) !== 0;
    do {
      if (this.#size > 0 && this.socket.error !== null && this.socket.unread === 0) return this.soFar();
      const received = this.socket.tryReceive(this.wanted - this.#size, this.flags);
      if (received === undefined) return undefined;
      if (peeking) {
        const enough = received.bytes.length >= this.wanted || this.socket.readShut;
        return enough ? received : undefined;
      }
      if (received.bytes.length === 0) return this.soFar();
      this.#pieces.push(received.bytes);
      this.#size += received.bytes.length;
    } while (this.#size < this.wanted);
    return this.soFar();
  }

  interrupted() {
    if (this.#size === 0) throw new SystemError("EINTR");
    return this.soFar();
  }

  /** @returns {Received} */
  soFar() {
    const bytes = new Uint8Array(this.#size);
    let filled = 0;
    for (const piece of this.#pieces) {
      bytes.set(piece, filled);
      filled += piece.length;
    }
    return { bytes, from: null, truncated: 0 };
  }
}

/**
 * @param {Network} network
 * @param {KernelProcess} owner
 * @param {number} family
 * @param {number} type
 * @param {number} protocol
 * @returns {Socket}
 */
function newSocket(network, owner, family, type, protocol) {
  if (type < 0 || type > 10) throw new SystemError("EINVAL", `there is no type ${type}`);
  if (family === linux.AF_UNIX) {
    if (protocol !== 0 && protocol !== linux.AF_UNIX) throw new SystemError("EPROTONOSUPPORT");
    if (type === linux.SOCK_STREAM) return new UnixStreamSocket(network, owner);
    if (type === linux.SOCK_DGRAM) return new UnixDatagramSocket(network, owner);
    throw new SystemError("ESOCKTNOSUPPORT");
  }
  if (family !== linux.AF_INET && family !== linux.AF_INET6) throw new SystemError("EAFNOSUPPORT");
  if (type === linux.SOCK_RAW) throw new SystemError(protocol === 0 ? "EPROTONOSUPPORT" : "EPERM");
  if (type !== linux.SOCK_STREAM && type !== linux.SOCK_DGRAM) {
    throw new SystemError("ESOCKTNOSUPPORT");
  }
  const own = type === linux.SOCK_STREAM ? linux.IPPROTO_TCP : linux.IPPROTO_UDP;
  if (protocol !== 0 && protocol !== own) throw new SystemError("EPROTONOSUPPORT");
  if (type === linux.SOCK_STREAM) return new StreamSocket(network, owner, family);
  return new DatagramSocket(network, owner, family);
}

/** @param {number} sent */
function sentBefore(sent) {
  if (sent === 0) throw new SystemError("EINTR");
  return sent;
}

/**
 * @param {unknown} error
 * @returns {Answer}
 */
function failure(error) {
  if (!(error instanceof SystemError)) return { error: "EIO", detail: String(error) };
  const { code, detail } = error;
  return detail === undefined ? { error: code } : { error: code, detail };
}

const CALLS = /** @type {const} */ ([
  ...["socket", "socketpair", "dup", "close", "bind", "listen", "accept", "connect"],
  ...["send", "sendall", "sendto", "recv", "recv_into", "recvfrom", "poll", "shutdown"],
  ...["pass_sockets", "passed_sockets", "getsockname", "getpeername"],
  ...["setsockopt", "getsockopt", "sleep", "unlink", "paths"],
  ...["chdir", "unreadByPeer"],
]);
/** @type {Map<string, (...args: any[]) => unknown>} */
const OPERATIONS = new Map(
  CALLS.map((name) => [name, /** @type {any} */ (KernelProcess.prototype)[name]]),
);
