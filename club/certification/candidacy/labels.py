from flask_babel import lazy_gettext, lazy_pgettext

from club.certification.candidacy.models import (
    CandidateState,
    EvidenceKind,
    ProjectPhase,
    StepReason,
    UseState,
    WaitsFor,
)
from club.web.layout import Labels

STATES: Labels = {
    CandidateState.NOMINATED: lazy_gettext("Nominated, to be agreed to"),
    CandidateState.APPLIED: lazy_gettext("Has applied"),
    CandidateState.ADMITTED: lazy_gettext("Admitted"),
    CandidateState.COLLECTING: lazy_gettext("Collecting evidence"),
    CandidateState.UNDER_ASSESSMENT: lazy_gettext("Being assessed"),
    CandidateState.CERTIFIED: lazy_gettext("Decided: level reached"),
    CandidateState.NOT_YET: lazy_gettext("Decided: not yet"),
    CandidateState.REFUSED: lazy_gettext("Not taken on"),
    CandidateState.VALID: lazy_gettext("Recognition valid"),
    CandidateState.RENEWAL_DUE: lazy_gettext("Renewal due"),
    CandidateState.RENEWAL_UNDER_ASSESSMENT: lazy_gettext("Renewal being assessed"),
    CandidateState.RENEWED: lazy_gettext("Renewed"),
    CandidateState.LAPSED: lazy_gettext("Run out"),
    CandidateState.HELD: lazy_gettext("Certified by the other body"),
    CandidateState.EXPIRED: lazy_gettext("The other body's certificate has ended"),
    CandidateState.SUSPENDED: lazy_gettext("Recognition suspended"),
    CandidateState.WITHDRAWN: lazy_gettext("Ended early"),
    CandidateState.APPEALED: lazy_gettext("Appeal being decided"),
}
#: Each step, as the candidate and the club read it; the name of whoever took it stands beside.
STORY: Labels = {
    StepReason.APPLIED: lazy_gettext("Sent the application"),
    StepReason.NOMINATED_BY_CLUB: lazy_gettext("Proposed by the club"),
    StepReason.NOMINATED_BY_ORGANISATION: lazy_gettext("Proposed by the organisation"),
    StepReason.NOMINATION_ACCEPTED: lazy_gettext("Agreed to the proposal"),
    StepReason.NOMINATION_DECLINED: lazy_gettext("Declined the proposal"),
    StepReason.NOMINATION_TAKEN_BACK: lazy_gettext("The proposal was taken back"),
    StepReason.ADMITTED: lazy_gettext("Admitted as a candidate"),
    StepReason.NOT_ADMITTED: lazy_gettext("Turned down by the club"),
    StepReason.EVIDENCE_BEGUN: lazy_gettext("Handed in the first piece of evidence"),
    StepReason.HANDED_IN: lazy_gettext("Handed everything in to be assessed"),
    StepReason.SENT_BACK: lazy_gettext("Something is to be added"),
    StepReason.DECIDED: lazy_gettext("It was decided"),
    StepReason.TRIES_AGAIN: lazy_gettext("Took another try"),
    StepReason.MOVED_TO_VERSION: lazy_gettext("Went over to another version"),
    StepReason.WITHDRAWN_BY_PERSON: lazy_gettext("Withdrew"),
    StepReason.WITHDRAWN_BY_CLUB: lazy_gettext("The club ended the candidacy"),
    StepReason.RECOGNISED: lazy_gettext("The recognition was given"),
    StepReason.RENEWAL_OPENED: lazy_gettext("The time for renewal began"),
    StepReason.RENEWED: lazy_gettext("The recognition was renewed"),
    StepReason.RENEWED_LATE: lazy_gettext("The recognition was renewed after its end"),
    StepReason.NOT_RENEWED: lazy_gettext("The recognition ran out"),
    StepReason.SUSPENDED: lazy_gettext("The recognition was suspended"),
    StepReason.RESUMED: lazy_gettext("The recognition holds again"),
    StepReason.RECOGNITION_WITHDRAWN: lazy_gettext("The recognition was taken back"),
    StepReason.APPEAL_MADE: lazy_gettext("Sent an appeal"),
    StepReason.APPEAL_GRANTED: lazy_gettext("The appeal was granted"),
    StepReason.APPEAL_REFUSED: lazy_gettext("The appeal was turned down"),
    StepReason.APPEAL_WITHDRAWN: lazy_gettext("Took the appeal back"),
    StepReason.CERTIFICATE_CHECKED: lazy_gettext("The other body's certificate was checked"),
    StepReason.CERTIFICATE_ENDED: lazy_gettext("The other body's certificate ended"),
    StepReason.CERTIFICATE_MISTAKEN: lazy_gettext(
        "The other body's certificate had been entered by mistake"
    ),
}
EVIDENCE_KINDS: Labels = {
    EvidenceKind.DEGREE: lazy_gettext("Degree or diploma"),
    EvidenceKind.TRAINING_CERTIFICATE: lazy_gettext("Certificate of a training"),
    EvidenceKind.EMPLOYER_LETTER: lazy_gettext("Letter of an employer"),
    EvidenceKind.PROJECT_REPORT: lazy_gettext("Report of an improvement project"),
    EvidenceKind.EXAMINATION_RESULT: lazy_gettext("Result of an examination"),
    EvidenceKind.STATEMENT: lazy_gettext("Signed statement"),
    EvidenceKind.REFERENCE: lazy_gettext("Reference"),
    EvidenceKind.RECEIPT: lazy_gettext("Receipt"),
    EvidenceKind.OTHER: lazy_gettext("Something else"),
}
PHASES: Labels = {
    ProjectPhase.PLAN: lazy_gettext("Plan: not tried out yet"),
    ProjectPhase.DO: lazy_gettext("Do: being tried out"),
    ProjectPhase.SUSTAIN: lazy_gettext("Sustain: in use, and the result is kept up"),
}
#: What became of a piece of evidence for a requirement.
USE_STATES: Labels = {
    UseState.WAITING: lazy_gettext("Waits to be looked at"),
    UseState.ACCEPTED: lazy_pgettext("evidence", "Accepted"),
    UseState.REFUSED: lazy_gettext("Not accepted"),
    UseState.WITHDRAWN: lazy_gettext("Taken back"),
}
LABELS: list[Labels] = [
    STATES,
    STORY,
    EVIDENCE_KINDS,
    PHASES,
    USE_STATES,
    {
        WaitsFor.CANDIDATE: lazy_gettext("Waits for the candidate"),
        WaitsFor.COORDINATOR: lazy_gettext("Waits for the club"),
        WaitsFor.ASSESSOR: lazy_gettext("Waits for the assessors"),
        WaitsFor.NOBODY: lazy_gettext("Waits for nobody"),
    },
]
#: Whose turn it is and what to do, as the candidate reads it; rooms above say it of what is theirs.
WHAT_NOW: Labels = {
    CandidateState.APPLIED: lazy_gettext(
        "A coordinator reads your application and writes to you. You need not do anything now."
    ),
    CandidateState.ADMITTED: lazy_gettext(
        "Hand in evidence for each requirement below. Once everything is there, hand it in for"
        " assessment."
    ),
    CandidateState.COLLECTING: lazy_gettext(
        "Hand in evidence for each requirement below. Once everything is there, hand it in for"
        " assessment."
    ),
    CandidateState.UNDER_ASSESSMENT: lazy_gettext(
        "Assessors look at what you handed in; nothing can be added now. A letter tells you the"
        " result."
    ),
    CandidateState.RENEWAL_UNDER_ASSESSMENT: lazy_gettext(
        "Assessors look at what you handed in; nothing can be added now. A letter tells you the"
        " result."
    ),
    CandidateState.RENEWAL_DUE: lazy_gettext(
        "Read below what the renewal of your recognition asks for, and hand in what is missing."
    ),
    CandidateState.LAPSED: lazy_gettext(
        "Your recognition has run out. What is of a day on which it could still be renewed can be"
        " handed in all the same."
    ),
    CandidateState.HELD: lazy_gettext(
        "Another body has certified you. Below stands what it asks for when it certifies you again;"
        " evidence can be handed in at any time."
    ),
    CandidateState.EXPIRED: lazy_gettext(
        "The certificate of the other body has ended. Once it has certified you again, enter the"
        " new certificate; or apply for the level anew."
    ),
    CandidateState.NOT_YET: lazy_gettext(
        "Read below what is missing. Take another try, hand in what was missing, and everything is"
        " assessed anew."
    ),
}
