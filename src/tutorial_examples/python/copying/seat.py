"""Seat a guest without changing who sat there before.

Use it with `from seat import seat`.
"""


def seat(tables, table, guest):
    """Return a new dictionary in which the guest sits at the table too."""
    guests = list(tables.get(table, []))
    guests.append(guest)
    return tables | {table: guests}
