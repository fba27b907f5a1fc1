"""Greet the world.

Start it with `python hello.py`.
"""

# This call ends with a space, not with a new line: the next one goes on there.
print("hello", end=" ")
print("world!")
