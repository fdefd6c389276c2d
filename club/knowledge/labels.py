"""The words for what is stored."""

from flask_babel import lazy_gettext, lazy_pgettext
from flask_babel.speaklater import LazyString

from club.knowledge.editing.models import TextState
from club.knowledge.facts import Consent
from club.knowledge.models import ArticleKind, FigureShape, ResultKind, Strength
from club.web.layout import Labels

LABELS: Labels = {
    ArticleKind.CASE: lazy_gettext("Improvement case"),
    ArticleKind.TOOL: lazy_gettext("Tool"),
    ArticleKind.ARTICLE: lazy_gettext("Article"),
    TextState.DRAFT: lazy_gettext("Draft"),
    TextState.IN_REVIEW: lazy_gettext("Waits to be looked over"),
    TextState.RETURNED: lazy_gettext("Sent back"),
    TextState.PUBLISHED: lazy_pgettext("text", "Published"),
    TextState.DUE: lazy_gettext("Due to be checked again"),
    TextState.RETIRED: lazy_gettext("Taken out"),
    TextState.DISCARDED: lazy_gettext("Thrown away"),
    Consent.PUBLISHED_SOURCE: lazy_gettext("Everybody can read it at its source"),
    Consent.AGREEMENT: lazy_gettext("The firm agreed"),
    FigureShape.BEFORE_AND_AFTER: lazy_gettext("Before and after"),
    FigureShape.CHANGE_ONLY: lazy_gettext("Only the change"),
    FigureShape.AFTER_ONLY: lazy_gettext("Only after"),
    FigureShape.NOT_MEASURED: lazy_gettext("Not measured"),
    ResultKind.MEASURED_BEFORE_AFTER: lazy_gettext("Measured before and after"),
    ResultKind.RANDOMISED_TRIAL: lazy_gettext("Trial with a control group"),
    ResultKind.MEASURED_AFTER_ONLY: lazy_gettext("Measured afterwards only"),
    ResultKind.REPORTED_CHANGE: lazy_gettext("Change reported"),
    ResultKind.COMPANY_STATEMENT: lazy_gettext("Said by the firm"),
    ResultKind.STUDY_RESULT: lazy_gettext("Result of a study"),
    ResultKind.THIRD_PARTY_ACCOUNT: lazy_gettext("Told by others"),
    ResultKind.SIMULATION: lazy_gettext("Simulated"),
    ResultKind.PROJECTED_FUTURE_STATE: lazy_gettext("Reckoned for a future state"),
    ResultKind.EXPECTED: lazy_gettext("Expected beforehand"),
    ResultKind.APPROVED_PLAN: lazy_gettext("Approved plan"),
    Strength.A: lazy_gettext(
        "The source gives figures before and after, or how it was measured or what was saved."
    ),
    Strength.B: lazy_gettext("The source gives only a change, or only the figure afterwards."),
    Strength.C: lazy_gettext(
        "Not a measured result: a study, a proposal or an account that nobody has checked."
    ),
}
#: Of C: what stands beside each figure, so that nobody takes it for a measurement.
CAUTIONS: dict[ResultKind, LazyString] = {
    ResultKind.SIMULATION: lazy_gettext("Simulated, not measured"),
    ResultKind.PROJECTED_FUTURE_STATE: lazy_gettext("Reckoned, not measured"),
    ResultKind.EXPECTED: lazy_gettext("Expected, not measured"),
    ResultKind.APPROVED_PLAN: lazy_gettext("Planned, not measured"),
    ResultKind.STUDY_RESULT: lazy_gettext("From a study; not known whether it was put to use"),
}
_NOT_CHECKED = lazy_gettext("Said, not checked")


def caution(strength: Strength, kind: ResultKind) -> str:
    """What to bear in mind beside a figure of a case; nothing where it may stand as it is."""
    return str(CAUTIONS.get(kind, _NOT_CHECKED)) if strength is Strength.C else ""
