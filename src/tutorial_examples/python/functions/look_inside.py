"""Stop in the middle of a function, to look around.

Start it with `python look_inside.py`.
"""


def larger(x, y):
    """Return the larger of two objects, or so it says."""
    breakpoint()
    if x < y:
        return x
    else:
        return y


print(larger(3, 5))
