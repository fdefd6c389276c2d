"""What kinds of letters there are: one table says of each what it is about, whether its reader
may do without it, whether it may wait for the morning, and whether the site shows it too.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Matter(StrEnum):
    """What letters are about, as a reader chooses among them."""

    ACCOUNT = "account"
    MEMBERSHIP = "membership"
    PLACES = "places"
    CORRECTIONS = "corrections"
    REMINDERS = "reminders"
    CERTIFICATES = "certificates"
    EXPIRY = "expiry"
    COURSES = "courses"
    MATERIALS = "materials"
    FEEDBACK = "feedback"
    FOLLOW_UPS = "follow_ups"
    FIGURES = "figures"

    @property
    def is_optional(self) -> bool:
        """Whether somebody who takes part in the club may do without letters about it."""
        return self in {
            Matter.REMINDERS,
            Matter.CERTIFICATES,
            Matter.EXPIRY,
            Matter.COURSES,
            Matter.MATERIALS,
            Matter.FEEDBACK,
            Matter.FOLLOW_UPS,
            Matter.FIGURES,
        }


@dataclass(frozen=True)
class Kind:
    matter: Matter
    #: Not worth waking somebody for. What answers its reader's own action never waits.
    waits: bool = False
    #: What is about something so soon after it was written goes out at night all the same.
    urgent_within: timedelta = timedelta(0)
    #: Letters that carry secret links, or that nobody could read here, are letters only.
    in_site: bool = True
    #: Its words name people other than its reader.
    names_others: bool = False
    #: Whoever keeps letters going sees that it went out, but neither to whom nor what it says.
    confidential: bool = False


_A_DAY = timedelta(hours=24)
KINDS = {
    "accounts.confirm": Kind(Matter.ACCOUNT, in_site=False),
    "accounts.account_exists": Kind(Matter.ACCOUNT, in_site=False),
    "accounts.reset": Kind(Matter.ACCOUNT, in_site=False),
    "accounts.account_closed": Kind(Matter.ACCOUNT, in_site=False),
    "accounts.password_changed": Kind(Matter.ACCOUNT),
    "accounts.entries_joined": Kind(Matter.ACCOUNT, waits=True),
    "accounts.sign_in_closed": Kind(Matter.ACCOUNT, waits=True, in_site=False),
    "accounts.sign_in_open_again": Kind(Matter.ACCOUNT, waits=True, in_site=False),
    "privacy.copy_ready": Kind(Matter.ACCOUNT),
    "privacy.copy_failed": Kind(Matter.ACCOUNT),
    "privacy.erased": Kind(Matter.ACCOUNT, in_site=False),
    "privacy.request_received": Kind(Matter.ACCOUNT),
    "privacy.request_extended": Kind(Matter.ACCOUNT, waits=True),
    "privacy.request_granted": Kind(Matter.ACCOUNT, waits=True),
    "privacy.request_refused": Kind(Matter.ACCOUNT, waits=True),
    "people.employment": Kind(Matter.ACCOUNT, waits=True),
    "membership.accepted": Kind(Matter.MEMBERSHIP, waits=True),
    "membership.declined": Kind(Matter.MEMBERSHIP, waits=True),
    "membership.ended": Kind(Matter.MEMBERSHIP, waits=True),
    "registration.confirmed": Kind(Matter.PLACES),
    "registration.waiting": Kind(Matter.PLACES),
    "registration.nominated": Kind(Matter.PLACES, waits=True, urgent_within=_A_DAY),
    "registration.request_received": Kind(Matter.PLACES),
    "registration.request_to_endorse": Kind(Matter.PLACES, waits=True, names_others=True),
    "registration.request_endorsed": Kind(Matter.PLACES, waits=True),
    "registration.request_refused": Kind(Matter.PLACES, waits=True),
    "registration.requests_undecided": Kind(Matter.PLACES, waits=True),
    "registration.invited": Kind(Matter.COURSES, waits=True),
    "registration.invitation_withdrawn": Kind(Matter.COURSES, waits=True),
    "registration.invitation_changed": Kind(Matter.COURSES, waits=True),
    "registration.invitation_reminder": Kind(Matter.COURSES, waits=True),
    "registration.replaced": Kind(Matter.PLACES, waits=True, urgent_within=_A_DAY),
    "registration.withdrawn_by_organisation": Kind(Matter.PLACES, waits=True, urgent_within=_A_DAY),
    "registration.withdrawn": Kind(Matter.PLACES),
    "registration.promoted": Kind(Matter.PLACES, waits=True),
    "registration.offered": Kind(Matter.PLACES, waits=True, urgent_within=2 * _A_DAY),
    "registration.offer_reminder": Kind(Matter.PLACES, waits=True),
    "registration.offer_declined": Kind(Matter.PLACES),
    "registration.offer_lapsed": Kind(Matter.PLACES, waits=True),
    "registration.late_place": Kind(Matter.PLACES),
    "registration.run_changed": Kind(Matter.PLACES, waits=True, urgent_within=2 * _A_DAY),
    "registration.course_planned": Kind(Matter.COURSES, waits=True),
    "materials.published": Kind(Matter.MATERIALS, waits=True),
    "materials.new_version": Kind(Matter.MATERIALS, waits=True),
    "knowledge.handed_in": Kind(Matter.ACCOUNT, waits=True),
    "knowledge.returned": Kind(Matter.ACCOUNT, waits=True),
    "knowledge.published": Kind(Matter.ACCOUNT, waits=True),
    "knowledge.due": Kind(Matter.ACCOUNT, waits=True),
    "knowledge.commented": Kind(Matter.ACCOUNT, waits=True),
    "knowledge.declined": Kind(Matter.ACCOUNT, waits=True),
    "registration.withdrawn_by_staff": Kind(Matter.PLACES, waits=True),
    "registration.run_cancelled": Kind(Matter.PLACES, waits=True, urgent_within=_A_DAY),
    "registration.message": Kind(Matter.PLACES, waits=True, names_others=True),
    "registration.reminder": Kind(Matter.REMINDERS, waits=True),
    "registration.teaching_reminder": Kind(Matter.REMINDERS, waits=True),
    "records.feedback_asked": Kind(Matter.FEEDBACK, waits=True),
    "records.follow_up_asked": Kind(Matter.FOLLOW_UPS, waits=True),
    "records.certificate_issued": Kind(Matter.CERTIFICATES, waits=True),
    "records.outside_training": Kind(Matter.ACCOUNT, waits=True),
    "certification.nominated": Kind(Matter.ACCOUNT, waits=True),
    "certification.assessor_asked": Kind(Matter.ACCOUNT, waits=True),
    "certification.assessor_taken_back": Kind(Matter.ACCOUNT, waits=True),
    "certification.decided": Kind(Matter.ACCOUNT, waits=True),
    "certification.recognised": Kind(Matter.ACCOUNT, waits=True),
    "certification.nomination_taken_back": Kind(Matter.ACCOUNT, waits=True),
    "certification.applied": Kind(Matter.ACCOUNT),
    "certification.admitted": Kind(Matter.ACCOUNT, waits=True),
    "certification.not_admitted": Kind(Matter.ACCOUNT, waits=True),
    "certification.handed_in": Kind(Matter.ACCOUNT),
    "certification.sent_back": Kind(Matter.ACCOUNT, waits=True),
    "certification.evidence_refused": Kind(Matter.ACCOUNT, waits=True),
    "certification.acceptance_undone": Kind(Matter.ACCOUNT, waits=True),
    "certification.moved_to_version": Kind(Matter.ACCOUNT, waits=True),
    "certification.withdrawn": Kind(Matter.ACCOUNT),
    "certification.appeal_made": Kind(Matter.ACCOUNT),
    "certification.appeal_extended": Kind(Matter.ACCOUNT, waits=True),
    "certification.appeal_granted": Kind(Matter.ACCOUNT, waits=True),
    "certification.appeal_refused": Kind(Matter.ACCOUNT, waits=True),
    "certification.appeal_withdrawn": Kind(Matter.ACCOUNT),
    "certification.renewed": Kind(Matter.ACCOUNT, waits=True),
    "certification.suspended": Kind(Matter.ACCOUNT, waits=True),
    "certification.resumed": Kind(Matter.ACCOUNT, waits=True),
    "certification.lapsed": Kind(Matter.ACCOUNT, waits=True),
    "certification.recognition_withdrawn": Kind(Matter.ACCOUNT, waits=True),
    "certification.given_up": Kind(Matter.ACCOUNT),
    "certification.certificate_held": Kind(Matter.ACCOUNT, waits=True),
    "certification.certificate_over": Kind(Matter.ACCOUNT, waits=True),
    "certification.complaint_to_confirm": Kind(Matter.ACCOUNT, in_site=False, confidential=True),
    "certification.complaint_received": Kind(Matter.ACCOUNT, confidential=True),
    "certification.complaint_acknowledged": Kind(Matter.ACCOUNT, waits=True, confidential=True),
    "certification.complaint_extended": Kind(Matter.ACCOUNT, waits=True, confidential=True),
    "certification.complaint_closed": Kind(
        Matter.ACCOUNT, waits=True, names_others=True, confidential=True
    ),
    "certification.complaint_heard": Kind(
        Matter.ACCOUNT, waits=True, names_others=True, confidential=True
    ),
    "certification.complaint_heard_outcome": Kind(Matter.ACCOUNT, waits=True, confidential=True),
    "records.certificate_suspended": Kind(Matter.CORRECTIONS, waits=True),
    "records.certificate_resumed": Kind(Matter.CORRECTIONS, waits=True),
    "records.certificate_revoked": Kind(Matter.CORRECTIONS, waits=True),
    "certification.waits_at_desk": Kind(Matter.ACCOUNT, waits=True),
    "certification.help_news": Kind(
        Matter.ACCOUNT, waits=True, names_others=True, confidential=True
    ),
    "certification.help_reminder": Kind(Matter.ACCOUNT, waits=True, names_others=True),
    "knowledge.agreement_news": Kind(Matter.ACCOUNT, waits=True),
    "knowledge.questions_waiting": Kind(Matter.ACCOUNT, waits=True),
    "knowledge.question_news": Kind(Matter.ACCOUNT, waits=True),
    "reporting.asked": Kind(Matter.ACCOUNT, waits=True),
    "reporting.reminder": Kind(Matter.ACCOUNT, waits=True),
    "reporting.submitted": Kind(Matter.ACCOUNT, waits=True),
    "reporting.returned": Kind(Matter.ACCOUNT, waits=True),
    "reporting.accepted": Kind(Matter.ACCOUNT, waits=True),
    "statistics.weekly_figures": Kind(Matter.FIGURES, waits=True),
    "certification.certificate_ends": Kind(Matter.EXPIRY, waits=True),
    "certification.recognition_ends": Kind(Matter.EXPIRY, waits=True),
    "certification.several_end": Kind(Matter.EXPIRY, waits=True),
}
CONFIDENTIAL = [name for name, kind in KINDS.items() if kind.confidential]
#: A kind that nobody has thought about yet goes out at once, cannot be turned off, and is not
#: shown on the site, because it might carry a secret.
_UNLISTED = Kind(Matter.ACCOUNT, in_site=False)


def kind_called(name: str) -> Kind:
    return KINDS.get(name, _UNLISTED)
