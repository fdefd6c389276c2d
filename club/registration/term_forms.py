"""The forms of a run's terms and of the groups that have seats of their own."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext
from wtforms import BooleanField, IntegerField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from club.knowledge.models import Topic
from club.people.labels import AUDIENCE_LABELS
from club.people.models import AudienceKind, Organisation
from club.registration.labels import WAYS_IN
from club.registration.models import WayIn
from club.registration.rules.seating import QuotaRefusal, field_to_mend, problems_of_group
from club.registration.rules.terms import (
    HOUR,
    USUAL,
    Terms,
    TermsRefusal,
    problems_of_terms,
)
from club.registration.terms import Group
from club.units.labels import unit_name
from club.units.models import Unit
from club.web.forms import ClubForm, LocalMomentField, Verdict
from club.web.language import said

_LARGEST = 100_000


class TermsForm(ClubForm):
    way_in = RadioField(lazy_gettext("How people come into this class"), coerce=WayIn)
    cutoff_hours = IntegerField(
        lazy_gettext("Hours before the start until which people leave without a reason"),
        validators=[InputRequired(lazy_gettext(TermsRefusal.CUTOFF.value))],
    )
    offer_hours = IntegerField(
        lazy_gettext("Hours that an offered place is held"),
        validators=[InputRequired(lazy_gettext(TermsRefusal.OFFER_TIME.value))],
    )
    substitution_hours = IntegerField(
        lazy_gettext("Hours before the start until which organisations send somebody else"),
        validators=[Optional()],
    )
    most_per_organisation = IntegerField(
        lazy_gettext("Most places for one organisation"), validators=[Optional()]
    )
    quotas_open_at = LocalMomentField(
        lazy_gettext("From when unused places of groups are for everybody"),
        validators=[Optional()],
    )

    def __init__(self, *, starts_at: datetime | None, **given: Any) -> None:
        super().__init__(**given)
        self._starts_at = starts_at
        self.way_in.choices = [SelectChoice(way.value, WAYS_IN[way]) for way in WayIn]

    def verdicts(self) -> Iterator[Verdict]:
        for found in problems_of_terms(self.terms(), starts_at=self._starts_at):
            yield found.refusal, found.field

    def terms(self) -> Terms:
        """The usual ones in place of what is not sound yet."""
        return Terms(
            way_in=self.way_in.data or USUAL.way_in,
            cutoff=_hours(self.cutoff_hours.data, otherwise=USUAL.cutoff),
            offer_time=_hours(self.offer_hours.data, otherwise=USUAL.offer_time),
            quotas_open_at=self.quotas_open_at.data,
            substitution=None
            if self.substitution_hours.data is None
            else _hours(self.substitution_hours.data, otherwise=USUAL.cutoff),
            most_per_organisation=self.most_per_organisation.data,
        )


def terms_form(terms: Terms, *, starts_at: datetime | None) -> TermsForm:
    return TermsForm(
        starts_at=starts_at,
        data={
            "way_in": terms.way_in,
            "cutoff_hours": terms.cutoff // HOUR,
            "offer_hours": terms.offer_time // HOUR,
            "most_per_organisation": terms.most_per_organisation,
            "quotas_open_at": terms.quotas_open_at,
            "substitution_hours": None
            if terms.substitution is None
            else terms.substitution // HOUR,
        },
    )


def _hours(number: int | None, *, otherwise: timedelta) -> timedelta:
    """What nobody can mean is still a length, so that the rule can refuse it in words."""
    if number is None:
        return otherwise
    return timedelta(hours=max(-_LARGEST, min(number, _LARGEST)))


class GroupSeatsForm(ClubForm):
    seats = IntegerField(
        lazy_gettext("Places for this group"),
        validators=[InputRequired(lazy_gettext(QuotaRefusal.OUT_OF_RANGE.value))],
    )


class GroupForm(GroupSeatsForm):
    """For whom seats are kept; every choice narrows the group."""

    audience = SelectField(lazy_gettext("Who comes for"), default="")
    ward = SelectField(lazy_gettext("From the ward"), default="")
    organisation = SelectField(lazy_gettext("From the organisation"), default="")
    topic = SelectField(lazy_gettext("Who follows the topic"), default="")
    members_only = BooleanField(
        lazy_gettext("Only members of the club and of member organisations")
    )

    def offer(
        self,
        *,
        wards: Sequence[Unit],
        organisations: Sequence[Organisation],
        topics: Sequence[Topic],
    ) -> None:
        anybody = SelectChoice("", lazy_gettext("Any"))
        self.audience.choices = [
            anybody, *(SelectChoice(kind.value, AUDIENCE_LABELS[kind]) for kind in AudienceKind)
        ]  # fmt: skip
        self.ward.choices = [
            anybody,
            *(SelectChoice(str(u.id), unit_name(u)) for u in wards),
        ]
        self.organisation.choices = [
            anybody, *(SelectChoice(str(o.id), o.name) for o in organisations)
        ]  # fmt: skip
        self.topic.choices = [
            anybody, *(SelectChoice(str(t.id), said(t.name, t.name_en)) for t in topics)
        ]  # fmt: skip

    def verdicts(self) -> Iterator[Verdict]:
        if not self.sound("audience", "ward", "organisation", "topic"):
            return  # Nobody can say which group is meant.
        seats = self.seats.data if self.sound("seats") else 0
        for refusal in problems_of_group(self.group(), seats=seats):
            yield refusal, field_to_mend(refusal)

    def group(self) -> Group:
        return Group(
            audience=AudienceKind(self.audience.data) if self.audience.data else None,
            ward_id=int(self.ward.data) if self.ward.data else None,
            organisation_id=int(self.organisation.data) if self.organisation.data else None,
            topic_id=int(self.topic.data) if self.topic.data else None,
            members_only=self.members_only.data,
        )
