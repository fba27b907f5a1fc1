"""Try to tell whether a port is the one of ssh.

Start it with `python is_ssh.py`.
"""

ssh = 22
port = int(input("Port: "))
match port:
    case ssh:
        print(port, "is the port of ssh, and that is", ssh)
