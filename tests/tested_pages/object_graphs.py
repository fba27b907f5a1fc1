"""Objects that refer to each other in any way, for tests that must hold for all of them."""

from hypothesis import strategies as st


class Plain:
    """Something with attributes."""


KINDS = st.sampled_from([list, dict, Plain])


@st.composite
def object_graphs(draw):
    """A few names, and mutable objects that refer to each other, cycles included."""
    kinds = draw(st.lists(KINDS, min_size=1, max_size=7))
    made = [kind() for kind in kinds]
    numbers = st.integers(0, len(made) - 1)
    for each in made:
        held = [made[number] for number in draw(st.lists(numbers, max_size=4))]
        held += draw(st.lists(st.integers(1000, 1005).map(str), max_size=2))
        if isinstance(each, list):
            each.extend(held)
        elif isinstance(each, dict):
            each.update(enumerate(held))
        else:
            vars(each).update({f"a{number}": value for number, value in enumerate(held)})
    shown = draw(st.lists(numbers, min_size=1, max_size=4, unique=True))
    return {f"n{number}": made[number] for number in shown}
