"""What this room keeps about a person."""

from collections.abc import Iterator

from flask_babel import gettext, lazy_gettext

from club import clock
from club.certification import personal_rows as outside
from club.certification.assessment import personal_rows as assessment
from club.certification.awards import personal_rows as awards
from club.certification.awards.certificates import personal_rows as papers
from club.certification.candidacy import personal_rows as candidacy
from club.certification.counting import valid_experts_among
from club.certification.figures.lists import KIND, lists_with
from club.certification.helping import personal_rows as helping
from club.certification.helping.models import HelpState
from club.certification.objections import personal_rows as objections
from club.certification.register import personal_rows as register
from club.web.personal_data import (
    Conflict,
    Erasure,
    Figure,
    Kept,
    Moves,
    Pair,
    PersonalPart,
)


def _erase(erasure: Erasure) -> None:
    candidacy.erase(erasure)
    assessment.erase(erasure)
    register.erase(erasure)
    objections.erase(erasure)
    awards.erase(erasure)
    papers.erase(erasure)
    helping.erase(erasure)
    outside.erase(erasure)


def _figures(pair: Pair) -> Iterator[Figure]:
    experts = valid_experts_among(pair.both, on=clock.today())
    if experts:
        yield Figure(gettext("Certified experts today"), before=len(experts), after=1)


def _conflicts(pair: Pair) -> Iterator[Conflict]:
    yield from candidacy.conflicts(pair)
    yield from objections.conflicts(pair)


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
        ),
        Kept(
            lazy_gettext("What you say of yourself as an expert: words, tools, languages, wards"),
            lazy_gettext("For the public register if you agreed, so that people find you"),
            lazy_gettext("Until you change it or your data is erased"),
            lazy_gettext("Everybody, where you agreed to that"),
        ),
        Kept(
            lazy_gettext("What you asked experts for, or were asked, and each step of it"),
            lazy_gettext("So that the two of you come together, and the club sees who waits"),
            lazy_gettext("Without end; after erasure without your words"),
            lazy_gettext("Who asks, the expert who is asked, and coordinators"),
        ),
        Kept(
            lazy_gettext(
                "Your way to a level of a scheme: each step with who, when and why, what you were"
                " told, and the evidence you handed in"
            ),
            lazy_gettext("To guide you there, and to show how it was decided"),
            lazy_gettext("Without end; after erasure without your name, words and papers"),
            lazy_gettext("You, coordinators, and the assessors who were asked to judge it"),
        ),
        Kept(
            lazy_gettext("The club's own recognitions: which level, since when, and until when"),
            lazy_gettext("To say whether a recognition is valid, to whoever asks"),
            lazy_gettext("Without end; after erasure without your name"),
            lazy_gettext("You and coordinators; whoever has the code, with your name shortened"),
        ),
        Kept(
            lazy_gettext("Your appeals against decisions, and what became of them"),
            lazy_gettext("To decide them, and to show how they were decided"),
            lazy_gettext("Without end; after erasure without your name, words and papers"),
            lazy_gettext("You, and coordinators"),
        ),
        Kept(
            lazy_gettext("Complaints that you sent, or that are about you, and what came of them"),
            lazy_gettext("To answer them, and to show that both sides were heard"),
            lazy_gettext(
                "Names, words and papers: three years after it was closed, unless the club has set"
                " another time; what came of it without end. After erasure without your name and"
                " words"
            ),
            lazy_gettext(
                "You; coordinators who are not concerned; the other side, unless you asked not to"
                " be named"
            ),
        ),
    ],
    rows={
        "expert_certificate": outside.certificates_of,
        "certificate_suspension": outside.suspensions_of,
        "expiry_reminder": outside.reminders_of,
        "award_reminder": outside.award_reminders_of,
        "expert": outside.expert_of,
        "expert_field": register.fields_of,
        "help_request": helping.requests_of,
        "help_step": helping.steps_of,
        "candidate": candidacy.candidacies_of,
        "candidate_step": candidacy.steps_of,
        "evidence": candidacy.evidence_of,
        "evidence_use": candidacy.uses_of,
        "shown_project": candidacy.projects_of,
        "assessor_task": assessment.tasks_of,
        "assessor_finding": assessment.findings_of,
        "panel_vote": assessment.votes_of,
        "award": awards.awards_of,
        "award_period": awards.periods_of,
        "award_span": awards.spans_of,
        "award_certificate": papers.rows_of,
        "appeal": objections.appeals_of,
        "appeal_step": objections.appeal_steps_of,
        "appeal_paper": objections.appeal_papers_of,
        "award_suspension": awards.suspensions_of,
        "award_withdrawal": awards.withdrawals_of,
        "complaint": objections.complaints_of,
        "complaint_paper": objections.complaint_papers_of,
        "complaint_step": objections.complaint_steps_of,
        "complaint_hearing": objections.hearings_of,
    },
    acted=(
        "appeal_step.by_id",
        "complaint_hearing.asked_by_id",
        "complaint_step.by_id",
        "help_step.by_id",
        "assessor_task.assessor_id",
        "assessor_task.asked_by_id",
        "award.recognised_by_id",
        "award_certificate.issued_by_id",
        "award_period.by_id",
        "award_withdrawal.proposed_by_id",
        "award_withdrawal.ended_by_id",
        "panel_vote.voter_id",
        "candidate.nominated_by_id",
        "candidate_step.by_id",
        "evidence.handed_in_by_id",
        "evidence.withdrawn_by_id",
        "evidence_use.accepted_by_id",
        "evidence_use.decided_by_id",
        "expert_certificate.recorded_by_id",
        "expert_certificate.checked_by_id",
        "expert_certificate.withdrawn_by_id",
        "certificate_suspension.recorded_by_id",
        "certificate_suspension.lifted_by_id",
        "scheme_version.created_by_id",
        "scheme_version.changed_by_id",
        "scheme_version.published_by_id",
        "scheme_version.closed_by_id",
    ),
    files={
        "expert_certificate.file_id": outside.files_of,
        "evidence.file_id": candidacy.files_of,
        "award_certificate.file_id": papers.files_of,
        "appeal_paper.file_id": objections.appeal_files_of,
        "complaint_paper.file_id": objections.complaint_files_of,
    },
    seen_as={
        "appeal": objections.appeal_ids_of,
        "complaint": objections.complaint_ids_of,
        "help_request": helping.ids_of,
        "assessor_task": assessment.ids_of,
        "candidate": candidacy.ids_of,
        "evidence": candidacy.evidence_ids_of,
        "award_certificate": papers.ids_of,
        "expert_certificate": outside.ids_of,
        "scheme_trial": outside.own_id,
    },
    listed_in={KIND: lists_with},
    erase=_erase,
    moves={
        "expert_certificate": Moves(lazy_gettext("Expert certificates")),
        "expert": Moves(lazy_gettext("Addresses in the public register")),
        "candidate": Moves(lazy_gettext("Ways to a level")),
        # Of two open requests to one expert, the one of the entry that stays goes on.
        "help_request": Moves(
            lazy_gettext("Requests for help"), left={"state": HelpState.WITHDRAWN.value}
        ),
        "evidence": Moves(lazy_gettext("Pieces of evidence")),
        "complaint": Moves(lazy_gettext("Complaints about certification")),
        "complaint_hearing": Moves(lazy_gettext("Hearings about a complaint")),
        "award": Moves(lazy_gettext("Recognitions by the club")),
        "award_certificate": Moves(lazy_gettext("Certificates of recognitions")),
    },
    figures=_figures,
    conflicts=_conflicts,
)
