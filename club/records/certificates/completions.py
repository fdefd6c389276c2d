"""Certificates of completion, as one of the kinds."""

from datetime import date
from typing import Any

from flask_babel import lazy_gettext
from sqlalchemy.orm import joinedload

from club.hours import hours_in_file
from club.records.certificates import codes, queries
from club.records.certificates.designs import design_of
from club.records.certificates.kinds import CertificateKind, Standing
from club.records.certificates.models import CompletionCertificate
from club.records.certificates.numbering import CERTIFICATES
from club.records.certificates.printing import certificate_pdf
from club.records.certificates.scores import Score, ScoredPart, said_by
from club.records.certificates.states import state_on
from club.web.described import DAY, NUMBER, TEXT, list_of, maybe, one_of, record

#: Points and maximum are ``null`` for an assignment that is passed or not: it was passed.
_SCORE = record(part=one_of(ScoredPart), points=maybe(NUMBER), maximum=maybe(NUMBER))


def _standing(it: CompletionCertificate, day: date) -> Standing:
    state = state_on(it.state, it.expires_on, day)
    if it.is_valid:
        return Standing(state)
    replaced_by = it.replaced_by.number if it.replaced_by else None
    return Standing(state, it.state_changed_at, it.state_reason, replaced_by)


def _said(it: CompletionCertificate) -> dict[str, Any]:
    return {
        "course": it.course_title,
        "course_en": it.course_title_en,
        "course_code": it.course_code,
        "run": it.run_code,
        "first_day": it.first_day.isoformat(),
        "last_day": it.last_day.isoformat(),
        "hours": hours_in_file(it.attended_minutes),
        "scores": [_score(score) for score in said_by(it)],
        "replaced_by_code": _code_of(it.replaced_by),
        "replaces": it.replaces.number if it.replaces else None,
        "replaces_code": _code_of(it.replaces),
    }


def _code_of(other: CompletionCertificate | None) -> str | None:
    return codes.written(other.code) if other else None


def _score(score: Score) -> dict[str, Any]:
    maximum = score.maximum
    return {
        "part": score.part.value,
        "points": None if maximum is None else float(score.points),
        "maximum": None if maximum is None else float(maximum),
    }


COMPLETIONS = CertificateKind(
    name="completion_certificate",
    title=lazy_gettext("Certificate of completion"),
    series=CERTIFICATES,
    model=CompletionCertificate,
    links=(
        joinedload(CompletionCertificate.replaces),
        joinedload(CompletionCertificate.replaced_by),
        joinedload(CompletionCertificate.signing_key),
        joinedload(CompletionCertificate.file),
    ),
    standing=_standing,
    about=lambda it: (it.course_title, it.course_title_en),
    printed=lambda it, public_url: certificate_pdf(it, design_of(it.design), public_url=public_url),
    address=lambda it: f"/certificates/{it.public_id}",
    template="records/_certified.html",
    is_not=lazy_gettext(
        "This certifies that a course was completed. It is not an expert certification."
    ),
    is_expert_certification=False,
    said=_said,
    form={
        "course": TEXT,
        "course_en": maybe(TEXT),
        "course_code": TEXT,
        "run": TEXT,
        "first_day": DAY,
        "last_day": DAY,
        "hours": NUMBER,
        "scores": list_of(_SCORE),
        "replaced_by_code": maybe(TEXT),
        "replaces": maybe(TEXT),
        "replaces_code": maybe(TEXT),
    },
    samples=queries.latest_of_each_state,
)
