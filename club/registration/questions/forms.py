"""The form of a question, and the questions within other forms."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from decimal import Context, Decimal
from typing import Any, TypeVar

from flask import request
from flask_babel import get_locale, gettext, lazy_gettext
from flask_login import current_user
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from flask_wtf.form import _Auto
from werkzeug.datastructures import FileStorage, MultiDict
from wtforms import BooleanField, Field, HiddenField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Optional, ValidationError

from club.files.accepting import MIB, type_to_read
from club.files.carried import file_of_ticket, ticket_for
from club.files.receiving import ReceivedFile, receive
from club.refusal import RefusedError
from club.registration.labels import QUESTION_KINDS
from club.registration.questions.answering import NOTHING, Answer, field_of
from club.registration.questions.models import CourseQuestion, QuestionKind, RegistrationAnswer
from club.registration.questions.rules import (
    LONGEST_ANSWER,
    AnswerRefusal,
    Meaning,
    refusal_of_answer,
)
from club.web.forms import ClubForm, at_most, lines_of, one_line, paragraphs
from club.web.language import said
from club.web.turns import letting_others_go_on
from club.web.typed_numbers import typed_number

LARGEST_FILE = 10 * MIB
#: Of a whole form: several files, and the text beside them.
LARGEST_ANSWERS = 40 * MIB
#: Characters of a typed number.
_LONGEST_NUMBER = 40
#: What the database keeps of a number; whether that is enough for it is the rule's verdict.
_KEPT = Decimal("0.0001")
_EXACT = Context(prec=_LONGEST_NUMBER + 4)
_TOO_LARGE = lazy_gettext("A file may have at most 10 MB. Choose a smaller one.")


class QuestionForm(ClubForm):
    wording = StringField(
        lazy_gettext("Question"),
        filters=[one_line],
        validators=[DataRequired(lazy_gettext("Write the question.")), at_most(300)],
    )
    wording_en = StringField(
        lazy_gettext("Question in English"),
        filters=[one_line],
        validators=[Optional(), at_most(300)],
    )
    kind = RadioField(lazy_gettext("Kind of answer"), coerce=QuestionKind)
    options = TextAreaField(
        lazy_gettext("Options"), filters=[paragraphs], validators=[at_most(2000)]
    )
    required = BooleanField(lazy_gettext("Must be answered"))

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.kind.choices = [SelectChoice(k.value, QUESTION_KINDS[k]) for k in QuestionKind]

    def meaning(self) -> Meaning:
        """Options belong to a choice only."""
        is_choice = self.kind.data is QuestionKind.CHOICE
        return Meaning(
            self.kind.data,
            self.wording.data or "",
            self.wording_en.data,
            tuple(lines_of(self.options.data)) if is_choice else (),
        )


def question_form(question: CourseQuestion) -> QuestionForm:
    return QuestionForm(
        data={
            "wording": question.wording,
            "wording_en": question.wording_en,
            "kind": question.kind,
            "options": "\n".join(question.options),
            "required": question.required,
        }
    )


class AskingForm(ClubForm):
    """A form that also asks the questions of a course; made by ``asking``."""

    questions: Sequence[CourseQuestion] = ()

    class Meta(ClubForm.Meta):
        def wrap_formdata(self, form: FlaskForm, formdata: Any) -> Any:
            typed = super().wrap_formdata(form, formdata)
            if formdata is not _Auto or request.method == "GET" or not isinstance(form, AskingForm):
                return typed
            # Under these names alone: a file in a text field would be no text.
            given: MultiDict[str, Any] = MultiDict(typed)
            for question in form.questions:
                if question.kind is QuestionKind.FILE:
                    name = field_of(question.id)
                    given.setlist(name, request.files.getlist(name))
            return given

    def __init__(
        self, *, known: Mapping[int, RegistrationAnswer] | None = None, **given: Any
    ) -> None:
        super().__init__(**given)
        self.known = known or {}
        self.answers: dict[int, Answer] = {}

    @property
    def owner(self) -> int | str:
        """For whom alone the form carries a file: the account at the screen."""
        return int(current_user.id)

    @property
    def takes_files(self) -> bool:
        return any(question.kind is QuestionKind.FILE for question in self.questions)

    def validate(self, *given: Any, **more: Any) -> bool:
        """All errors at once: those of the answers beside those of the other fields. A file
        that was taken is carried while the others are mended.

        Raises ``StorageError``.
        """
        is_valid = super().validate(*given, **more)
        for question in self.questions:
            self.answers[question.id] = self._answer(question)
        return is_valid and not any(self.field_of(one).errors for one in self.questions)

    def field_of(self, question: CourseQuestion) -> Field:
        return self[field_of(question.id)]

    def carried(self, question: CourseQuestion) -> ReceivedFile | None:
        """The file that the form holds already."""
        if question.kind is not QuestionKind.FILE:
            return None
        ticket = self[_ticket_of(question.id)].data or ""
        return file_of_ticket(ticket, owner=self.owner)

    def _answer(self, question: CourseQuestion) -> Answer:
        field = self.field_of(question)
        if field.errors:
            return NOTHING
        try:
            answer = self._given(question, field)
        except RefusedError as refused:
            field.errors = [*field.errors, gettext(refused.refusal.value)]
            return NOTHING
        except ValidationError as error:
            field.errors = [*field.errors, str(error)]
            return NOTHING
        has_file = answer.file is not None or question.id in self.known
        refusal = refusal_of_answer(
            question, words=answer.words, number=answer.number, has_file=has_file
        )
        if refusal:
            field.errors = [*field.errors, gettext(refusal.value)]
        return answer

    def _given(self, question: CourseQuestion, field: Field) -> Answer:
        if question.kind is QuestionKind.FILE:
            return Answer(file=self._taken(question, field.data))
        if question.kind is QuestionKind.NUMBER:
            return Answer(number=_number(field.data))
        return Answer(words=field.data or None)

    def _taken(self, question: CourseQuestion, given: FileStorage | None) -> ReceivedFile | None:
        if not given:
            return self.carried(question)
        if given.stream.seek(0, 2) > LARGEST_FILE:
            raise ValidationError(str(_TOO_LARGE))
        with letting_others_go_on():
            received = receive(given.stream, name=given.filename, type_of=type_to_read)
        self[_ticket_of(question.id)].data = ticket_for(received, owner=self.owner)
        return received


class AskedByLinkForm(AskingForm):
    """The same by the link in a letter. The link is the proof, so it needs no token of a form."""

    class Meta(AskingForm.Meta):
        csrf = False

    def __init__(self, *, registration: uuid.UUID, **given: Any) -> None:
        super().__init__(**given)
        self._registration = registration

    @property
    def owner(self) -> int | str:
        return str(self._registration)


F = TypeVar("F", bound=AskingForm)


def asking(form: type[F], questions: Sequence[CourseQuestion]) -> type[F]:
    """``form`` with a field for each of the questions. Without any it is ``form`` itself, whose
    fields need not be put in order anew.
    """
    if not questions:
        return form
    fields: dict[str, Any] = {"questions": questions}
    for question in questions:
        fields[field_of(question.id)] = _field(question)
        if question.kind is QuestionKind.FILE:
            fields[_ticket_of(question.id)] = HiddenField()
    return type(form.__name__, (form,), fields)


def not_stored(form: F) -> F:
    """``form``, saying that its file is lost and nothing else is."""
    form.form_errors.append(
        gettext("The file could not be stored. Nothing was saved; try again in a few minutes.")
    )
    return form


def shown_values(answers: Iterable[RegistrationAnswer]) -> dict[str, str]:
    """What the fields of answered questions begin with."""
    return {
        field_of(one.question_id): one.words if one.words is not None else _typed(one.number)
        for one in answers
        if one.file_id is None
    }


def _field(question: CourseQuestion) -> Any:
    words = said(question.wording, question.wording_en)
    if question.kind is QuestionKind.FILE:
        return FileField(words)
    if question.kind is QuestionKind.CHOICE:
        choices = [SelectChoice(option, option) for option in question.options]
        # Whether one was chosen is the rule's verdict, in its words.
        return RadioField(words, choices=choices, validate_choice=False)
    if question.kind is QuestionKind.NUMBER:
        return StringField(words, filters=[one_line], validators=[at_most(_LONGEST_NUMBER)])
    return TextAreaField(words, filters=[paragraphs], validators=[at_most(LONGEST_ANSWER)])


def _ticket_of(question_id: int) -> str:
    return f"{field_of(question_id)}_file"


def _number(typed: str | None) -> Decimal | None:
    if not typed:
        return None
    number = typed_number(typed, english=str(get_locale()) == "en")
    if number is None:
        raise ValidationError(gettext(AnswerRefusal.NOT_A_NUMBER.value))
    return number.quantize(_KEPT, context=_EXACT)


def _typed(number: Decimal | None) -> str:
    """As the reader would type it."""
    if number is None:
        return ""
    text = f"{number.normalize():f}"
    return text if str(get_locale()) == "en" else text.replace(".", ",")
