from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString
from wtforms import BooleanField, SelectMultipleField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from club.certification.register.models import FieldKind
from club.certification.register.operations import Profile
from club.certification.register.words import FieldWords
from club.web.forms import ClubForm, at_most, paragraphs

LONGEST_PRESENTATION = 600


def _choice_of_many(label: LazyString) -> SelectMultipleField:
    return SelectMultipleField(
        label,
        choices=[],
        validators=[Optional()],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


class ProfileForm(ClubForm):
    presentation = TextAreaField(
        lazy_gettext("What you do, in a few sentences"),
        filters=[paragraphs],
        validators=[Optional(), at_most(LONGEST_PRESENTATION)],
    )
    tool = _choice_of_many(lazy_gettext("Tools that you work with"))
    topic = _choice_of_many(lazy_gettext("Topics"))
    sector = _choice_of_many(lazy_gettext("Sectors that you know from work"))
    language = _choice_of_many(lazy_gettext("Languages in which you can help"))
    ward = _choice_of_many(lazy_gettext("Wards to which you can come"))
    welcomes_requests = BooleanField(
        lazy_gettext("Members and enterprises may ask me for help through this site")
    )

    def offer(self, words: FieldWords) -> None:
        for kind in FieldKind:
            self[kind.value].choices = [SelectChoice(*one) for one in words[kind].items()]

    def profile(self) -> Profile:
        return Profile(
            presentation=self.presentation.data,
            welcomes_requests=self.welcomes_requests.data,
            fields={kind: self[kind.value].data or [] for kind in FieldKind},
        )
