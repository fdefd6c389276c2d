"""Which rooms the house has: their pages and words, gathered for ``app.py``."""

from typing import TYPE_CHECKING

from club.accounts.labels import AUDIENCES
from club.accounts.labels import LABELS as ACCOUNTS_LABELS
from club.accounts.personal_data import PERSONAL_DATA as ACCOUNTS_DATA
from club.accounts.views import bp as accounts_bp
from club.audit.personal_data import PERSONAL_DATA as AUDIT_DATA
from club.audit.views import bp as audit_bp
from club.calendar.labels import LABELS as CALENDAR_LABELS
from club.calendar.parts import organisation_calendar, teaching_calendar
from club.calendar.personal_data import PERSONAL_DATA as CALENDAR_DATA
from club.calendar.views.own import bp as calendar_bp
from club.certification.assessment.deadlines import judging_deadlines
from club.certification.assessment.verdicts import verdicts_on
from club.certification.awards.certificates.kind import RECOGNITIONS
from club.certification.awards.deadlines import renewal_deadlines
from club.certification.awards.standing_queries import WITH_RECOGNITION, windows_of
from club.certification.awards.timelines import keep_spans
from club.certification.candidacy.board import DEADLINES
from club.certification.candidacy.certificate_queries import windows_of_certificates
from club.certification.candidacy.deadlines import certificate_deadlines
from club.certification.candidacy.held import STEP_FOLLOWERS
from club.certification.candidacy.letters import APPEALABLE_UNTIL
from club.certification.candidacy.operations.following import follow_certificate
from club.certification.candidacy.parts import candidates_part as candidates_of_organisation
from club.certification.candidacy.queries import ALSO_LOADED
from club.certification.candidacy.standing import VERDICTS, WINDOWS
from club.certification.figures.labels import LABELS as CERTIFICATION_FIGURES_LABELS
from club.certification.figures.targets import TARGETS
from club.certification.helping.parts import helpers_part
from club.certification.helping.parts import organisation_part as help_for_organisation
from club.certification.helping.parts import own_part as help_waiting
from club.certification.labels import LABELS as CERTIFICATION_LABELS
from club.certification.objections.contesting import appealable_until
from club.certification.objections.deadlines import appeal_deadlines
from club.certification.operations import FOLLOW_UPS
from club.certification.parts import CERTIFICATION_PARTS
from club.certification.personal_data import PERSONAL_DATA as CERTIFICATION_DATA
from club.certification.progress.labels import LABELS as PROGRESS_LABELS
from club.certification.schemes.labels import LABELS as SCHEMES_LABELS
from club.certification.views.blueprints import BLUEPRINTS as CERTIFICATION_PAGES
from club.courses.labels import LABELS as COURSES_LABELS
from club.courses.operations import AFTER_PUBLICATION
from club.courses.personal_data import PERSONAL_DATA as COURSES_DATA
from club.courses.views.api import bp as courses_api_bp
from club.courses.views.catalogue import bp as courses_bp
from club.courses.views.office_courses import bp as courses_office_bp
from club.courses.views.office_runs import bp as runs_office_bp
from club.courses.views.office_sessions import bp as sessions_office_bp
from club.files.personal_data import PERSONAL_DATA as FILES_DATA
from club.home.for_robots import bp as for_robots_bp
from club.home.labels import LABELS as HOME_LABELS
from club.home.views import bp as home_bp
from club.identity.personal_data import PERSONAL_DATA as IDENTITY_DATA
from club.identity.views import bp as identity_bp
from club.indicators.labels import LABELS as INDICATORS_LABELS
from club.indicators.pages import BLUEPRINTS as INDICATORS_PAGES
from club.indicators.personal_data import PERSONAL_DATA as INDICATORS_DATA
from club.knowledge.agreements.parts import agreements_part
from club.knowledge.agreements.parts import own_part as firm_is_asked
from club.knowledge.pages import BELOW_TEXTS, BESIDE_TEXTS
from club.knowledge.pages import BLUEPRINTS as KNOWLEDGE_PAGES
from club.knowledge.pages import LABELS as KNOWLEDGE_LABELS
from club.knowledge.personal_data import PERSONAL_DATA as KNOWLEDGE_DATA
from club.materials.labels import LABELS as MATERIALS_LABELS
from club.materials.personal_data import PERSONAL_DATA as MATERIALS_DATA
from club.materials.reading import course_part, run_part
from club.materials.views import bp as materials_bp
from club.membership.labels import LABELS as MEMBERSHIP_LABELS
from club.membership.personal_data import PERSONAL_DATA as MEMBERSHIP_DATA
from club.membership.views.joining import bp as membership_bp
from club.membership.views.office import bp as members_bp
from club.outbox.labels import LABELS as OUTBOX_LABELS
from club.outbox.personal_data import PERSONAL_DATA as OUTBOX_DATA
from club.outbox.views.choices import bp as letter_choices_bp
from club.outbox.views.desk import bp as outbox_bp
from club.outbox.views.notices import bp as notices_bp
from club.people.labels import LABELS as PEOPLE_LABELS
from club.people.merging.labels import LIKENESS_LABELS
from club.people.personal_data import PERSONAL_DATA as PEOPLE_DATA
from club.people.views.merging import bp as merging_bp
from club.people.views.organisations import bp as people_bp
from club.people.views.profile import bp as profile_bp
from club.pilots.labels import LABELS as PILOTS_LABELS
from club.pilots.parts import pilots_part
from club.pilots.personal_data import PERSONAL_DATA as PILOTS_DATA
from club.pilots.views import bp as pilots_bp
from club.plan.achieved.views import bp as plan_achieved_bp
from club.plan.budget.labels import LABELS as PLAN_BUDGET_LABELS
from club.plan.budget.views.office import bp as plan_budget_office_bp
from club.plan.budget.views.public import bp as plan_budget_bp
from club.plan.expert_targets import expert_targets
from club.plan.items.labels import LABELS as PLAN_ITEMS_LABELS
from club.plan.items.views.office import bp as plan_items_office_bp
from club.plan.items.views.public import bp as plan_items_bp
from club.plan.labels import LABELS as PLAN_LABELS
from club.plan.personal_data import PERSONAL_DATA as PLAN_DATA
from club.plan.views import bp as plan_bp
from club.privacy.labels import LABELS as PRIVACY_LABELS
from club.privacy.parts import copy_part, looks_part, requests_part, stored_part
from club.privacy.personal_data import PERSONAL_DATA as PRIVACY_DATA
from club.privacy.views import bp as privacy_bp
from club.records.attendance.attended import attended_by
from club.records.certificates.completions import COMPLETIONS
from club.records.certificates.kinds import KINDS
from club.records.for_employers import organisation_part as records_of_organisation
from club.records.for_employers import records_part
from club.records.labels import LABELS as RECORDS_LABELS
from club.records.labels import STEP_LABELS as CERTIFICATE_STEP_LABELS
from club.records.own_page_parts import certificates_part, hours_part, inquiries_part, result_part
from club.records.personal_data import PERSONAL_DATA as RECORDS_DATA
from club.records.queries import completed_courses
from club.records.views import bp as records_bp
from club.registration.changes.desk_part import changes_part
from club.registration.labels import LABELS as REGISTRATION_LABELS
from club.registration.nominations.part import classes_part as classes_of_organisation
from club.registration.own_page_parts import classes_part, next_session_part
from club.registration.personal_data import PERSONAL_DATA as REGISTRATION_DATA
from club.registration.pool import offer_to_pool
from club.registration.requests.parts import organisation_part as requests_to_organisation
from club.registration.requests.parts import run_part as requests_of_run
from club.registration.requirements.part import course_part as requirements_part
from club.registration.requirements.queries import COMPLETED_COURSES
from club.registration.views import bp as registration_bp
from club.registration.views.messages import bp as run_messages_bp
from club.registration.views.reminders import bp as reminders_bp
from club.reporting.labels import LABELS as REPORTING_LABELS
from club.reporting.page_parts import departments_part, owed_part
from club.reporting.personal_data import PERSONAL_DATA as REPORTING_DATA
from club.reporting.views import BLUEPRINTS as REPORTING_PAGES
from club.search.labels import LABELS as SEARCH_LABELS
from club.search.views import bp as search_bp
from club.statistics.pages import BLUEPRINTS as STATISTICS_PAGES
from club.statistics.pages import LABELS as STATISTICS_LABELS
from club.statistics.personal_data import PERSONAL_DATA as STATISTICS_DATA
from club.units.labels import LABELS as UNITS_LABELS
from club.units.views import bp as units_bp
from club.upkeep.views import bp as upkeep_bp
from club.web.layout import Labels
from club.web.page_parts import PageOf, PartSource
from club.web.personal_data import PersonalPart
from club.web.views import bp as web_bp

