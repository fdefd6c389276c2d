"""From a valid form to the facts of a certificate, and what is asked back about it: a look-alike,
and the same number in another place.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from club.certification import queries
from club.certification.forms import CertificateForm, OwnCertificateForm
from club.certification.models import CertificationScheme, ExpertCertificate
from club.certification.operations import CertificateFacts
from club.certification.rules import bare_number, look_alike_of, named_scheme, number_key


@dataclass(frozen=True)
class Doubts:
    """What the form has to say was compared, before the paper is entered."""

    #: The other scheme whose words stand on the paper.
    scheme: CertificationScheme | None = None
    #: Entries with the same number under another scheme or name; one under the same is refused.
    same_number: Sequence[ExpertCertificate] = ()

    def __bool__(self) -> bool:
        return self.scheme is not None or bool(self.same_number)


NO_DOUBTS = Doubts()


def doubts_about(form: OwnCertificateForm) -> Doubts:
    return Doubts(look_alike_in(form), _same_number_as(form))


def _same_number_as(form: OwnCertificateForm) -> list[ExpertCertificate]:
    if form.sure_of_number.data:
        return []
    key = number_key(
        form.number.data, scheme_name=named_scheme(form.scheme.data, form.scheme_name.data)
    )
    return [
        one
        for one in queries.certificates_numbered(bare_number(form.number.data))
        if (one.scheme.key, one.number_key) != (form.scheme.data, key)
    ]


def look_alike_in(form: OwnCertificateForm) -> CertificationScheme | None:
    """The other scheme whose words stand on the paper, unless the form says it was compared."""
    if form.sure.data:
        return None
    written = (form.level.data, form.body.data, form.scope.data, form.scheme_name.data)
    key = look_alike_of(form.scheme.data, written, queries.outside_schemes())
    return queries.scheme_by_key(key) if key else None


def look_alike_on(
    certificate: ExpertCertificate, schemes: list[CertificationScheme]
) -> CertificationScheme | None:
    """The same question about an entry, for whoever checks it."""
    written = (certificate.level, certificate.body, certificate.scope, certificate.scheme_name)
    key = look_alike_of(certificate.scheme.key, written, schemes)
    return next((scheme for scheme in schemes if scheme.key == key), None)


def certificate_facts(form: OwnCertificateForm) -> CertificateFacts:
    return CertificateFacts(
        scheme_key=form.scheme.data,
        scheme_name=form.scheme_name.data,
        level=form.level.data,
        body=form.body.data,
        number=form.number.data,
        issued_on=form.issued_on.data,
        expires_on=form.expires_on.data,
        scope=form.scope.data,
        evidence=form.evidence.data,
        no_file_reason=form.no_file_reason.data,
        funded_by_plan=isinstance(form, CertificateForm) and form.funded_by_plan.data,
    )
