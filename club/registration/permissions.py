"""Who may see and do what with registrations."""

from club.accounts.models import Account, RoleName
from club.courses.permissions import TaughtRun, teaches
from club.registration.models import Registration, RegistrationState

_STAFF = (RoleName.COORDINATOR, RoleName.ADMINISTRATOR)


def may_manage_registrations(account: Account) -> bool:
    """Register and withdraw others, change places, cancel runs."""
    return account.holds(*_STAFF)


def may_see_registrations(account: Account, run: TaughtRun) -> bool:
    """The list of a run: coordinators, and who teaches it."""
    return may_manage_registrations(account) or teaches(account, run)


def may_see_registration(account: Account, registration: Registration) -> bool:
    return may_withdraw(account, registration) or may_manage_registrations(account)


def may_withdraw(account: Account, registration: Registration) -> bool:
    """One's own; staff have their own way, with a reason."""
    return account.person_id == registration.person_id


def may_read_answers(account: Account, registration: Registration) -> bool:
    """Who gave them, and the staff of the run."""
    return may_withdraw(account, registration) or may_see_registrations(account, registration.run)


def may_see_online_link(
    account: Account | None, run: TaughtRun, registration: Registration | None
) -> bool:
    """Only who has a place, teaches the run or runs the club."""
    if account is None:
        return False
    has_place = registration is not None and registration.state is RegistrationState.CONFIRMED
    return has_place or may_see_registrations(account, run)
