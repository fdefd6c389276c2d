"""Who publishes materials."""

from club.accounts.models import Account, RoleName
from club.courses.permissions import TaughtRun, may_edit_courses, teaches


def may_publish_to_run(account: Account | None, run: TaughtRun) -> bool:
    """Coordinators to every run, trainers to those they teach."""
    return may_edit_courses(account) or (is_trainer(account) and teaches(account, run))


def may_publish_to_course(account: Account | None, *, teaches_it: bool) -> bool:
    """``teaches_it``: whether this person teaches any run of the course."""
    return may_edit_courses(account) or (is_trainer(account) and teaches_it)


def is_trainer(account: Account | None) -> bool:
    return account is not None and account.holds(RoleName.TRAINER)
