"""Doors that say the same about every address, and take the same time about it.

For a known address a letter is written, for an unknown one nothing. The answer waits for the
next beat of a clock that began with the request, so its time tells nobody which it was.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from flask import current_app, make_response, request
from flask.typing import ResponseReturnValue

from club.web.turns import letting_others_go_on

P = ParamSpec("P")
View = Callable[P, ResponseReturnValue]

#: Well above what hashing a password and writing a letter take together.
BEAT_SECONDS = 0.3


def answers_evenly(view: View[P]) -> View[P]:
    """For views of which a POST must not tell by its time what it found."""

    @wraps(view)
    def paced(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        if request.method != "POST":
            return view(*args, **kwargs)
        begun = time.perf_counter()
        answer = make_response(view(*args, **kwargs))
        with letting_others_go_on():
            time.sleep(until_next_beat(time.perf_counter() - begun))
        return answer

    return paced


def until_next_beat(elapsed: float) -> float:
    """Seconds; ``elapsed`` since the request began."""
    beat: float = current_app.config["EVEN_ANSWER_SECONDS"]
    return beat - elapsed % beat if beat else 0
