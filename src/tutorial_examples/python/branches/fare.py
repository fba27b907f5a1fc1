"""Say what a ride costs at an age: `broken_fare.txt`, mended.

Start it with `python fare.py`.
"""

age = int(input("Age: "))
if age < 6:
    fare = 0.0
elif age < 18:
    fare = 1.5
elif age < 65:
    fare = 3.0
else:
    fare = 2.0
print(f"{fare:.2f}")
