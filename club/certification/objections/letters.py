"""What those who do not accept a decision are told."""

from datetime import datetime
from enum import StrEnum

from club.accounts.readers import reader
from club.certification.candidacy.letters import Told, tell
from club.certification.desk_letters import Waiting, tell_the_desk
from club.certification.objections.models import Appeal, Complaint, ComplaintHearing
from club.outbox.telling import Reader, letter_to, tell_all
from club.web.seals import Seal


class AppealEvent(StrEnum):
    """Kinds of letters: each has its template of that name."""

    MADE = "certification.appeal_made"
    EXTENDED = "certification.appeal_extended"
    GRANTED = "certification.appeal_granted"
    REFUSED = "certification.appeal_refused"
    WITHDRAWN = "certification.appeal_withdrawn"


def tell_appellant(
    appeal: Appeal, event: AppealEvent, *, reason: str | None = None, now: datetime
) -> str:
    """Write the letter, in the caller's transaction; returns what it says."""
    told = Told(
        event,
        f"appeal:{appeal.step_id}",
        remark=reason,
        outcome=appeal.remedy,
        also={"due_on": appeal.due_on},
    )
    return tell(appeal.candidate, told, now=now)


def tell_desk_of_appeal(appeal: Appeal, *, now: datetime) -> None:
    tell_the_desk(
        Waiting.APPEAL,
        f"/appeals/{appeal.public_id}",
        event=appeal.public_id,
        by_when=appeal.due_on,
        may_know=lambda reader: reader.person_id != appeal.candidate.person_id,
        now=now,
    )


def tell_desk_of_complaint(complaint: Complaint, *, now: datetime) -> None:
    """Not who sent it, nor whom it names."""
    tell_the_desk(
        Waiting.COMPLAINT,
        f"/office/certification/objections/complaints/{complaint.public_id}",
        event=complaint.public_id,
        by_when=complaint.acknowledge_by,
        may_know=lambda reader: (
            reader.person_id != complaint.person_id and not complaint.names(reader.full_name)
        ),
        now=now,
    )


class ComplaintEvent(StrEnum):
    """Likewise, about complaints."""

    #: To a visitor, who shows by the link that the address is the visitor's.
    TO_CONFIRM = "certification.complaint_to_confirm"
    RECEIVED = "certification.complaint_received"
    ACKNOWLEDGED = "certification.complaint_acknowledged"
    EXTENDED = "certification.complaint_extended"
    CLOSED = "certification.complaint_closed"
    #: To whom it is about.
    HEARD = "certification.complaint_heard"
    HEARD_OUTCOME = "certification.complaint_heard_outcome"


#: A visitor's way to the own complaint.
LINK = Seal("club.certification.complaint")


def tell_sender(
    complaint: Complaint, event: ComplaintEvent, *, reason: str | None = None, now: datetime
) -> str:
    """Write the letter, in the caller's transaction; returns what it says. The link of a visitor
    is a secret of the visitor's, so it does not stand in what is kept of it.
    """
    if complaint.person_id:
        to, path = reader(complaint.person_id), f"/complaints/{complaint.public_id}"
    else:
        assert complaint.email
        name, language = complaint.full_name or "", complaint.language
        to = Reader(0, name, complaint.email, language, signs_in=False, is_known=False)
        path = f"/complaints/by-link/{LINK.sealed(str(complaint.public_id))}"
    words = {
        "number": complaint.number,
        "named": complaint.named,
        "acknowledge_by": complaint.acknowledge_by,
        "due_on": complaint.due_on,
        "outcome": complaint.state.value,
        "remark": reason,
        "path": path,
    }
    letter = letter_to(to, event.value, event=complaint.public_id, words=words)
    tell_all([letter], now=now)
    return f"{letter['subject']}\n\n{letter['body_text']}".replace(path, "/complaints/…")


def tell_heard(hearing: ComplaintHearing, event: ComplaintEvent, *, now: datetime) -> None:
    """What whom it is about has to know, and never who complained."""
    complaint = hearing.complaint
    letter = letter_to(
        reader(hearing.person_id),
        event.value,
        event=hearing.public_id,
        words={
            "number": complaint.number,
            "put": hearing.put,
            "answer_by": hearing.answer_by,
            "outcome": complaint.state.value,
            "path": f"/complaints/hearings/{hearing.public_id}",
        },
    )
    tell_all([letter], now=now)
