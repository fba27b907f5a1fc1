import select, socket, selectors

s = socket.socket()
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(("127.0.0.1", 9800))
s.listen()
s.setblocking(False)
print("timeout ->", select.select([s], [], [], 0.05))
socks, closed = [s], 0
while closed < 2:
    for r in select.select(socks, [], [])[0]:
        if r is s:
            c, a = s.accept()
            c.setblocking(False)
            socks.append(c)
        else:
            d = r.recv(100)
            if d:
                r.sendall(d.upper())
            else:
                socks.remove(r)
                r.close()
                closed += 1
print("select done")
sel = selectors.DefaultSelector()
sel.register(s, selectors.EVENT_READ, "listen")
n = 0
while n < 1:
    for key, mask in sel.select():
        if key.data == "listen":
            c, a = s.accept()
            sel.register(c, selectors.EVENT_READ | selectors.EVENT_WRITE, "conn")
        elif mask & selectors.EVENT_READ:
            d = key.fileobj.recv(10)
            if d:
                print("sel got", d)
                key.fileobj.sendall(d)
            else:
                sel.unregister(key.fileobj)
                key.fileobj.close()
                n += 1
print("selectors done")
