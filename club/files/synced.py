"""What bringing files of ``content/`` into the database came to."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Synced:
    added: int
    changed: int
    unchanged: int


@dataclass(frozen=True)
class SyncedWithNews(Synced):
    #: What whoever brings them in should look at.
    told: tuple[str, ...]