if TYPE_CHECKING:
    from flask import Blueprint

BLUEPRINTS: list["Blueprint"] = [
    web_bp,
    home_bp,
    for_robots_bp,
    accounts_bp,
    units_bp,
    identity_bp,
    people_bp,
    profile_bp,
    merging_bp,
    membership_bp,
    members_bp,
    upkeep_bp,
    courses_bp,
    courses_api_bp,
    courses_office_bp,
    runs_office_bp,
    sessions_office_bp,
    registration_bp,
    reminders_bp,
    run_messages_bp,
    outbox_bp,
    notices_bp,
    letter_choices_bp,
    audit_bp,
    calendar_bp,
    records_bp,
    materials_bp,
    *CERTIFICATION_PAGES,
    pilots_bp,
    *INDICATORS_PAGES,
    plan_bp,
    plan_achieved_bp,
    plan_items_bp,
    plan_items_office_bp,
    plan_budget_bp,
    plan_budget_office_bp,
    *STATISTICS_PAGES,
    *REPORTING_PAGES,
    *KNOWLEDGE_PAGES,
    search_bp,
    privacy_bp,
]
LABELS: list[Labels] = [
    ACCOUNTS_LABELS,
    AUDIENCES,
    UNITS_LABELS,
    RECORDS_LABELS,
    CERTIFICATE_STEP_LABELS,
    *STATISTICS_LABELS,
    *REPORTING_LABELS,
    *KNOWLEDGE_LABELS,
    SEARCH_LABELS,
    *PEOPLE_LABELS,
    LIKENESS_LABELS,
    *MEMBERSHIP_LABELS,
    *COURSES_LABELS,
    *REGISTRATION_LABELS,
    *MATERIALS_LABELS,
    *CERTIFICATION_LABELS,
    *PROGRESS_LABELS,
    *SCHEMES_LABELS,
    CERTIFICATION_FIGURES_LABELS,
    INDICATORS_LABELS,
    *PLAN_LABELS,
    *PLAN_ITEMS_LABELS,
    PLAN_BUDGET_LABELS,
    PILOTS_LABELS,
    *OUTBOX_LABELS,
    CALENDAR_LABELS,
    *PRIVACY_LABELS,
    HOME_LABELS,
]
AFTER_PUBLICATION.append(offer_to_pool)
VERDICTS.append(verdicts_on)
KINDS.extend([COMPLETIONS, RECOGNITIONS])
WINDOWS.append(windows_of)
WINDOWS.append(windows_of_certificates)
FOLLOW_UPS.append(follow_certificate)
APPEALABLE_UNTIL.append(appealable_until)
ALSO_LOADED.append(WITH_RECOGNITION)
STEP_FOLLOWERS.append(keep_spans)
TARGETS.append(expert_targets)
DEADLINES.append(judging_deadlines)
DEADLINES.append(renewal_deadlines)
DEADLINES.append(appeal_deadlines)
DEADLINES.append(certificate_deadlines)
COMPLETED_COURSES.append(completed_courses)
#: What rooms add to pages of rooms below them (see ``club.web.page_parts``), in this order.
PAGE_PARTS: dict[PageOf, list[PartSource]] = {
    PageOf.RUN: [run_part],
    PageOf.RUN_DESK: [requests_of_run, changes_part],
    PageOf.REGISTRATION: [result_part],
    PageOf.COURSE: [requirements_part, course_part],
    **CERTIFICATION_PARTS,
    PageOf.ORGANISATION: [
        requests_to_organisation,
        classes_of_organisation,
        records_of_organisation,
        candidates_of_organisation,
        help_for_organisation,
        pilots_part,
        agreements_part,
        organisation_calendar,
    ],
    PageOf.ARTICLE: [*BESIDE_TEXTS, helpers_part],
    PageOf.ARTICLE_FOR_READER: BELOW_TEXTS,
    PageOf.TEACHING_DESK: [teaching_calendar],
    PageOf.ORGANISATION_IN_RUN: [records_part],
    PageOf.OWN_LEAD: [next_session_part],
    PageOf.REPORTS_DESK: [departments_part],
    PageOf.OWN_MAIN: [
        owed_part,
        help_waiting,
        firm_is_asked,
        classes_part,
        inquiries_part,
        certificates_part,
    ],
    PageOf.OWN_SIDE: [hours_part],
    PageOf.OWN_DATA: [stored_part, looks_part, copy_part, requests_part],
}
#: What each room keeps about a person, as ``/me/privacy`` tells and the download holds it.
PERSONAL_DATA: list[PersonalPart] = [
    PEOPLE_DATA,
    ACCOUNTS_DATA,
    MEMBERSHIP_DATA,
    REGISTRATION_DATA,
    RECORDS_DATA,
    CERTIFICATION_DATA,
    KNOWLEDGE_DATA,
    OUTBOX_DATA,
    CALENDAR_DATA,
    FILES_DATA,
    COURSES_DATA,
    AUDIT_DATA,
    MATERIALS_DATA,
    PILOTS_DATA,
    PLAN_DATA,
    INDICATORS_DATA,
    IDENTITY_DATA,
    STATISTICS_DATA,
    REPORTING_DATA,
    PRIVACY_DATA,
]
#: The same by the names under which the pages look for them.
SHOWN_ELSEWHERE: dict[str, object] = {
    "club.page_parts": PAGE_PARTS,
    "club.attended": attended_by,
    "club.personal_data": PERSONAL_DATA,
}
