import socket

a, b = socket.socketpair()
with a.makefile("w", encoding="utf-8") as out:
    print("first line", file=out)
    out.write("zweite Zeile: ü\n")
    out.flush()
    print("third", file=out, end="")
a.close()
with b.makefile(encoding="utf-8") as lines:
    print(lines.readline())
    print(list(lines))
b.close()
a, b = socket.socketpair()
both = a.makefile("rwb")
both.write(b"question")
both.flush()
print(b.recv(100))
b.sendall(b"one\r\ntwo\r\n")
print(both.readline(), both.readline())
a.settimeout(0.05)
try:
    both.readline()
except TimeoutError as problem:
    print(repr(problem))
try:
    both.readline()
except OSError as problem:
    print(repr(problem))
a.close()
print(b.fileno() >= 0, a.fileno())
both.close()
print(b.recv(10))
raw = b.makefile("rb", buffering=0)
print(raw.readable(), raw.writable(), raw.mode, raw.name == b.fileno())
