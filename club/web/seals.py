"""Values that leave the site and count only if they come back as they were: in the links of
letters, in hidden fields.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask import Blueprint, current_app
from itsdangerous import BadSignature, URLSafeSerializer, URLSafeTimedSerializer


class Seal:
    """For one purpose: what was sealed for another one is worth nothing here. Without ``lasts``
    it never grows old.
    """

    def __init__(self, purpose: str, *, lasts: timedelta | None = None) -> None:
        self._purpose, self._lasts = purpose, lasts

    def sealed(self, value: Any) -> str:
        """A token that can stand in an address; ``value`` is anything that JSON can hold."""
        return str(self._serializer().dumps(value))

    def opened(self, token: str) -> Any:
        """The value; ``None`` for a token that is not ours or too old."""
        serializer = self._serializer()
        try:
            if isinstance(serializer, URLSafeTimedSerializer):
                return serializer.loads(token, max_age=self._seconds)
            return serializer.loads(token)
        except BadSignature:
            return None

    @property
    def _seconds(self) -> int | None:
        return int(self._lasts.total_seconds()) if self._lasts else None

    def _serializer(self) -> URLSafeSerializer | URLSafeTimedSerializer:
        kind = URLSafeTimedSerializer if self._lasts else URLSafeSerializer
        return kind(str(current_app.secret_key), salt=self._purpose)


def needs_no_form_token(blueprint: Blueprint, view: Callable[..., Any]) -> None:
    """The sealed token in the view's address is the proof; mail programs send no other."""
    blueprint.record(lambda state: state.app.extensions["csrf"].exempt(view))
