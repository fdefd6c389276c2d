"""What kind of answer a request asks for."""

from flask import request


def wants_data() -> bool:
    """Whether JSON is wanted rather than a page; who says nothing gets a page."""
    kinds = ["text/html", "application/json"]
    return request.accept_mimetypes.best_match(kinds, default="text/html") == kinds[1]
