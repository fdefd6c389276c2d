"""What this room keeps about a person."""

from flask_babel import lazy_gettext
from sqlalchemy import String, cast, literal, select, update

from club.certification.models import CertificationScheme, Expert, ExpertCertificate
from club.db import transaction
from club.web.personal_data import ERASED_NAME, Erasure, Kept, Moves, PersonalPart, Rows, Whose


def _certificates(whose: Whose) -> Rows:
    return (
        select(
            ExpertCertificate.public_id.label("certificate"),
            CertificationScheme.name.label("scheme"),
            ExpertCertificate.scheme_name,
            ExpertCertificate.level,
            ExpertCertificate.body,
            ExpertCertificate.number,
            ExpertCertificate.issued_on,
            ExpertCertificate.expires_on,
            ExpertCertificate.scope,
            ExpertCertificate.evidence,
            ExpertCertificate.funded_by_plan,
            ExpertCertificate.state,
            ExpertCertificate.recorded_at,
            ExpertCertificate.checked_at,
            ExpertCertificate.withdrawal,
            ExpertCertificate.withdrawn_from,
            ExpertCertificate.withdrawn_at,
            ExpertCertificate.withdrawal_reason,
        )
        .join(CertificationScheme, CertificationScheme.id == ExpertCertificate.scheme_id)
        .where(ExpertCertificate.person_id == whose.person_id)
        .order_by(ExpertCertificate.id)
    )


def _expert(whose: Whose) -> Rows:
    return select(Expert.code, Expert.created_at).where(Expert.person_id == whose.person_id)


def _ids(whose: Whose) -> Rows:
    return select(ExpertCertificate.public_id).where(ExpertCertificate.person_id == whose.person_id)


def _erase(erasure: Erasure) -> None:
    """That there is an expert with a certificate of this scheme still counts."""
    with transaction() as session:
        # Each number within a scheme is there once.
        number = literal("erased-").concat(cast(ExpertCertificate.id, String))
        session.execute(
            update(ExpertCertificate)
            .where(ExpertCertificate.person_id == erasure.whose.person_id)
            .values(
                number=number,
                number_key=number,
                evidence=ERASED_NAME,
                scope=None,
                withdrawal_reason=None,
            )
        )


PERSONAL_DATA = PersonalPart(
    "certification",
    lazy_gettext("Expert certificates"),
    [
        Kept(
            lazy_gettext("Certificates that other bodies gave you, and what proves them"),
            lazy_gettext("To count certified experts, and for the public register if you agreed"),
            lazy_gettext("Without end; after erasure without your name and words"),
            lazy_gettext(
                "You, coordinators, officials and assessors; everybody, where you agreed to that"
            ),
        )
    ],
    rows={"expert_certificate": _certificates, "expert": _expert},
    acted=(
        "expert_certificate.recorded_by_id",
        "expert_certificate.checked_by_id",
        "expert_certificate.withdrawn_by_id",
        "scheme_version.created_by_id",
        "scheme_version.changed_by_id",
        "scheme_version.published_by_id",
        "scheme_version.closed_by_id",
    ),
    seen_as={"expert_certificate": _ids},
    erase=_erase,
    moves={
        "expert_certificate": Moves(lazy_gettext("Expert certificates")),
        "expert": Moves(lazy_gettext("Addresses in the public register")),
    },
)
