"""Numbers and texts of errors as Linux has them.

The interpreter in the browser numbers errors as WASI does (a missing file is number 44) and
words some of them differently. What a program sees here is what it would see on Linux.
"""

from __future__ import annotations

import ctypes
import errno
import gc
import os
from typing import Any, cast

LINUX = {
    "EPERM": (1, "Operation not permitted"),
    "ENOENT": (2, "No such file or directory"),
    "ESRCH": (3, "No such process"),
    "EINTR": (4, "Interrupted system call"),
    "EIO": (5, "Input/output error"),
    "ENXIO": (6, "No such device or address"),
    "E2BIG": (7, "Argument list too long"),
    "ENOEXEC": (8, "Exec format error"),
    "EBADF": (9, "Bad file descriptor"),
    "ECHILD": (10, "No child processes"),
    "EAGAIN": (11, "Resource temporarily unavailable"),
    "EWOULDBLOCK": (11, "Resource temporarily unavailable"),
    "ENOMEM": (12, "Cannot allocate memory"),
    "EACCES": (13, "Permission denied"),
    "EFAULT": (14, "Bad address"),
    "ENOTBLK": (15, "Block device required"),
    "EBUSY": (16, "Device or resource busy"),
    "EEXIST": (17, "File exists"),
    "EXDEV": (18, "Invalid cross-device link"),
    "ENODEV": (19, "No such device"),
    "ENOTDIR": (20, "Not a directory"),
    "EISDIR": (21, "Is a directory"),
    "EINVAL": (22, "Invalid argument"),
    "ENFILE": (23, "Too many open files in system"),
    "EMFILE": (24, "Too many open files"),
    "ENOTTY": (25, "Inappropriate ioctl for device"),
    "ETXTBSY": (26, "Text file busy"),
    "EFBIG": (27, "File too large"),
    "ENOSPC": (28, "No space left on device"),
    "ESPIPE": (29, "Illegal seek"),
    "EROFS": (30, "Read-only file system"),
    "EMLINK": (31, "Too many links"),
    "EPIPE": (32, "Broken pipe"),
    "EDOM": (33, "Numerical argument out of domain"),
    "ERANGE": (34, "Numerical result out of range"),
    "EDEADLK": (35, "Resource deadlock avoided"),
    "EDEADLOCK": (35, "Resource deadlock avoided"),
    "ENAMETOOLONG": (36, "File name too long"),
    "ENOLCK": (37, "No locks available"),
    "ENOSYS": (38, "Function not implemented"),
    "ENOTEMPTY": (39, "Directory not empty"),
    "ELOOP": (40, "Too many levels of symbolic links"),
    "ENOMSG": (42, "No message of desired type"),
    "EIDRM": (43, "Identifier removed"),
    "ECHRNG": (44, "Channel number out of range"),
    "EL2NSYNC": (45, "Level 2 not synchronized"),
    "EL3HLT": (46, "Level 3 halted"),
    "EL3RST": (47, "Level 3 reset"),
    "ELNRNG": (48, "Link number out of range"),
    "EUNATCH": (49, "Protocol driver not attached"),
    "ENOCSI": (50, "No CSI structure available"),
    "EL2HLT": (51, "Level 2 halted"),
    "EBADE": (52, "Invalid exchange"),
    "EBADR": (53, "Invalid request descriptor"),
    "EXFULL": (54, "Exchange full"),
    "ENOANO": (55, "No anode"),
    "EBADRQC": (56, "Invalid request code"),
    "EBADSLT": (57, "Invalid slot"),
    "EBFONT": (59, "Bad font file format"),
    "ENOSTR": (60, "Device not a stream"),
    "ENODATA": (61, "No data available"),
    "ETIME": (62, "Timer expired"),
    "ENOSR": (63, "Out of streams resources"),
    "ENONET": (64, "Machine is not on the network"),
    "ENOPKG": (65, "Package not installed"),
    "EREMOTE": (66, "Object is remote"),
    "ENOLINK": (67, "Link has been severed"),
    "EADV": (68, "Advertise error"),
    "ESRMNT": (69, "Srmount error"),
    "ECOMM": (70, "Communication error on send"),
    "EPROTO": (71, "Protocol error"),
    "EMULTIHOP": (72, "Multihop attempted"),
    "EDOTDOT": (73, "RFS specific error"),
    "EBADMSG": (74, "Bad message"),
    "EOVERFLOW": (75, "Value too large for defined data type"),
    "ENOTUNIQ": (76, "Name not unique on network"),
    "EBADFD": (77, "File descriptor in bad state"),
    "EREMCHG": (78, "Remote address changed"),
    "ELIBACC": (79, "Can not access a needed shared library"),
    "ELIBBAD": (80, "Accessing a corrupted shared library"),
    "ELIBSCN": (81, ".lib section in a.out corrupted"),
    "ELIBMAX": (82, "Attempting to link in too many shared libraries"),
    "ELIBEXEC": (83, "Cannot exec a shared library directly"),
    "EILSEQ": (84, "Invalid or incomplete multibyte or wide character"),
    "ERESTART": (85, "Interrupted system call should be restarted"),
    "ESTRPIPE": (86, "Streams pipe error"),
    "EUSERS": (87, "Too many users"),
    "ENOTSOCK": (88, "Socket operation on non-socket"),
    "EDESTADDRREQ": (89, "Destination address required"),
    "EMSGSIZE": (90, "Message too long"),
    "EPROTOTYPE": (91, "Protocol wrong type for socket"),
    "ENOPROTOOPT": (92, "Protocol not available"),
    "EPROTONOSUPPORT": (93, "Protocol not supported"),
    "ESOCKTNOSUPPORT": (94, "Socket type not supported"),
    "ENOTSUP": (95, "Operation not supported"),
    "EOPNOTSUPP": (95, "Operation not supported"),
    "EPFNOSUPPORT": (96, "Protocol family not supported"),
    "EAFNOSUPPORT": (97, "Address family not supported by protocol"),
    "EADDRINUSE": (98, "Address already in use"),
    "EADDRNOTAVAIL": (99, "Cannot assign requested address"),
    "ENETDOWN": (100, "Network is down"),
    "ENETUNREACH": (101, "Network is unreachable"),
    "ENETRESET": (102, "Network dropped connection on reset"),
    "ECONNABORTED": (103, "Software caused connection abort"),
    "ECONNRESET": (104, "Connection reset by peer"),
    "ENOBUFS": (105, "No buffer space available"),
    "EISCONN": (106, "Transport endpoint is already connected"),
    "ENOTCONN": (107, "Transport endpoint is not connected"),
    "ESHUTDOWN": (108, "Cannot send after transport endpoint shutdown"),
    "ETOOMANYREFS": (109, "Too many references: cannot splice"),
    "ETIMEDOUT": (110, "Connection timed out"),
    "ECONNREFUSED": (111, "Connection refused"),
    "EHOSTDOWN": (112, "Host is down"),
    "EHOSTUNREACH": (113, "No route to host"),
    "EALREADY": (114, "Operation already in progress"),
    "EINPROGRESS": (115, "Operation now in progress"),
    "ESTALE": (116, "Stale file handle"),
    "EUCLEAN": (117, "Structure needs cleaning"),
    "ENOTNAM": (118, "Not a XENIX named type file"),
    "ENAVAIL": (119, "No XENIX semaphores available"),
    "EISNAM": (120, "Is a named type file"),
    "EREMOTEIO": (121, "Remote I/O error"),
    "EDQUOT": (122, "Disk quota exceeded"),
    "ENOMEDIUM": (123, "No medium found"),
    "EMEDIUMTYPE": (124, "Wrong medium type"),
    "ECANCELED": (125, "Operation canceled"),
    "ENOKEY": (126, "Required key not available"),
    "EKEYEXPIRED": (127, "Key has expired"),
    "EKEYREVOKED": (128, "Key has been revoked"),
    "EKEYREJECTED": (129, "Key was rejected by service"),
    "EOWNERDEAD": (130, "Owner died"),
    "ENOTRECOVERABLE": (131, "State not recoverable"),
    "ERFKILL": (132, "Operation not possible due to RF-kill"),
}

