"""Say what to put on at a temperature.

Start it with `python coat.py`.
"""

degrees = int(input("Degrees: "))
if degrees < 15:
    print("Take a coat.")
    print("Take a hat.")
print("Off you go.")
