import errno
import os

for action in (
    lambda: open("missing"),
    lambda: os.mkdir("folder"),
    lambda: os.mkdir("folder"),
    lambda: open("folder"),
    lambda: os.listdir("missing"),
    lambda: os.remove("missing"),
    lambda: os.stat("missing"),
    lambda: os.rename("missing", "other"),
    lambda: open("folder/x/y", "w"),
    lambda: os.read(99, 1),
    lambda: os.chdir("missing"),
):
    try:
        print(action())
    except OSError as problem:
        print(repr(problem), problem, problem.filename)
        print(problem.errno, problem.strerror, errno.errorcode[problem.errno])
print(os.strerror(2), os.strerror(111), os.strerror(9999))
print(
    repr(OSError(13, "x")),
    repr(OSError(104, "y")),
    repr(OSError(2, "z", "name")),
    repr(OSError("plain")),
)
print(errno.ENOENT, errno.EAGAIN, errno.EWOULDBLOCK, errno.EINPROGRESS, errno.ECONNRESET)


class Own(OSError):
    def __init__(self, text, code):
        super().__init__(text)
        self.code = code


try:
    raise Own("own", 5)
except OSError as problem:
    print(repr(problem), problem.code)
