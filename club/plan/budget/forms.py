from collections.abc import Iterable
from decimal import Decimal

from flask_babel import lazy_gettext
from wtforms import HiddenField, SelectChoice, SelectField, TextAreaField
from wtforms.validators import DataRequired, Optional

from club.plan.budget.labels import LABELS
from club.plan.budget.models import BudgetEntry, MoneySource
from club.plan.budget.operations import Place
from club.plan.budget.rules import Amounts, refusal_of_amount
from club.web.forms import ClubForm, FigureField, Verdict, at_most, paragraphs


class AmountsForm(ClubForm):
    planned = FigureField(lazy_gettext("Planned, in đồng"), validators=[Optional()])
    spent = FigureField(lazy_gettext("Spent, in đồng"), validators=[Optional()])
    reason = TextAreaField(
        lazy_gettext("Why these amounts take the place of others"),
        filters=[paragraphs],
        validators=[Optional(), at_most(1000)],
    )
    #: The version that the reader corrects.
    seen = HiddenField()

    def verdicts(self) -> Iterable[Verdict]:
        for field in (self.planned, self.spent):
            if refusal := refusal_of_amount(field.data):
                yield refusal, field.name

    @property
    def amounts(self) -> Amounts:
        return Amounts(_whole(self.planned.data), _whole(self.spent.data))

    @property
    def version_seen(self) -> int:
        """0, which is no version, for what no page of ours sent."""
        typed = str(self.seen.data or "")
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 0

    def show(self, entry: BudgetEntry) -> None:
        self.planned.data, self.spent.data = entry.planned, entry.spent
        self.seen.data = str(entry.version)


class NewAmountsForm(AmountsForm):
    line = SelectField(
        lazy_gettext("Line of the plan"),
        choices=[],
        validators=[DataRequired(lazy_gettext("Choose the line that the money is for."))],
    )
    year = SelectField(
        lazy_gettext("Year"),
        choices=[],
        validators=[DataRequired(lazy_gettext("Choose the year."))],
    )
    source = SelectField(
        lazy_gettext("Where the money comes from"),
        choices=[
            SelectChoice("", lazy_gettext("Choose one")),
            *(SelectChoice(one.value, LABELS[one]) for one in MoneySource),
        ],
        validators=[DataRequired(lazy_gettext("Choose where the money comes from."))],
    )

    def offer(self, lines: Iterable[tuple[str, str]], years: Iterable[int]) -> None:
        """``lines``: names and words."""
        choose = SelectChoice("", lazy_gettext("Choose one"))
        self.line.choices = [choose, *(SelectChoice(key, words) for key, words in lines)]
        self.year.choices = [choose, *(SelectChoice(str(year), str(year)) for year in years)]

    @property
    def place(self) -> Place:
        return Place(self.line.data, int(self.year.data), MoneySource(self.source.data))


def _whole(typed: Decimal | None) -> int | None:
    return None if typed is None else int(typed)
