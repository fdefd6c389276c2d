from flask_babel import lazy_gettext

from club.accounts.models import ConsentPurpose, RoleName
from club.web.access import Audience
from club.web.layout import Labels

LABELS: Labels = {
    RoleName.MEMBER: lazy_gettext("Member"),
    RoleName.REPRESENTATIVE: lazy_gettext("Representative of an enterprise"),
    RoleName.TRAINER: lazy_gettext("Trainer"),
    RoleName.COORDINATOR: lazy_gettext("Club coordinator"),
    RoleName.OFFICIAL: lazy_gettext("Official who reads the figures"),
    RoleName.REPORTING_OFFICER: lazy_gettext("Reporting officer of a department"),
    RoleName.ASSESSOR: lazy_gettext("Assessor of experts"),
    RoleName.ADMINISTRATOR: lazy_gettext("Administrator"),
    ConsentPurpose.PERSONAL_DATA: lazy_gettext("Processing of personal data"),
    ConsentPurpose.NEWS: lazy_gettext("News by e-mail"),
    ConsentPurpose.PUBLIC_EXPERT_REGISTER: lazy_gettext("Name in the public register of experts"),
    ConsentPurpose.RECORDS_FOR_EMPLOYER: lazy_gettext("Training records for my employer"),
}
#: The doors of ``club.web.access`` have the names of the roles that open them.
AUDIENCES: Labels = {
    audience: LABELS[RoleName(audience.value)]
    for audience in Audience
    if audience.value in set(RoleName)
}
