from flask_babel import lazy_gettext
from wtforms import TextAreaField

from club.web.forms import ClubForm, at_most, paragraphs


class ApprovalForm(ClubForm):
    """Whether words are needed is the operation's verdict."""

    remark = TextAreaField(lazy_gettext("Remark"), filters=[paragraphs], validators=[at_most(1000)])
