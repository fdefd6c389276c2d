"""Who may see and change courses and runs."""

from typing import Protocol

from club.accounts.models import Account, RoleName
from club.courses.models import RunState


class TaughtRun(Protocol):
    """A ``Run``, or what a page knows of one at a glance."""

    @property
    def state(self) -> RunState: ...
    @property
    def is_announced(self) -> bool: ...
    def is_taught_by(self, person_id: int) -> bool: ...


def may_edit_courses(account: Account | None) -> bool:
    return account is not None and account.holds(RoleName.COORDINATOR, RoleName.ADMINISTRATOR)


def may_see_run(account: Account | None, run: TaughtRun) -> bool:
    """What was announced is public, cancelled or not; the rest is for staff and its trainers."""
    if run.state is not RunState.DRAFT and run.is_announced:
        return True
    return may_edit_courses(account) or teaches(account, run)


def teaches(account: Account | None, run: TaughtRun) -> bool:
    return account is not None and run.is_taught_by(account.person_id)
