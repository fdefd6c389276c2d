import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import CheckConstraint, Enum, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from club.certification.schemes.models import SchemeLevel
from club.db import Model
from club.people.models import Organisation, Person


class CandidateState(StrEnum):
    """Where somebody is on the way to a level. ``MEANINGS`` says what each state means."""

    #: Proposed by somebody else; the person has not agreed yet.
    NOMINATED = "nominated"
    APPLIED = "applied"
    ADMITTED = "admitted"
    COLLECTING = "collecting"
    UNDER_ASSESSMENT = "under_assessment"
    #: Decided: the level is reached, not reached yet, or refused.
    CERTIFIED = "certified"
    NOT_YET = "not_yet"
    REFUSED = "refused"
    VALID = "valid"
    RENEWAL_DUE = "renewal_due"
    #: What was handed in for the renewal is being judged.
    RENEWAL_UNDER_ASSESSMENT = "renewal_under_assessment"
    RENEWED = "renewed"
    LAPSED = "lapsed"
    #: Another body has certified the person: its certificate holds, or holds no more.
    HELD = "held"
    EXPIRED = "expired"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    APPEALED = "appealed"

    @property
    def is_open(self) -> bool:
        return MEANINGS[self].is_open

    @property
    def takes_evidence(self) -> bool:
        return MEANINGS[self].takes_evidence

    @property
    def recognition(self) -> "Recognition":
        return MEANINGS[self].recognition

    @property
    def is_recognised(self) -> bool:
        """By the club, which may have suspended it."""
        return self.recognition in {Recognition.STANDS, Recognition.SUSPENDED}

    @property
    def is_being_assessed(self) -> bool:
        """Assessors judge what was handed in, for the first time or for a renewal."""
        return self.waits_for is WaitsFor.ASSESSOR

    @property
    def waits_for(self) -> "WaitsFor":
        return MEANINGS[self].waits_for


class WaitsFor(StrEnum):
    """Whose turn it is."""

    CANDIDATE = "candidate"
    COORDINATOR = "coordinator"
    ASSESSOR = "assessor"
    NOBODY = "nobody"


class Recognition(StrEnum):
    """How it is with the recognition that a candidacy leads to."""

    #: There is none.
    NONE = "none"
    #: Given by the club; it holds as long as its days say so.
    STANDS = "stands"
    SUSPENDED = "suspended"
    RUN_OUT = "run_out"
    #: Another body gave a certificate, which holds or held.
    ELSEWHERE = "elsewhere"
    #: There may have been one: the steps before say it.
    EARLIER = "earlier"

    @property
    def was_given(self) -> bool:
        """And is not known to be taken away: what is asked for is what renewing it takes."""
        return self not in {Recognition.NONE, Recognition.EARLIER}


class Meaning(NamedTuple):
    #: Nobody begins the way to the same level a second time.
    is_open: bool
    #: Evidence may be handed in and taken back.
    takes_evidence: bool
    recognition: Recognition
    waits_for: WaitsFor


_NO = Meaning(
    is_open=True,
    takes_evidence=False,
    recognition=Recognition.NONE,
    waits_for=WaitsFor.NOBODY,
)
_RECOGNISED = _NO._replace(takes_evidence=True, recognition=Recognition.STANDS)
#: The one table of what the states mean.
MEANINGS = {
    CandidateState.NOMINATED: _NO._replace(waits_for=WaitsFor.CANDIDATE),
    CandidateState.APPLIED: _NO._replace(waits_for=WaitsFor.COORDINATOR),
    CandidateState.ADMITTED: _NO._replace(takes_evidence=True, waits_for=WaitsFor.CANDIDATE),
    CandidateState.COLLECTING: _NO._replace(takes_evidence=True, waits_for=WaitsFor.CANDIDATE),
    CandidateState.UNDER_ASSESSMENT: _NO._replace(waits_for=WaitsFor.ASSESSOR),
    CandidateState.CERTIFIED: _NO._replace(waits_for=WaitsFor.COORDINATOR),
    CandidateState.NOT_YET: _NO._replace(takes_evidence=True, waits_for=WaitsFor.CANDIDATE),
    CandidateState.REFUSED: _NO._replace(is_open=False),
    CandidateState.VALID: _RECOGNISED,
    CandidateState.RENEWAL_DUE: _RECOGNISED._replace(waits_for=WaitsFor.CANDIDATE),
    CandidateState.RENEWAL_UNDER_ASSESSMENT: _RECOGNISED._replace(
        takes_evidence=False, waits_for=WaitsFor.ASSESSOR
    ),
    CandidateState.RENEWED: _RECOGNISED,
    # Evidence of a day on which it still renewed may come in late.
    CandidateState.LAPSED: _RECOGNISED._replace(is_open=False, recognition=Recognition.RUN_OUT),
    CandidateState.HELD: _RECOGNISED._replace(recognition=Recognition.ELSEWHERE),
    CandidateState.EXPIRED: _NO._replace(is_open=False, recognition=Recognition.ELSEWHERE),
    CandidateState.SUSPENDED: _RECOGNISED._replace(
        recognition=Recognition.SUSPENDED, waits_for=WaitsFor.COORDINATOR
    ),
    CandidateState.WITHDRAWN: _NO._replace(is_open=False, recognition=Recognition.EARLIER),
    CandidateState.APPEALED: _NO._replace(
        recognition=Recognition.EARLIER, waits_for=WaitsFor.COORDINATOR
    ),
}
OPEN_STATES = [state for state in CandidateState if state.is_open]
ASSESSED_STATES = [state for state in CandidateState if state.is_being_assessed]


