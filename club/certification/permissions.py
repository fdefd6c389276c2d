from club.accounts.models import Account, RoleName
from club.certification.models import ExpertCertificate


def may_keep_certificates(account: Account) -> bool:
    """Enter for others, check and withdraw; officials look on."""
    return account.holds(RoleName.COORDINATOR, RoleName.ADMINISTRATOR)


def is_holder(account: Account, certificate: ExpertCertificate) -> bool:
    return account.person_id == certificate.person_id
