"""Tell from the numbers of datagrams what happened to them.

Import it: `from losses import losses`.
"""


def losses(numbers: list[int], sent: int) -> tuple[list[int], list[int], list[int]]:
    """Return which of 0, 1 ... `sent` - 1 are missing, came again, and came late.

    A number is late when a greater one came before it.
    """
    seen: set[int] = set()
    again = []
    late = []
    greatest = -1
    for number in numbers:
        if number in seen:
            again.append(number)
        elif number < greatest:
            late.append(number)
        seen.add(number)
        greatest = max(greatest, number)
    missing = [number for number in range(sent) if number not in seen]
    return missing, again, late
