"""Take the services and their ports out of lines that hold more than that.

Start it with `python read_ports.py`.
"""

lines = ["# ports", "ssh 22", "", "http 80", "END", "draft 99"]
for line in lines:
    if line == "END":
        break
    if not line or line.startswith("#"):
        continue
    print(line.split())
