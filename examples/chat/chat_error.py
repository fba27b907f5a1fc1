"""What a client did that it may not do."""


class ChatError(Exception):
    """A line cannot be obeyed; the exception's text tells its sender why."""
