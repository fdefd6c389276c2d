from club.accounts.models import Account
from club.records.outside.models import OutsideTraining
from club.records.permissions import keeps_all_runs


def may_see_training(account: Account, training: OutsideTraining) -> bool:
    """And its evidence: whose it is, and who checks it."""
    return account.person_id == training.person_id or may_check_training(account)


def may_check_training(account: Account) -> bool:
    return keeps_all_runs(account)
