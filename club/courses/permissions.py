"""Who may see and change courses and runs."""

from club.accounts.models import Account, RoleName
from club.courses.models import Run, RunState


def may_edit_courses(account: Account | None) -> bool:
    return account is not None and account.holds(RoleName.COORDINATOR, RoleName.ADMINISTRATOR)


def may_see_run(account: Account | None, run: Run) -> bool:
    """What was announced is public, cancelled or not; the rest is for staff and its trainers."""
    if run.state is not RunState.DRAFT and run.is_announced:
        return True
    return may_edit_courses(account) or teaches(account, run)


def teaches(account: Account | None, run: Run) -> bool:
    return account is not None and any(t.person_id == account.person_id for t in run.trainers)
