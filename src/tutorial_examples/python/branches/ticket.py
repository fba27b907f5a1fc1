"""Say what a ticket costs at an age, with the conditions in the wrong order.

Start it with `python ticket.py`.
"""

age = int(input("Age: "))
if age < 18:
    print("half price")
elif age < 6:
    print("free")
else:
    print("full price")
