"""One table per enumeration: equal values of two would overwrite each other in one."""

from flask_babel import lazy_gettext

from club.people.models import AudienceKind, JobGroup, Sex, SizeClass
from club.web.layout import Labels

SEX_LABELS: Labels = {
    Sex.FEMALE: lazy_gettext("Female"),
    Sex.MALE: lazy_gettext("Male"),
    Sex.NOT_STATED: lazy_gettext("Not stated"),
}
JOB_GROUP_LABELS: Labels = {
    JobGroup.WORKERS: lazy_gettext("Workers and team leaders"),
    JobGroup.MANAGERS: lazy_gettext("Managers and engineers"),
    JobGroup.OFFICE: lazy_gettext("Office and accounting"),
    JobGroup.OFFICIALS: lazy_gettext("Officials"),
    JobGroup.NOT_STATED: lazy_gettext("Not stated"),
}
AUDIENCE_LABELS: Labels = {
    AudienceKind.STATE_AGENCY: lazy_gettext("State agency"),
    AudienceKind.ENTERPRISE: lazy_gettext("Enterprise"),
    AudienceKind.OTHER_ORGANISATION: lazy_gettext("Other organisation"),
    AudienceKind.INDIVIDUAL: lazy_gettext("Individual"),
}
SIZE_LABELS: Labels = {
    SizeClass.MICRO: lazy_gettext("Micro"),
    SizeClass.SMALL: lazy_gettext("Small"),
    SizeClass.MEDIUM: lazy_gettext("Medium"),
    SizeClass.LARGE: lazy_gettext("Large"),
    SizeClass.NOT_STATED: lazy_gettext("Not stated"),
}
LABELS: list[Labels] = [SEX_LABELS, JOB_GROUP_LABELS, AUDIENCE_LABELS, SIZE_LABELS]
