from typing import Any

from flask import request
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from flask_wtf.form import _Auto
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, IntegerField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Optional, ValidationError
from wtforms.widgets import HiddenInput

from club.records.certificates.designs import LARGEST_PICTURE, Wording, refusal_of_picture
from club.records.certificates.models import DesignLanguage
from club.web.forms import ClubForm, at_most, one_line

_PICTURES = ("logo", "signature")


class DesignForm(ClubForm):
    """Two pictures beside the words. Its view says ``@takes_files``."""

    class Meta(ClubForm.Meta):
        def wrap_formdata(self, form: FlaskForm, formdata: Any) -> Any:
            typed = super().wrap_formdata(form, formdata)
            if formdata is not _Auto or request.method == "GET":
                return typed
            # Under these names alone: a file in a text field would be no text.
            given: MultiDict[str, Any] = MultiDict(typed)
            for name in _PICTURES:
                given.setlist(name, request.files.getlist(name))
            return given

    language = RadioField(
        lazy_gettext("Language"),
        choices=[
            SelectChoice(DesignLanguage.BOTH.value, lazy_gettext("Vietnamese with English lines")),
            SelectChoice(DesignLanguage.VIETNAMESE.value, lazy_gettext("Vietnamese only")),
        ],
    )
    title = StringField(
        lazy_gettext("Heading"),
        filters=[one_line],
        validators=[DataRequired(lazy_gettext("Write the heading.")), at_most(60)],
    )
    title_en = StringField(
        lazy_gettext("Heading in English"), filters=[one_line], validators=[Optional(), at_most(60)]
    )
    opening = StringField(
        lazy_gettext("Before the name"),
        filters=[one_line],
        validators=[DataRequired(lazy_gettext("Write what stands before the name.")), at_most(80)],
    )
    opening_en = StringField(
        lazy_gettext("Before the name, in English"),
        filters=[one_line],
        validators=[Optional(), at_most(80)],
    )
    sentence = StringField(
        lazy_gettext("Between name and course"),
        filters=[one_line],
        validators=[
            DataRequired(lazy_gettext("Write what stands between the name and the course.")),
            at_most(120),
        ],
    )
    sentence_en = StringField(
        lazy_gettext("Between name and course, in English"),
        filters=[one_line],
        validators=[Optional(), at_most(120)],
    )
    signer_title = StringField(
        lazy_gettext("Title of who signs"), filters=[one_line], validators=[Optional(), at_most(60)]
    )
    signer_title_en = StringField(
        lazy_gettext("Title of who signs, in English"),
        filters=[one_line],
        validators=[Optional(), at_most(60)],
    )
    signer_name = StringField(
        lazy_gettext("Name of who signs"), filters=[one_line], validators=[Optional(), at_most(60)]
    )
    prints_scores = BooleanField(
        lazy_gettext("Print the scores of the test at the end and of the assignment")
    )
    logo = FileField(lazy_gettext("Logo"))
    no_logo = BooleanField(lazy_gettext("Print the club's own mark instead of the logo"))
    signature = FileField(lazy_gettext("Picture of the signature"))
    no_signature = BooleanField(lazy_gettext("Print no picture of a signature"))
    #: The version that was on the page.
    seen = IntegerField(widget=HiddenInput(), validators=[Optional()])

    def validate_logo(self, field: FileField) -> None:
        _refuse_picture(field)

    def validate_signature(self, field: FileField) -> None:
        _refuse_picture(field)

    def wording(self) -> Wording:
        words = {name: self[name].data for name in Wording.__dataclass_fields__}
        return Wording(**words | {"language": DesignLanguage(self.language.data)})

    def picture(self, name: str) -> bytes | None:
        """What was chosen under this name, if anything."""
        chosen = self[name].data
        if not chosen:
            return None
        chosen.stream.seek(0)
        content: bytes = chosen.stream.read(LARGEST_PICTURE)
        return content


def _refuse_picture(field: FileField) -> None:
    if not field.data:
        return
    stream = field.data.stream
    size = stream.seek(0, 2)
    stream.seek(0)
    refusal = refusal_of_picture(stream.read(24), size=size)
    if refusal:
        raise ValidationError(gettext(refusal.value))