def states_where(*recognitions: Recognition) -> list[CandidateState]:
    """In the order of the states."""
    return [state for state in CandidateState if state.recognition in recognitions]


_IS_OPEN = text(f"state IN ({', '.join(repr(state.value) for state in OPEN_STATES)})")


class Candidate(Model):
    """Somebody's way to a level of a scheme. Another attempt after its end is a new row."""

    __tablename__ = "candidate"
    __table_args__ = (
        # The level is told by its key: the same one of a later version is no other level.
        Index(
            "uq_candidate_open",
            "person_id",
            "scheme_id",
            "level_key",
            unique=True,
            sqlite_where=_IS_OPEN,
            postgresql_where=_IS_OPEN,
        ),
        Index("ix_candidate_state", "state", "state_since"),
        CheckConstraint(
            "(nominated_by_id IS NOT NULL) OR (nominated_for_id IS NULL)", name="nominated_by_whom"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(unique=True, default=uuid.uuid4)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    #: Of the version that the candidate started with, or moved to by a decision.
    level_id: Mapped[int] = mapped_column(ForeignKey("scheme_level.id"), index=True)
    scheme_id: Mapped[int] = mapped_column(ForeignKey("certification_scheme.id"), index=True)
    level_key: Mapped[str]
    state: Mapped[CandidateState]
    #: When this state began.
    state_since: Mapped[datetime]
    #: When the person applied, was nominated.
    begun_at: Mapped[datetime]
    #: Who proposed the person, and for which organisation; ``None``: applied by oneself.
    nominated_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    nominated_for_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    #: Why the person wants it, in the person's words.
    motivation: Mapped[str | None]

    person: Mapped[Person] = relationship()
    level: Mapped[SchemeLevel] = relationship()
    nominated_for: Mapped[Organisation | None] = relationship()
    steps: Mapped[list["CandidateStep"]] = relationship(
        back_populates="candidate", order_by="CandidateStep.id"
    )


class StepReason(StrEnum):
    """Why a candidate changed state. ``rules.TRANSITIONS`` says which way each leads."""

    APPLIED = "applied"
    NOMINATED_BY_CLUB = "nominated_by_club"
    NOMINATED_BY_ORGANISATION = "nominated_by_organisation"
    NOMINATION_ACCEPTED = "nomination_accepted"
    NOMINATION_DECLINED = "nomination_declined"
    NOMINATION_TAKEN_BACK = "nomination_taken_back"
    ADMITTED = "admitted"
    NOT_ADMITTED = "not_admitted"
    EVIDENCE_BEGUN = "evidence_begun"
    HANDED_IN = "handed_in"
    SENT_BACK = "sent_back"
    DECIDED = "decided"
    TRIES_AGAIN = "tries_again"
    MOVED_TO_VERSION = "moved_to_version"
    WITHDRAWN_BY_PERSON = "withdrawn_by_person"
    WITHDRAWN_BY_CLUB = "withdrawn_by_club"
    RECOGNISED = "recognised"
    RENEWAL_OPENED = "renewal_opened"
    RENEWED = "renewed"
    RENEWED_LATE = "renewed_late"
    NOT_RENEWED = "not_renewed"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    #: The club took the recognition back.
    RECOGNITION_WITHDRAWN = "recognition_withdrawn"
    APPEAL_MADE = "appeal_made"
    APPEAL_GRANTED = "appeal_granted"
    APPEAL_REFUSED = "appeal_refused"
    APPEAL_WITHDRAWN = "appeal_withdrawn"
    #: A certificate of another body was checked, ended, or had been entered by mistake.
    CERTIFICATE_CHECKED = "certificate_checked"
    CERTIFICATE_ENDED = "certificate_ended"
    CERTIFICATE_MISTAKEN = "certificate_mistaken"


class CandidateStep(Model):
    """Every step is a row: who, when, why, and what the candidate was told. Never overwritten."""

    __tablename__ = "candidate_step"
    __table_args__ = (Index("ix_candidate_step_candidate", "candidate_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"))
    # Two columns of one enum need names of their own for their checks on PostgreSQL.
    from_state: Mapped[CandidateState | None] = mapped_column(
        Enum(
            CandidateState,
            name="from_state",
            native_enum=False,
            create_constraint=True,
            values_callable=lambda kind: [member.value for member in kind],
            length=32,
        )
    )
    to_state: Mapped[CandidateState]
    reason: Mapped[StepReason]
    #: The level, and with it the version, that held from this step on.
    level_id: Mapped[int] = mapped_column(ForeignKey("scheme_level.id"), index=True)
    #: Free words of whoever decided.
    remark: Mapped[str | None]
    #: The letter that the person got, as it was written; ``None``: there was none.
    told: Mapped[str | None]
    #: How each requirement stood when it was handed in or decided on: ``snapshots`` reads it.
    progress: Mapped[dict[str, Any] | None]
    #: Where figures count the candidate on that day: see ``people.queries.place_on``.
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    ward_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    at: Mapped[datetime]
    #: ``None``: time did it.
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    candidate: Mapped[Candidate] = relationship(back_populates="steps")
    level: Mapped[SchemeLevel] = relationship()
