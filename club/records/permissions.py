"""Who may take attendance, close runs, and see or revoke certificates."""

from club.accounts.models import Account, RoleName
from club.courses.models import Run
from club.records.certificates.models import CompletionCertificate

_KEEPERS = (RoleName.COORDINATOR, RoleName.ADMINISTRATOR)
_READERS = (*_KEEPERS, RoleName.OFFICIAL)


def keeps_all_runs(account: Account) -> bool:
    """Whether the desk shows every run, not only those this person teaches."""
    return account.holds(*_KEEPERS)


def may_take_attendance(account: Account, run: Run) -> bool:
    """Coordinators in every run, trainers in the runs they teach. Closing goes with it."""
    return keeps_all_runs(account) or (
        account.holds(RoleName.TRAINER)
        and any(trainer.person_id == account.person_id for trainer in run.trainers)
    )


def may_reopen(account: Account) -> bool:
    return account.holds(*_KEEPERS)


def may_see_records_of_run(account: Account, run: Run) -> bool:
    return account.holds(*_READERS) or may_take_attendance(account, run)


def may_revoke(account: Account) -> bool:
    """Also issues what is missing."""
    return account.holds(*_KEEPERS)


def may_see_certificate(account: Account, certificate: CompletionCertificate) -> bool:
    return account.person_id == certificate.person_id or account.holds(*_READERS)
