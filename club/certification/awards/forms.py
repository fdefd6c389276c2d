from flask_babel import lazy_gettext
from wtforms import DateField, TextAreaField
from wtforms.validators import Optional

from club.certification.awards.rules import Pause
from club.certification.candidacy import rules
from club.certification.candidacy.forms import RemarkForm
from club.web.forms import at_most, paragraphs, plausible_day


class SuspensionForm(RemarkForm):
    public_words = TextAreaField(
        lazy_gettext("What everybody reads"),
        filters=[paragraphs],
        validators=[at_most(rules.LONGEST_WORDS)],
    )
    until_on = DateField(lazy_gettext("Its last day"), validators=[Optional(), plausible_day])
    to_do = TextAreaField(
        lazy_gettext("What the person has to do"),
        filters=[paragraphs],
        validators=[Optional(), at_most(rules.LONGEST_WORDS)],
    )

    def pause(self) -> Pause:
        return Pause(
            reason=self.remark.data or None,
            public_words=self.public_words.data or None,
            until_on=self.until_on.data,
            to_do=self.to_do.data or None,
        )
