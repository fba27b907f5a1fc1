"""What one side does not do for the other."""


class Refusal(Exception):
    """A request that is not fulfilled; its text is one sentence for the other side."""
