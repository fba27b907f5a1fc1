# presses: ^C
import selectors
import socket

with selectors.DefaultSelector() as selector, socket.create_server(("127.0.0.1", 0)) as s:
    selector.register(s, selectors.EVENT_READ)
    try:
        print("ready")
        selector.select()
    except KeyboardInterrupt:
        print("interrupted")
