"""What a form about an organisation is asked back before it counts: one of these, perhaps?
And is this tax code right? Nothing is joined and nothing is refused without an answer.
"""

from dataclasses import dataclass

from flask_babel import gettext

from club.people import queries
from club.people.facts import OrganisationFacts
from club.people.forms import NONE_OF_THESE, OrganisationForm
from club.people.models import AudienceKind, Organisation, SizeClass
from club.people.rules.phones import digits_in
from club.people.rules.tax_codes import stored_tax_code, tax_code_doubt
from club.units import queries as units


@dataclass(frozen=True)
class Questions:
    """What is still to be answered; both may be open at once."""

    candidates: list[Organisation]
    doubt: str | None

    @property
    def open(self) -> bool:
        return bool(self.candidates or self.doubt)


def questions_about(form: OrganisationForm) -> Questions:
    """Looks at a valid form that names an organisation of any kind, known or new."""
    if form.same_as.data and form.same_as.data != NONE_OF_THESE:
        return Questions([], None)
    alike = queries.organisations_like(form.name.data, tax_code=form.tax_code.data)
    form.ask_which(alike)
    answered = form.same_as.data == NONE_OF_THESE
    return Questions([] if answered else alike, doubt_about_tax_code(form))


def doubt_about_tax_code(form: OrganisationForm) -> str | None:
    """Words for the doubt, unless the form says that the code stays as it is."""
    if not form.tax_code.data:
        return None
    code = stored_tax_code(form.tax_code.data)
    doubt = tax_code_doubt(code)
    if doubt is None or stored_tax_code(form.tax_code_kept.data or "") == code:
        return None
    return str(gettext(doubt.value, typed=digits_in(code)))


def chosen_organisation(form: OrganisationForm) -> Organisation | None:
    """The known organisation that the form points to."""
    code = form.same_as.data
    return queries.organisation_by_code(code) if code and code != NONE_OF_THESE else None


def organisation_facts(form: OrganisationForm) -> OrganisationFacts:
    ward = units.unit_by_key(form.ward.data) if form.ward.data else None
    return OrganisationFacts(
        name=form.name.data,
        kind=AudienceKind(form.kind.data),
        tax_code=form.tax_code.data,
        sector=form.sector.data or None,
        size_class=SizeClass(form.size_class.data),
        ward_id=ward.id if ward else None,
        address=form.address.data,
        email=form.email.data,
        phone=form.phone.data,
    )
