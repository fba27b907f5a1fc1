// @ts-check
/** Errors of system calls, by name and by Linux's number. */

export const ERROR_NUMBERS = Object.freeze({
  EPERM: 1,
  ENOENT: 2,
  EINTR: 4,
  EIO: 5,
  EBADF: 9,
  EAGAIN: 11,
  EACCES: 13,
  EINVAL: 22,
  EPIPE: 32,
  ENAMETOOLONG: 36,
  ENOTSOCK: 88,
  EDESTADDRREQ: 89,
  EMSGSIZE: 90,
  EPROTOTYPE: 91,
  ENOPROTOOPT: 92,
  EPROTONOSUPPORT: 93,
  ESOCKTNOSUPPORT: 94,
  EOPNOTSUPP: 95,
  EAFNOSUPPORT: 97,
  EADDRINUSE: 98,
  EADDRNOTAVAIL: 99,
  ENETUNREACH: 101,
  ECONNABORTED: 103,
  ECONNRESET: 104,
  EISCONN: 106,
  ENOTCONN: 107,
  ETIMEDOUT: 110,
  ECONNREFUSED: 111,
  EALREADY: 114,
  EINPROGRESS: 115,
});

/** @typedef {keyof typeof ERROR_NUMBERS} ErrorName */

/**
 * What a call that failed answers. ETIMEDOUT_PYTHON is no error of the system: the time that the
 * program allowed for the call is over.
 *
 * @typedef {ErrorName | "ETIMEDOUT_PYTHON"} Failure
 */

/** A system call that failed. */
export class SystemError extends Error {
  /**
   * @param {Failure} code
   * @param {string} [detail] What the name alone does not say.
   */
  constructor(code, detail) {
    super(detail === undefined ? code : `${code}: ${detail}`);
    this.name = "SystemError";
    this.code = code;
    this.detail = detail;
  }
}
