"""What the worker does for the rooms, again and again, beside sending letters."""

from datetime import timedelta

from club import clock
from club.accounts.forgetting import forget_unconfirmed
from club.accounts.sign_ins import forget_sign_outs
from club.certification.awards.certificates.files import sign_files
from club.certification.awards.operations.following import follow_days
from club.certification.awards.timelines import mend_spans
from club.certification.candidacy.operations.following import follow_certificates
from club.certification.expiry.operations import remind_of_ends
from club.certification.helping import operations as helping
from club.certification.objections.operations import forgetting as complaints
from club.certification.register.indexing import follow_register
from club.files.receiving import sweep_orphans
from club.knowledge.editing.operations.looking_after import remind_of_due
from club.knowledge.finding.operations import forget_unanswered
from club.knowledge.pictures.keeping import forget_unused
from club.knowledge.questions.reminding import remind_of_waiting
from club.knowledge.sharing.pictures import draw_pictures
from club.materials.letters import tell_what_opened
from club.outbox.worker import Chore
from club.people.merging.operations import lead_latecomers_on
from club.privacy.operations import forget_last_letters, make_copies, remove_old_copies
from club.records.attendance.sent_marks import forget_sent_ids
from club.records.certificates.batches import sign_batches
from club.records.certificates.key_care import renew_in_time
from club.records.earlier.operations import forget_unused_lists, work_on_lists
from club.records.inquiries.operations import ask_who_took_part
from club.registration import offer_round
from club.registration.changes.operations import tell_what_has_come_to_rest
from club.registration.pool import forget_met_interests, leave_other_lines
from club.registration.reminders.invitations import remind_of_invitations
from club.registration.reminders.offers import remind_of_offers
from club.registration.reminders.operations import remind
from club.registration.reminders.requests import remind_of_requests
from club.registration.requests.operations import end_undecided
from club.reporting.operations.reminding import remind as remind_of_reports
from club.search.operations import forget_words
from club.statistics.tallies.operations import tally_marked
from club.statistics.weekly.operations import write_weekly