CLASSES: dict[str, type[OSError]] = {
    "EAGAIN": BlockingIOError,
    "EALREADY": BlockingIOError,
    "EINPROGRESS": BlockingIOError,
    "ECHILD": ChildProcessError,
    "ECONNABORTED": ConnectionAbortedError,
    "ECONNREFUSED": ConnectionRefusedError,
    "ECONNRESET": ConnectionResetError,
    "EEXIST": FileExistsError,
    "EINTR": InterruptedError,
    "EISDIR": IsADirectoryError,
    "ENOENT": FileNotFoundError,
    "ENOTDIR": NotADirectoryError,
    "EACCES": PermissionError,
    "EPERM": PermissionError,
    "EPIPE": BrokenPipeError,
    "ESHUTDOWN": BrokenPipeError,
    "ESRCH": ProcessLookupError,
    "ETIMEDOUT": TimeoutError,
}

# Where a type object keeps the function that makes its objects, in 32-bit CPython 3.14.
VECTORCALL_OFFSET = 200

# What ctypes made must outlive this function's caller.
_kept: list[Any] = []


def error(name: str) -> OSError:
    """The exception for an error that the kernel calls by its name, for example ECONNREFUSED."""
    number, text = LINUX.get(name, LINUX["EIO"])
    return OSError(number, text)


