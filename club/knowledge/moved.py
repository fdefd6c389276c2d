"""Where a text is found that had another address before."""

from flask import abort, redirect, request
from flask.typing import ResponseReturnValue

from club.knowledge.editions import present_slug


def moved(slug: str) -> ResponseReturnValue:
    """The same page at the text's present address, for ever; 404 where there never was one."""
    present = present_slug(slug) or abort(404)
    path = request.full_path.rstrip("?")
    return redirect(path.replace(f"/knowledge/{slug}", f"/knowledge/{present}", 1), 301)
