import selectors
import socket
import threading

selector = selectors.SelectSelector()
s = socket.create_server(("127.0.0.1", 0))
s.setblocking(False)
selector.register(s, selectors.EVENT_READ)


def client(word, answers):
    with socket.create_connection(s.getsockname()) as c:
        for _ in range(3):
            c.sendall(word)
            answers.append(c.recv(100))


answers = {word: [] for word in (b"one", b"two", b"three")}
threads = [threading.Thread(target=client, args=item) for item in answers.items()]
for t in threads:
    t.start()
ended = 0
while ended < 3:
    for key, mask in selector.select():
        if key.fileobj is s:
            c, _ = s.accept()
            c.setblocking(False)
            selector.register(c, selectors.EVENT_READ)
        elif data := key.fileobj.recv(100):
            key.fileobj.sendall(data.upper())
        else:
            selector.unregister(key.fileobj)
            key.fileobj.close()
            ended += 1
for t in threads:
    t.join()
print(answers)
selector.close()
