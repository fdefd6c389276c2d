"""How often the doors may be tried: sign-in, sign-up, reset and verification.

Counted per address and, where one was typed, per account name, so that one guesser neither
gets on nor shuts out everybody behind the same factory gateway. All processes count together:
in Redis where there is one, else in the database. A lid that only a program reaches is counted by
each process for itself, which costs no query.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps
from typing import NoReturn, ParamSpec

from flask import Flask, current_app, make_response, request
from flask.typing import ResponseReturnValue
from limits import RateLimitItem, parse_many
from limits.errors import ConfigurationError
from limits.storage import MemoryStorage, Storage, storage_from_string
from limits.strategies import FixedWindowRateLimiter
from werkzeug.exceptions import TooManyRequests

from club import clock
from club.web.counted_tries import InDatabase

P = ParamSpec("P")
View = Callable[P, ResponseReturnValue]


def named_account() -> str:
    """The account name that was typed, for limits per name."""
    return (request.form.get("email") or "").strip().lower()[:200]


@dataclass(frozen=True)
class Limit:
    """``per_address`` and ``per_name`` are written as ``"10 per 10 minutes; 60 per day"``."""

    door: str
    per_address: str = ""
    per_name: str = ""
    #: Guessing costs; getting in does not.
    only_refused: bool = False
    #: Counted by all processes together, not by each in its memory.
    is_shared: bool = True
    name: Callable[[], str] = named_account
    #: Whether whoever asks is known well enough not to pay for others behind the same address.
    is_known: Callable[[], bool] = lambda: False

    def counters(self) -> Iterator[tuple[RateLimitItem, str]]:
        counts_here = bool(self.per_address) and not self.is_known()
        for item in parse_many(self.per_address) if counts_here else ():
            yield item, f"{self.door}/address/{request.remote_addr}"
        name = self.name() if self.per_name else ""
        for item in parse_many(self.per_name) if name else ():
            yield item, f"{self.door}/name/{name}"


#: Of these only what is fit to be done is counted, not a form with something to mend.
SIGN_UP = Limit("sign-up", "40 per hour", "5 per hour")
RESET = Limit("reset", per_name="5 per hour")
RESET_HERE = Limit("reset-here", "40 per hour")
#: Whatever others behind the same address ask for.
RESET_AT_LEAST = Limit("reset-at-least", per_name="1 per hour")
VERIFICATION = Limit("verification", "600 per minute", is_shared=False)
#: Codes that no certificate has: others behind the same address keep getting answers to theirs.
UNKNOWN_CODES = Limit("unknown-codes", "60 per minute")
VERIFICATION_FILE = Limit("verification-file", "60 per minute")
VERIFICATION_LIST = Limit("verification-list", "20 per 10 minutes")
KEPT_INPUT = Limit("kept-input", "60 per hour")


def init_limits(app: Flask, *, storage: str | None) -> None:
    app.extensions["club.limits"] = app.config.pop("RATELIMIT_ENABLED", True)
    counted_in = _storage(storage) if storage else InDatabase()
    app.extensions["club.tries"] = FixedWindowRateLimiter(counted_in)
    app.extensions["club.own_tries"] = FixedWindowRateLimiter(MemoryStorage())


def _storage(address: str) -> Storage:
    try:
        found = storage_from_string(address)
    except ConfigurationError as error:
        raise RuntimeError(
            f"REDIS_URL cannot be used ({error}). Install the package: pip install redis"
        ) from error
    assert isinstance(found, Storage)
    return found


def _are_counted() -> bool:
    return bool(current_app.extensions["club.limits"])


def _tries(limit: Limit) -> FixedWindowRateLimiter:
    name = "club.tries" if limit.is_shared else "club.own_tries"
    tries: FixedWindowRateLimiter = current_app.extensions[name]
    return tries


def limited(limit: Limit, *, methods: tuple[str, ...] = ("POST",)) -> Callable[[View[P]], View[P]]:
    """Answer 429 with the time to wait once the door was tried too often."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            if request.method not in methods:
                return view(*args, **kwargs)
            if not limit.only_refused:
                spend(limit)
                return view(*args, **kwargs)
            require_budget(limit)
            response = make_response(view(*args, **kwargs))
            if response.status_code >= 400:
                count(limit)
            return response

        return guarded

    return decorate


def spend(limit: Limit) -> None:
    """Count one try and refuse it if it was one too many. Who is shut out already is refused
    without a row being written.
    """
    require_budget(limit)
    for item, key in limit.counters() if _are_counted() else ():
        if not _tries(limit).hit(item, key):
            _refuse(limit, item, key)


def require_budget(limit: Limit) -> None:
    for item, key in limit.counters() if _are_counted() else ():
        if not _tries(limit).test(item, key):
            _refuse(limit, item, key)


def count(limit: Limit) -> None:
    for item, key in limit.counters() if _are_counted() else ():
        _tries(limit).hit(item, key)


def _refuse(limit: Limit, item: RateLimitItem, key: str) -> NoReturn:
    wait = _tries(limit).get_window_stats(item, key).reset_time - clock.now().timestamp()
    raise TooManyRequests(retry_after=max(1, round(wait)))


def has_budget(limit: Limit) -> bool:
    try:
        spend(limit)
    except TooManyRequests:
        return False
    return True
