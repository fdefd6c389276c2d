from flask_babel import lazy_gettext

from club.certification.schemes.models import (
    Deciding,
    Judge,
    Majority,
    Purpose,
    RenewedFrom,
    RequirementKind,
    Unit,
    ValidFrom,
    VersionState,
)
from club.certification.schemes.settings import CreditCategory, EducationLevel, Framework
from club.web.layout import Labels

KIND_LABELS: Labels = {
    RequirementKind.EDUCATION: lazy_gettext("Education"),
    RequirementKind.TRAINING: lazy_gettext("Training received"),
    RequirementKind.WORK_EXPERIENCE: lazy_gettext("Work experience"),
    RequirementKind.PROJECT: lazy_gettext("Improvement projects"),
    RequirementKind.EXAMINATION: lazy_gettext("Examination"),
    RequirementKind.INTERVIEW: lazy_gettext("Interview"),
    RequirementKind.ETHICS: lazy_gettext("Statement of ethics"),
    RequirementKind.REFERENCES: lazy_gettext("References"),
    RequirementKind.FEE: lazy_gettext("Fee"),
    RequirementKind.OTHER: lazy_gettext("Something else"),
}
UNIT_LABELS: Labels = {
    Unit.HOURS: lazy_gettext("hours"),
    Unit.MONTHS: lazy_gettext("months"),
    Unit.PROJECTS: lazy_gettext("projects"),
    Unit.PERCENT: lazy_gettext("percent"),
    Unit.POINTS: lazy_gettext("points"),
    Unit.REFERENCES: lazy_gettext("references"),
    Unit.DONG: lazy_gettext("đồng"),
    Unit.PIECES: lazy_gettext("of them"),
    Unit.DONE: lazy_gettext("there or not"),
}
PURPOSE_LABELS: Labels = {
    Purpose.FIRST: lazy_gettext("For the first award"),
    Purpose.RENEWAL: lazy_gettext("For a renewal"),
}
JUDGE_LABELS: Labels = {
    Judge.RECORDS: lazy_gettext("Counted by the site itself"),
    Judge.COORDINATOR: lazy_gettext("A coordinator"),
    Judge.ASSESSOR: lazy_gettext("An assessor"),
}
VERSION_STATE_LABELS: Labels = {
    VersionState.DRAFT: lazy_gettext("Draft of a version"),
    VersionState.PUBLISHED: lazy_gettext("Published version"),
    VersionState.CLOSED: lazy_gettext("Closed to new candidates"),
}
RULE_LABELS: Labels = {
    Deciding.ONE: lazy_gettext("One person, another than the assessors"),
    Deciding.PANEL: lazy_gettext("A panel that votes"),
    Deciding.BODY: lazy_gettext("The outside certifying body"),
    Majority.MORE_THAN_HALF: lazy_gettext("More than half"),
    Majority.TWO_THIRDS: lazy_gettext("Two thirds"),
    Majority.ALL: lazy_gettext("All of them"),
    ValidFrom.DECIDED: lazy_gettext("The day of the decision"),
    ValidFrom.ISSUED: lazy_gettext("The day on the certificate"),
    ValidFrom.FULFILLED: lazy_gettext("The day on which the last requirement was met"),
    RenewedFrom.OLD_END: lazy_gettext("The day after the present validity ends"),
    RenewedFrom.THRESHOLD: lazy_gettext("The day on which the renewal's requirements were met"),
}
SETTING_LABELS: Labels = {
    EducationLevel.SECONDARY: lazy_gettext("Secondary school"),
    EducationLevel.VOCATIONAL: lazy_gettext("Vocational school"),
    EducationLevel.COLLEGE: lazy_gettext("College"),
    EducationLevel.UNIVERSITY: lazy_gettext("University"),
    EducationLevel.MASTER: lazy_gettext("Master's degree"),
    EducationLevel.DOCTOR: lazy_gettext("Doctorate"),
    CreditCategory.ATTENDED: lazy_gettext("Courses of the club"),
    CreditCategory.OUTSIDE: lazy_gettext("Training taken elsewhere"),
    CreditCategory.TAUGHT: lazy_gettext("Teaching done"),
    CreditCategory.SELF_STUDY: lazy_gettext("Self-study"),
    CreditCategory.PUBLISHED: lazy_gettext("Publications"),
    CreditCategory.OTHER: lazy_gettext("Other training"),
    Framework.PLAN_DO_SUSTAIN: lazy_gettext("Plan–Do–Sustain"),
}
LABELS: list[Labels] = [
    KIND_LABELS, UNIT_LABELS, PURPOSE_LABELS, JUDGE_LABELS, VERSION_STATE_LABELS, RULE_LABELS,
    SETTING_LABELS,
]  # fmt: skip
