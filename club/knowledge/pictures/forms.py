from flask_babel import gettext, lazy_gettext
from flask_wtf.file import MultipleFileField
from wtforms import StringField
from wtforms.validators import ValidationError

from club.files.forms import FileForm
from club.knowledge.pictures.operations import PictureWords
from club.knowledge.pictures.rules import LONGEST_ALT, LONGEST_CAPTION, ListRefusal
from club.web.forms import ClubForm, at_most, one_line


class PicturesForm(FileForm):
    """One picture or several."""

    file = MultipleFileField(lazy_gettext("Pictures"))

    def validate_file(self, field: MultipleFileField) -> None:
        if not field.data:
            raise ValidationError(gettext(ListRefusal.NOTHING_CHOSEN.value))


class WordsForm(ClubForm):
    """What is said of one picture."""

    alt = StringField(
        lazy_gettext("What is to be seen"), filters=[one_line], validators=[at_most(LONGEST_ALT)]
    )
    caption = StringField(
        lazy_gettext("Words below it"), filters=[one_line], validators=[at_most(LONGEST_CAPTION)]
    )
    credit = StringField(
        lazy_gettext("Who took it"), filters=[one_line], validators=[at_most(LONGEST_CAPTION)]
    )

    def words(self) -> PictureWords:
        return PictureWords(self.alt.data, self.caption.data or None, self.credit.data or None)
