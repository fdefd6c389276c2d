import uuid

from flask_babel import gettext, lazy_gettext
from wtforms import SelectMultipleField, TextAreaField

from club.refusal import RefusedError
from club.registration.forms import ReasonForm
from club.registration.requests.together import NoneDecidedError
from club.web.forms import ClubForm, at_most, paragraphs, show_refusal, uuid_in


class ApprovalForm(ClubForm):
    """Whether words are needed is the operation's verdict."""

    remark = TextAreaField(lazy_gettext("Remark"), filters=[paragraphs], validators=[at_most(1000)])


class TickedForm(ClubForm):
    """Several requests, ticked in the rows of their table."""

    requests = SelectMultipleField(choices=[], validate_choice=False)

    @property
    def ticked(self) -> set[uuid.UUID]:
        found = (uuid_in(one) for one in self.requests.data or [])
        return {one for one in found if one is not None}

    def show(self, refused: RefusedError) -> None:
        """Everybody who stood in the way, by name."""
        if not isinstance(refused, NoneDecidedError):
            show_refusal(self, refused)
            return
        said = [f"{one.full_name}: {gettext(one.refusal.value)}" for one in refused.people]
        if refused.field:
            self[refused.field].errors = [*self[refused.field].errors, *said]
        else:
            self.form_errors.extend(said)
            self.answer_status = 409


class ApprovalTogetherForm(TickedForm):
    """Whether words are needed is the operation's verdict."""

    reason = TextAreaField(lazy_gettext("Reason"), filters=[paragraphs], validators=[at_most(1000)])


class RefusalTogetherForm(TickedForm, ReasonForm):
    """One reason for all of them."""
