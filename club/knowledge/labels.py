"""The words for what is stored."""

from flask_babel import lazy_gettext

from club.knowledge.models import ArticleKind, FigureShape, ResultKind, Strength
from club.web.layout import Labels

LABELS: Labels = {
    ArticleKind.CASE: lazy_gettext("Improvement case"),
    ArticleKind.TOOL: lazy_gettext("Tool"),
    ArticleKind.ARTICLE: lazy_gettext("Article"),
    FigureShape.BEFORE_AND_AFTER: lazy_gettext("Before and after"),
    FigureShape.CHANGE_ONLY: lazy_gettext("Only the change"),
    FigureShape.AFTER_ONLY: lazy_gettext("Only after"),
    ResultKind.MEASURED_BEFORE_AFTER: lazy_gettext("Measured before and after"),
    ResultKind.RANDOMISED_TRIAL: lazy_gettext("Trial with a control group"),
    ResultKind.MEASURED_AFTER_ONLY: lazy_gettext("Measured afterwards only"),
    ResultKind.REPORTED_CHANGE: lazy_gettext("Change reported"),
    ResultKind.COMPANY_STATEMENT: lazy_gettext("Said by the firm"),
    ResultKind.STUDY_RESULT: lazy_gettext("Result of a study"),
    ResultKind.THIRD_PARTY_ACCOUNT: lazy_gettext("Told by others"),
    Strength.A: lazy_gettext(
        "The source gives figures before and after, or how it was measured or what was saved."
    ),
    Strength.B: lazy_gettext("The source gives only a change, or only the figure afterwards."),
}
