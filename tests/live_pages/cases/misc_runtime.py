import sys, time, signal, os


def f(n):
    return f(n + 1)


try:
    f(0)
except RecursionError as e:
    print("RecursionError", str(e)[:33])
t = time.monotonic()
time.sleep(0.2)
print(time.monotonic() - t >= 0.2)
print(sys.version_info[:2] >= (3, 11), __name__)
import json, re, dataclasses, decimal, sqlite3, zlib, hashlib

print(sqlite3.connect(":memory:").execute("select 1+1").fetchone())
open("a.txt", "w").write("x")
print(os.path.getsize("a.txt"))
os.remove("a.txt")
import contextlib


@contextlib.contextmanager
def cm():
    print("enter")
    time.sleep(0.01)
    yield 5
    print("exit")


with cm() as v:
    print(v)
print(
    sorted([3, 1, 2], key=lambda x: (time.sleep(0.001), x)[1])
)  # blocking call inside a C callback


class A:
    def __del__(self):
        time.sleep(0.001)
        print("del")


a = A()
del a
print(
    [*map(lambda x: (time.sleep(0.001), x)[1], "ab")],
    max([1, 2], key=lambda x: (time.sleep(0.001), x)[1]),
)
