from flask import Blueprint, request

from club.knowledge.questions.rules import TRANSITIONS, Party

bp = Blueprint("questions", __name__)
#: Steps that the desk takes by a button with a reason, by its value.
WITH_NOTE = {
    kind.value: kind
    for kind, move in TRANSITIONS.items()
    if move.by == {Party.CLUB} and kind.value not in {"handed", "revised"}
}


def version_seen() -> int:
    """The version of the question that the page showed; a request made by hand has none."""
    typed = request.form.get("version", "")
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 9 else 0
