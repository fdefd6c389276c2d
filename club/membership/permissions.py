from club.accounts.models import Account, RoleName
from club.membership.models import MembershipApplication


def may_withdraw_application(account: Account, application: MembershipApplication) -> bool:
    return application.person_id == account.person_id


def may_decide_applications(account: Account) -> bool:
    return account.holds(RoleName.COORDINATOR, RoleName.ADMINISTRATOR)
