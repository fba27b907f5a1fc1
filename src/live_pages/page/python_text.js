// @ts-check
/** Values of the network as Python writes them. */

/** @typedef {import("../network/addresses.js").Address} Address */

// The longest literal that is shown whole, and about how long it is when something is left out.
const MOST_CHARACTERS = 40;
const CHARACTERS_OF_MORE = 24;
/** @type {Record<string, string>} */
const EXCEPTIONS = {
  ECONNREFUSED: "ConnectionRefusedError: [Errno 111] Connection refused",
  ECONNRESET: "ConnectionResetError: [Errno 104] Connection reset by peer",
  EPIPE: "BrokenPipeError: [Errno 32] Broken pipe",
  EADDRINUSE: "OSError: [Errno 98] Address already in use",
  EADDRNOTAVAIL: "OSError: [Errno 99] Cannot assign requested address",
  ENOTCONN: "OSError: [Errno 107] Transport endpoint is not connected",
  EMSGSIZE: "OSError: [Errno 90] Message too long",
  ETIMEDOUT: "TimeoutError: [Errno 110] Connection timed out",
  ETIMEDOUT_PYTHON: "TimeoutError: timed out",
};

/**
 * A bytes literal.
 *
 * @param {Uint8Array} data
 */
export function bytesLiteral(data) {
  const quote = data.includes(0x27) && !data.includes(0x22) ? '"' : "'";
  let text = "";
  for (const byte of data) {
    const character = String.fromCharCode(byte);
    if (character === "\\" || character === quote) text += `\\${character}`;
    else if (character === "\n") text += "\\n";
    else if (character === "\r") text += "\\r";
    else if (character === "\t") text += "\\t";
    else if (byte < 0x20 || byte > 0x7e) text += `\\x${byte.toString(16).padStart(2, "0")}`;
    else text += character;
  }
  return `b${quote}${text}${quote}`;
}

/**
 * What was sent or received; an ellipsis stands for what is left out.
 *
 * @param {Uint8Array} data The first bytes.
 * @param {number} size How many there were.
 */
export function shownBytes(data, size) {
  const whole = bytesLiteral(data);
  if (size === data.length && whole.length <= MOST_CHARACTERS) return whole;
  let length = data.length;
  while (length && bytesLiteral(data.slice(0, length)).length > CHARACTERS_OF_MORE) length -= 1;
  return length ? `${bytesLiteral(data.slice(0, length))}…` : "";
}

/** @param {number} size */
export function sizeInWords(size) {
  const number = size >= 10_000 ? size.toLocaleString("en") : String(size);
  return size === 1 ? `${number} byte` : `${number} bytes`;
}

/** @param {Address | null | undefined} address */
export function addressLiteral(address) {
  if (address === null || address === undefined) return "";
  if (typeof address === "string") return stringLiteral(address);
  if (address instanceof Uint8Array) return bytesLiteral(address);
  const parts = address.map((part) => (typeof part === "string" ? stringLiteral(part) : part));
  return `(${parts.join(", ")})`;
}

/** @param {string} text */
function stringLiteral(text) {
  return text.includes("'") ? JSON.stringify(text) : `'${text}'`;
}

/**
 * The port of an address; null if it has none.
 *
 * @param {Address | null | undefined} address
 */
export function portOf(address) {
  return Array.isArray(address) && typeof address[1] === "number" ? address[1] : null;
}

/**
 * The exception that a program gets for a failed call.
 *
 * @param {string} error
 */
export function exceptionText(error) {
  return EXCEPTIONS[error] ?? `OSError (${error})`;
}
