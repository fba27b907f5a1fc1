"""Say what to put on at a temperature: `coat.py`, with one line moved.

Start it with `python hat.py`.
"""

degrees = int(input("Degrees: "))
if degrees < 15:
    print("Take a coat.")
print("Take a hat.")
print("Off you go.")
