from typing import Any

from flask_babel import format_decimal, gettext, lazy_gettext
from wtforms import IntegerField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Optional, ValidationError
from wtforms.widgets import HiddenInput

from club.files.forms import FileForm
from club.knowledge.rendering import MOST_LINES, MOST_MARKS, is_crowded
from club.materials.labels import VISIBILITIES
from club.materials.models import Material, MaterialKind, Visibility
from club.materials.operations import MaterialFacts
from club.materials.rules import LONGEST_PAGE
from club.web.forms import ClubForm, at_most, one_line, paragraphs


def _visibility() -> RadioField:
    return RadioField(
        lazy_gettext("Who may read it"),
        choices=[SelectChoice(one.value, VISIBILITIES[one]) for one in Visibility],
        default=Visibility.PARTICIPANTS.value,
        validators=[InputRequired(lazy_gettext("Choose who may read it."))],
    )


def _link() -> StringField:
    return StringField(
        lazy_gettext("Address"),
        filters=[one_line],
        validators=[
            DataRequired(lazy_gettext("Write the whole address, beginning with https://."))
        ],
    )


def _not_crowded(_form: object, field: Any) -> None:
    if is_crowded(field.data or ""):
        raise ValidationError(
            gettext(
                "Split this page: it has more than %(lines)s lines, or more than %(marks)s marks "
                "such as * or [.",
                lines=format_decimal(MOST_LINES),
                marks=format_decimal(MOST_MARKS),
            )
        )


def _body() -> TextAreaField:
    return TextAreaField(
        lazy_gettext("Text"),
        filters=[paragraphs],
        validators=[
            DataRequired(lazy_gettext("Write the text of the page.")),
            at_most(LONGEST_PAGE),
            _not_crowded,
        ],
    )


class _WithFacts:
    """What every material has beside its content."""

    title: StringField
    visibility: RadioField

    def facts(self, *, otherwise: str = "") -> MaterialFacts:
        """``otherwise``: the title where none was written."""
        return MaterialFacts(self.title.data or otherwise, Visibility(self.visibility.data))


class FactsForm(_WithFacts, ClubForm):
    title = StringField(
        lazy_gettext("Title"),
        filters=[one_line],
        validators=[DataRequired(lazy_gettext("Write a title.")), at_most(200)],
    )
    visibility = _visibility()


class NewLinkForm(FactsForm):
    link = _link()


class NewPageForm(FactsForm):
    body = _body()


class NewFileForm(_WithFacts, FileForm):
    #: Without one the file's name is the title.
    title = StringField(
        lazy_gettext("Title"), filters=[one_line], validators=[Optional(), at_most(200)]
    )
    visibility = _visibility()


def _note() -> StringField:
    return StringField(
        lazy_gettext("What is new"), filters=[one_line], validators=[Optional(), at_most(300)]
    )


def _seen() -> IntegerField:
    return IntegerField(widget=HiddenInput(), validators=[Optional()])


class FileVersionForm(FileForm):
    note = _note()
    seen = _seen()


class LinkVersionForm(ClubForm):
    link = _link()
    note = _note()
    seen = _seen()


class PageVersionForm(ClubForm):
    body = _body()
    note = _note()
    seen = _seen()


NEW: dict[MaterialKind, type[ClubForm]] = {
    MaterialKind.FILE: NewFileForm,
    MaterialKind.LINK: NewLinkForm,
    MaterialKind.PAGE: NewPageForm,
}
_VERSIONS: dict[MaterialKind, type[ClubForm]] = {
    MaterialKind.FILE: FileVersionForm,
    MaterialKind.LINK: LinkVersionForm,
    MaterialKind.PAGE: PageVersionForm,
}


def version_form(material: Material) -> Any:
    """The form of a new version, beginning with what the present one says."""
    present = material.versions[0]
    known = {"link": present.link, "body": present.body, "seen": material.version}
    return _VERSIONS[material.kind](data=known)