def install() -> None:
    """Give `errno`, `os.strerror` and every OSError the numbers and texts of Linux."""
    interpreters = {
        (number, os.strerror(number)): LINUX[name]
        for number, name in errno.errorcode.items()
        if name in LINUX
    }
    _replace_class_map()
    _replace_names()
    _translate_errors(interpreters)


def _replace_names() -> None:
    codes = cast("dict[int, str]", errno.errorcode)
    codes.clear()
    texts = {}
    for name, (number, text) in LINUX.items():
        setattr(errno, name, number)
        codes[number] = name
        texts[number] = text
    os.strerror = lambda code, /: texts.get(code, f"Unknown error {code}")
    os.strerror.__name__ = "strerror"


def _replace_class_map() -> None:
    """`OSError(2, ...)` is a FileNotFoundError by a map inside the interpreter, found here."""
    refused = errno.ECONNREFUSED
    for found in gc.get_objects():
        if type(found) is dict and found.get(refused) is ConnectionRefusedError:
            found.clear()
            found.update({LINUX[name][0]: kind for name, kind in CLASSES.items()})
            return


def _translate_errors(interpreters: dict[tuple[int, str], tuple[int, str]]) -> None:
    """Let OSError, when the interpreter calls it with its own number and text, take Linux's.

    A number alone would not do: a program may say `OSError(44, "anything")`. OSError keeps this
    function in a slot that subclasses do not inherit, so they stay as they are.
    """
    make = OSError.__new__

    def new(kind: int, arguments: Any, count: int, names: int | None) -> OSError:
        given = [arguments[index] for index in range(count & 0x7FFFFFFF)]
        if len(given) > 1 and type(given[0]) is int and type(given[1]) is str:
            given[:2] = interpreters.get((given[0], given[1]), given[:2])
        return make(OSError, *given)

    prototype = ctypes.PYFUNCTYPE(
        ctypes.py_object,
        ctypes.c_void_p,
        ctypes.POINTER(ctypes.py_object),
        ctypes.c_size_t,
        ctypes.c_void_p,
    )
    function = prototype(new)
    _kept.append(function)
    slot = ctypes.c_uint32.from_address(id(OSError) + VECTORCALL_OFFSET)
    if slot.value == 0:
        slot.value = ctypes.cast(function, ctypes.c_void_p).value or 0