#: Done first: letters about certificates lead to their files.
BEFORE_LETTERS: list[Chore] = [
    Chore("signing key", timedelta(hours=1), lambda now, _stopped: renew_in_time(now=now)),
    Chore(
        "files of certificates",
        timedelta(0),
        lambda _now, stopped: sign_batches(now=clock.now, stopped=stopped),
    ),
    Chore(
        "files of recognitions",
        timedelta(seconds=5),
        lambda _now, stopped: sign_files(now=clock.now, stopped=stopped),
    ),
]
ROOM_CHORES: list[Chore] = [
    Chore(
        "unanswered sign-ups", timedelta(hours=6), lambda now, _stopped: forget_unconfirmed(now=now)
    ),
    Chore(
        "unconfirmed complaints",
        timedelta(hours=6),
        lambda now, _stopped: complaints.forget_unconfirmed(now=now),
    ),
    Chore(
        "old complaints",
        timedelta(hours=6),
        lambda now, _stopped: complaints.forget_old(now=now),
    ),
    Chore("ended sign-ins", timedelta(hours=6), lambda now, _stopped: forget_sign_outs(now=now)),
    Chore(
        "offers of places",
        timedelta(seconds=15),
        lambda _now, stopped: offer_round.go_round(now=clock.now, stopped=stopped),
    ),
    Chore(
        "offers about to end",
        timedelta(minutes=1),
        lambda _now, stopped: remind_of_offers(now=clock.now, stopped=stopped),
    ),
    Chore(
        "waiting for a course",
        timedelta(minutes=1),
        lambda _now, stopped: leave_other_lines(now=clock.now, stopped=stopped),
    ),
    Chore(
        "interest in a course",
        timedelta(minutes=10),
        lambda now, _stopped: forget_met_interests(now=now),
    ),
    Chore(
        "changed classes",
        timedelta(seconds=30),
        lambda now, stopped: tell_what_has_come_to_rest(now=now, stopped=stopped),
    ),
    Chore(
        "requests for a place",
        timedelta(minutes=1),
        lambda _now, stopped: end_undecided(now=clock.now, stopped=stopped),
    ),
    Chore(
        "requests that nobody decides",
        timedelta(minutes=5),
        lambda _now, stopped: remind_of_requests(now=clock.now, stopped=stopped),
    ),
    Chore(
        "invitations without an answer",
        timedelta(minutes=5),
        lambda _now, stopped: remind_of_invitations(now=clock.now, stopped=stopped),
    ),
    Chore(
        "lists of earlier years",
        timedelta(seconds=2),
        lambda _now, stopped: work_on_lists(now=clock.now, stopped=stopped),
    ),
    Chore(
        "lists that were not brought in",
        timedelta(hours=6),
        lambda now, _stopped: forget_unused_lists(now=now),
    ),
    Chore("reminders", timedelta(minutes=1), lambda now, stopped: remind(now=now, stopped=stopped)),
    Chore(
        "materials for afterwards",
        timedelta(minutes=10),
        lambda now, stopped: tell_what_opened(now=now, stopped=stopped),
    ),
    Chore(
        "copies of personal data",
        timedelta(seconds=5),
        lambda _now, stopped: make_copies(now=clock.now, stopped=stopped),
    ),
    Chore(
        "old copies of personal data",
        timedelta(hours=1),
        lambda now, _stopped: remove_old_copies(now=now),
    ),
    Chore(
        "marks sent long ago", timedelta(hours=6), lambda now, _stopped: forget_sent_ids(now=now)
    ),
    Chore(
        "questions after classes",
        timedelta(minutes=10),
        lambda now, stopped: ask_who_took_part(now=now, stopped=stopped),
    ),
    Chore(
        "standings of recognitions",
        timedelta(hours=1),
        lambda _now, stopped: mend_spans(stopped=stopped),
    ),
    Chore(
        "days of recognitions",
        timedelta(hours=1),
        lambda now, stopped: follow_days(now=now, stopped=stopped),
    ),
    Chore(
        "candidacies that follow certificates",
        timedelta(hours=1),
        lambda now, stopped: follow_certificates(now=now, stopped=stopped),
    ),
    Chore(
        "ends of expert certificates",
        timedelta(hours=1),
        lambda now, stopped: remind_of_ends(now=now, stopped=stopped),
    ),
    Chore(
        "what came late to joined entries",
        timedelta(minutes=10),
        lambda now, _stopped: lead_latecomers_on(now=now),
    ),
    Chore(
        "requests to experts who left",
        timedelta(minutes=10),
        lambda now, stopped: helping.take_from_those_who_left(now=now, stopped=stopped),
    ),
    Chore(
        "requests for help without an answer",
        timedelta(hours=1),
        lambda now, stopped: helping.remind(now=now, stopped=stopped),
    ),
    Chore(
        "pictures of texts",
        timedelta(seconds=15),
        lambda _now, stopped: draw_pictures(now=clock.now, stopped=stopped),
    ),
    Chore(
        "pictures that no text uses",
        timedelta(hours=6),
        lambda now, stopped: forget_unused(now=now, stopped=stopped),
    ),
    Chore(
        "experts that can be found",
        timedelta(minutes=10),
        lambda now, _stopped: follow_register(now=now),
    ),
    Chore(
        "searches in vain, long ago",
        timedelta(hours=6),
        lambda now, _stopped: forget_unanswered(now=now),
    ),
    Chore(
        "words that no text has any more",
        timedelta(hours=24),
        lambda _now, _stopped: forget_words(),
    ),
    Chore(
        "texts to be checked again",
        timedelta(hours=1),
        lambda now, _stopped: remind_of_due(now=now),
    ),
    Chore(
        "questions that wait too long",
        timedelta(hours=1),
        lambda now, _stopped: remind_of_waiting(now=now),
    ),
    Chore(
        "reports of departments that are due",
        timedelta(hours=1),
        lambda now, stopped: remind_of_reports(now=now, stopped=stopped),
    ),
    Chore(
        "tallies of classes",
        timedelta(seconds=5),
        lambda _now, stopped: tally_marked(stopped=stopped),
    ),
    Chore(
        "the week's figures",
        timedelta(minutes=10),
        lambda now, stopped: write_weekly(now=now, stopped=stopped),
    ),
    Chore("last letters", timedelta(hours=1), lambda _now, _stopped: forget_last_letters()),
    Chore("files without a row", timedelta(hours=6), lambda now, _stopped: sweep_orphans(now=now)),
]
