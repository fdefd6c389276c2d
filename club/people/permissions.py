"""Who may look at an organisation's page and change it. Role names are those of ``accounts``,
a room above; whether somebody represents an organisation is asked of ``queries``.
"""

from collections.abc import Iterable
from typing import Protocol

_KEEPERS = frozenset({"coordinator", "administrator"})
_READERS = _KEEPERS | {"official"}


class _Named(Protocol):
    @property
    def name(self) -> str: ...


class Visitor(Protocol):
    @property
    def roles(self) -> Iterable[_Named]: ...


def may_see_organisation(account: Visitor, *, represents: bool) -> bool:
    return represents or _holds(account, _READERS)


def may_change_organisation(account: Visitor, *, represents: bool) -> bool:
    return represents or _holds(account, _KEEPERS)


def _holds(account: Visitor, wanted: frozenset[str]) -> bool:
    return any(role.name in wanted for role in account.roles)
