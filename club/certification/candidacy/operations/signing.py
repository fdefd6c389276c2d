"""Signing the statement that a scheme asks for, on the page itself."""

from datetime import datetime
from decimal import Decimal
from io import BytesIO

from flask_babel import force_locale, gettext
from sqlalchemy import select

from club import clock
from club.certification.candidacy.held import held
from club.certification.candidacy.models import (
    Candidate,
    EvidenceKind,
    EvidenceUse,
    UseState,
)
from club.certification.candidacy.operations.evidence import (
    Claim,
    HandedIn,
    Judgement,
    Paper,
    hand_in_for,
    settle,
)
from club.certification.candidacy.rules import CandidacyRefusal
from club.certification.schemes.models import Requirement
from club.certification.schemes.settings import EthicsTerms, terms_of
from club.db import db, transaction
from club.files.accepting import TEXT
from club.files.receiving import ReceivedFile, keep
from club.refusal import RefusedError
from club.web.language import moment


def text_to_sign(requirement: Requirement) -> EthicsTerms | None:
    """The statement of a requirement that asks for one and says its words."""
    terms = terms_of(requirement)
    return terms if isinstance(terms, EthicsTerms) and terms.text else None


def goes_along(use: EvidenceUse, there: Requirement) -> bool:
    """Whether what was handed in counts for the requirement of another version too: a signature
    does for the very words that were signed, and for no others.
    """
    return _words_of(use.requirement) == _words_of(there)


def _words_of(requirement: Requirement) -> tuple[str | None, str | None] | None:
    terms = terms_of(requirement)
    return (terms.version, terms.text) if isinstance(terms, EthicsTerms) else None


def sign_statement(candidate_id: int, key: str, *, by: int, now: datetime) -> EvidenceUse:
    """The words, who signed them and when are kept as a file of the person, like any evidence. It
    counts at once, or once somebody has judged it where the scheme says so. Signing twice is once.

    Raises ``RefusedError``, and ``StorageError``.
    """
    candidate = db.session.get_one(Candidate, candidate_id)
    found = (one for one in candidate.level.requirements if one.key == key)
    requirement = next(found, None)
    statement = text_to_sign(requirement) if requirement else None
    if requirement is None or statement is None:
        raise RefusedError(CandidacyRefusal.OTHER_REQUIREMENT)
    signed = _file(statement, candidate.person.full_name, now=now)
    title = f"{requirement.name} ({statement.version})" if statement.version else requirement.name
    paper = HandedIn(Paper(EvidenceKind.STATEMENT, title), signed)
    requirement_id = requirement.id
    with transaction() as session:
        candidate = held(session, candidate_id)
        known = select(EvidenceUse).where(
            EvidenceUse.candidate_id == candidate_id,
            EvidenceUse.requirement_id == requirement_id,
            EvidenceUse.state == UseState.ACCEPTED,
        )
        if standing := session.scalars(known).first():
            return standing
        claim = Claim(requirement_id, Decimal(1), clock.local_day(now))
        use = hand_in_for(candidate_id, paper, claim, by=by, now=now)
        settle(candidate, use, Judgement(UseState.ACCEPTED), by=by, now=now)
        return use


def _file(statement: EthicsTerms, name: str, *, now: datetime) -> ReceivedFile:
    """In Vietnamese, the language in which the words hold."""
    with force_locale("vi"):
        lines = [
            statement.text or "",
            "",
            gettext("Version %(version)s of the text.", version=statement.version or "1"),
            gettext("Signed by %(name)s, %(moment)s", name=name, moment=moment(now)),
        ]
    content = BytesIO(("\n".join(lines) + "\n").encode())
    return keep(content, name="Ban cam ket.txt", media_type=TEXT.media_type)
