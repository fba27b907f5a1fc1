"""Try to count down to a start.

Start it with `python endless.py`. Ctrl-C ends it.
"""

import time

seconds = 3
while seconds > 0:
    print(seconds)
    time.sleep(1)
seconds = seconds - 1
print("Start!")
