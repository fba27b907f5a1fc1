"""Give each request to a handler, as server libraries do.

Use it with `from tiny_server import Handler, serve`.
"""


class Handler:
    """One request, and what is done with it."""

    def __init__(self, request):
        self.request = request

    def handle(self):
        """Do nothing; a class that inherits from this one does something here."""


def serve(requests, handler_class):
    """Make a handler for each request and call its method handle."""
    for request in requests:
        handler = handler_class(request)
        handler.handle()
