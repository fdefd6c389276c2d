from club.accounts.models import Account, RoleName
from club.certification.models import ExpertCertificate


def may_keep_certificates(account: Account) -> bool:
    """Enter for others, check and withdraw; officials look on."""
    return account.holds(RoleName.COORDINATOR, RoleName.ADMINISTRATOR)


def may_see_certificates(account: Account) -> bool:
    """The list of all of them."""
    return may_keep_certificates(account) or account.holds(RoleName.OFFICIAL)


def may_check_certificates(account: Account) -> bool:
    """See the papers and vouch for them. Whose certificate it is decides the rule."""
    return may_keep_certificates(account) or account.holds(RoleName.ASSESSOR)


def is_holder(account: Account, certificate: ExpertCertificate) -> bool:
    return account.person_id == certificate.person_id
