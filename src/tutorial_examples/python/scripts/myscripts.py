"""Work out how long a download takes.

Start it with `python myscripts.py`, or use it with `import myscripts`.
"""

megabytes = 700
megabits_per_second = 16
seconds = megabytes * 8 / megabits_per_second
print(f"{seconds:.0f} seconds")
