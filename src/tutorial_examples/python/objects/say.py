"""Print under another name.

Start it with `python say.py`.
"""

say = print

say("hello")
say("world")
