"""Print the name under which this file is run.

Start it with `python who_am_i.py`, and compare `import who_am_i`.
"""

print("I am", __name__)
