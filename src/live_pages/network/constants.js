// @ts-check
/** Linux's numbers for families, types, flags, poll bits and options of sockets. */

export const AF_UNIX = 1;
export const AF_INET = 2;
export const AF_INET6 = 10;

export const SOCK_STREAM = 1;
export const SOCK_DGRAM = 2;
export const SOCK_RAW = 3;
export const SOCK_RDM = 4;
export const SOCK_SEQPACKET = 5;

export const IPPROTO_IP = 0;
export const IPPROTO_TCP = 6;
export const IPPROTO_UDP = 17;
export const IPPROTO_IPV6 = 41;

export const MSG_PEEK = 2;
export const MSG_DONTWAIT = 64;
export const MSG_WAITALL = 256;

export const SHUT_RD = 0;
export const SHUT_WR = 1;
export const SHUT_RDWR = 2;

export const POLLIN = 1;
export const POLLPRI = 2;
export const POLLOUT = 4;
export const POLLERR = 8;
export const POLLHUP = 16;
export const POLLNVAL = 32;
export const POLLRDHUP = 8192;

export const SOL_SOCKET = 1;
export const SO_REUSEADDR = 2;
export const SO_TYPE = 3;
export const SO_ERROR = 4;
export const SO_BROADCAST = 6;
export const SO_SNDBUF = 7;
export const SO_RCVBUF = 8;
export const SO_KEEPALIVE = 9;
export const SO_LINGER = 13;
export const SO_REUSEPORT = 15;
export const SO_PEERCRED = 17;
export const SO_ACCEPTCONN = 30;
export const SO_PROTOCOL = 38;
export const SO_DOMAIN = 39;

export const IP_MULTICAST_IF = 32;
export const IP_MULTICAST_TTL = 33;
export const IP_MULTICAST_LOOP = 34;
export const IP_ADD_MEMBERSHIP = 35;
export const IP_DROP_MEMBERSHIP = 36;

export const IPV6_V6ONLY = 26;

// The kernel's settings, as they are on a Linux machine that nobody has tuned.
export const FIRST_EPHEMERAL_PORT = 32768;
export const LAST_EPHEMERAL_PORT = 60999;
export const FIRST_UNPRIVILEGED_PORT = 1024;
export const LONGEST_BACKLOG = 4096;
// What Python asks for where a program does not say.
export const DEFAULT_BACKLOG = 128;
export const DATAGRAM_BUFFER = 212992;
export const STREAM_RECEIVE_BUFFER = 131072;
export const STREAM_SEND_BUFFER = 16384;
export const LARGEST_BUFFER = 4194304;
