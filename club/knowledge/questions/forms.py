from collections.abc import Sequence
from textwrap import shorten

from flask_babel import gettext, lazy_gettext
from wtforms import SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Optional

from club.knowledge.models import Article, Topic
from club.knowledge.questions.models import MemberQuestion
from club.knowledge.questions.operations import Asked, Texts
from club.knowledge.questions.queries import TextLink, Trainer
from club.web.forms import ClubForm, at_most, one_line, paragraphs
from club.web.language import said

_LONGEST_TITLE = 160
_LONGEST_CHOICE = 36
_LONGEST_WORDS = 3000
_LONGEST_ANSWER = 10_000


def _short(title: str) -> str:
    """What a narrow phone shows of it: of "5S: a place for everything" the tool."""
    return shorten(title.partition(": ")[0], _LONGEST_CHOICE, placeholder="…")


class AskForm(ClubForm):
    topic = SelectField(
        lazy_gettext("Topic"),
        choices=[],
        validators=[InputRequired(lazy_gettext("Choose one of these topics."))],
    )
    title = StringField(
        lazy_gettext("Your question in one sentence"),
        filters=[one_line],
        validators=[
            DataRequired(lazy_gettext("Write your question.")),
            at_most(_LONGEST_TITLE),
        ],
    )
    words = TextAreaField(
        lazy_gettext("What one should know to answer it"),
        filters=[paragraphs],
        validators=[Optional(), at_most(_LONGEST_WORDS)],
    )
    about = SelectField(lazy_gettext("About which text"), choices=[], validators=[Optional()])

    def offer(
        self, topics: Sequence[Topic], texts: Sequence[TextLink], meant: Article | None
    ) -> None:
        """``meant``: the text from whose page somebody comes; it may be a case."""
        names = {one.slug: _short(said(one.title, one.title_en)) for one in texts}
        if meant:
            names[meant.slug] = _short(said(meant.title, meant.title_en))
        self.topic.choices = [
            SelectChoice("", gettext("Choose…")),
            *(SelectChoice(one.key, said(one.name, one.name_en)) for one in topics),
        ]
        self.about.choices = [
            SelectChoice("", gettext("None in particular")),
            *(SelectChoice(slug, name) for slug, name in names.items()),
        ]

    def asked(self) -> Asked:
        return Asked(self.title.data, self.words.data, self.topic.data, self.about.data or None)


class TextsForm(ClubForm):
    """What is or may become public."""

    title = StringField(
        lazy_gettext("Question in one sentence"),
        filters=[one_line],
        validators=[
            DataRequired(lazy_gettext("Write the question.")),
            at_most(_LONGEST_TITLE),
        ],
    )
    words = TextAreaField(
        lazy_gettext("Details of the question"),
        filters=[paragraphs],
        validators=[Optional(), at_most(_LONGEST_WORDS)],
    )
    answer = TextAreaField(
        lazy_gettext("Answer"),
        filters=[paragraphs],
        validators=[Optional(), at_most(_LONGEST_ANSWER)],
    )

    def texts(self) -> Texts:
        return Texts(self.title.data, self.words.data, self.answer.data)


class AnswerForm(ClubForm):
    """What somebody with the role of a trainer drafts."""

    answer = TextAreaField(
        lazy_gettext("Your answer"),
        filters=[paragraphs],
        validators=[
            DataRequired(lazy_gettext("Write the answer.")),
            at_most(_LONGEST_ANSWER),
        ],
    )

    def texts(self, question: MemberQuestion) -> Texts:
        return Texts(question.title, question.words, self.answer.data)


class HandForm(ClubForm):
    trainer = SelectField(
        lazy_gettext("Who is to draft the answer"),
        choices=[],
        validators=[InputRequired(lazy_gettext("Choose somebody with the role of a trainer."))],
    )
    remark = TextAreaField(
        lazy_gettext("Your words to this person"),
        filters=[paragraphs],
        validators=[Optional(), at_most(1000)],
    )

    def offer(self, trainers: Sequence[Trainer]) -> None:
        self.trainer.choices = [
            SelectChoice("", gettext("Choose…")),
            *(SelectChoice(str(one.public_id), one.full_name) for one in trainers),
        ]


class StepForm(ClubForm):
    """What goes with a step; the button that was pressed says which one."""

    note = TextAreaField(
        lazy_gettext("Reason"),
        filters=[paragraphs],
        validators=[Optional(), at_most(1000)],
    )
