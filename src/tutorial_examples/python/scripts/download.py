"""Work out how long a download takes.

Start it with `python download.py 700 16`: megabytes, and megabits a second.
"""

import sys

megabytes = float(sys.argv[1])
megabits_per_second = float(sys.argv[2])
print(f"{megabytes * 8 / megabits_per_second:.0f} seconds")
