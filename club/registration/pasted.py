"""How pages say what is wrong with a list that somebody pasted."""

from typing import Any

from flask_babel import gettext

from club.registration.rules.pasted import Mistake


def sentence_of(mistake: Mistake) -> str:
    """With the row it is about, and how that begins."""
    said: Any = gettext(mistake.problem.value, **mistake.values)
    if mistake.number is None:
        return str(said)
    shown = " ".join(mistake.line.split())[:60]
    return str(
        gettext("Row %(number)s (%(line)s): %(what)s", number=mistake.number, line=shown, what=said)
    )
