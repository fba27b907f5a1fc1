"""Keep the addresses of clients, and tell which of them were here before.

Start it with `python known_clients.py` and type host and port of each. Ctrl-D
ends it.
"""

clients = []

while True:
    try:
        entry = input("Client: ")
    except EOFError:
        break
    host, port = entry.split()
    address = (host, int(port))
    if address in clients:
        print("known as client", clients.index(address))
    else:
        clients.append(address)

print()
print(clients)
