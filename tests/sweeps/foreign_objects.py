"""Role × route × somebody else's object: who may reach what, written down once.

Every route with a placeholder has an entry here, by endpoint; a sweep fails on one without.
An entry names an object that belongs to none of the visitors, and the visitors who may reach
it all the same. Everybody else must get 401, 403, 404 or the way to the sign-in page.
"""

from collections.abc import Callable
from dataclasses import dataclass

from club.accounts.models import RoleName
from tests.support.demo import ANONYMOUS, STRANGER
from tests.sweeps import somebody_elses as their

ROLES = {role.value for role in RoleName}
SIGNED_IN = {STRANGER, *ROLES}
EVERYBODY = {ANONYMOUS, *SIGNED_IN}
NOBODY: set[str] = set()
ADMINISTRATOR = {"administrator"}
COORDINATION = {"coordinator", "administrator"}
READERS = {*COORDINATION, "official"}


@dataclass(frozen=True)
class Door:
    #: Values for the placeholders; asked once, in the demo club.
    to: Callable[[], dict[str, object]]
    #: Visitors that may pass. Whether they then do something sensible is for the room's tests.
    may: set[str]


TABLE: dict[str, Door | tuple[Door, ...]] = {
    # accounts: links from letters carry their own proof; a wrong one says so to everybody.
    "accounts.confirm": Door(their.a_wrong_token, EVERYBODY),
    "accounts.account_page": Door(their.another_account, ADMINISTRATOR),
    "accounts.deactivate": Door(their.another_account, ADMINISTRATOR),
    "accounts.reactivate": Door(their.another_account, ADMINISTRATOR),
    "accounts.set_roles": Door(their.another_account, ADMINISTRATOR),
    "accounts.give_consent": Door(their.a_purpose, SIGNED_IN),
    "accounts.withdraw_consent": Door(their.a_purpose, SIGNED_IN),
    "security.confirm_email": Door(their.a_wrong_token, EVERYBODY),
    "security.reset_password": Door(their.a_wrong_token, EVERYBODY),
    "security.wan_signin_response": Door(their.a_wrong_token, EVERYBODY),
    "security.wan_verify_response": Door(their.a_wrong_token, SIGNED_IN),
    "security.wan_register_response": Door(their.a_wrong_token, SIGNED_IN),
    "security.two_factor_setup_validate": Door(their.a_wrong_token, SIGNED_IN),
    # calendar
    "calendar.private_feed": Door(their.a_wrong_token, NOBODY),
    "calendar.replace_feed": Door(their.another_feed, NOBODY),
    "calendar.revoke_feed": Door(their.another_feed, NOBODY),
    # courses
    "courses.course": Door(their.course_slug, EVERYBODY),
    "courses_api.run": Door(their.code_of_a_run, EVERYBODY),
    "courses_office.course": Door(their.course_code, COORDINATION),
    "courses_office.change": Door(their.course_code, COORDINATION),
    "runs_office.run": Door(their.code_of_a_run, COORDINATION),
    "runs_office.facts": Door(their.code_of_a_run, COORDINATION),
    "runs_office.change": Door(their.code_of_a_run, COORDINATION),
    "runs_office.publish": Door(their.code_of_a_run, COORDINATION),
    "sessions_office.add": Door(their.code_of_a_run, COORDINATION),
    "sessions_office.session": Door(their.session_of_a_run, COORDINATION),
    "sessions_office.move": Door(their.session_of_a_run, COORDINATION),
    "sessions_office.cancel": Door(their.session_of_a_run, COORDINATION),
    "sessions_office.add_trainer": Door(their.code_of_a_run, COORDINATION),
    "sessions_office.remove_trainer": Door(their.trainer_of_a_run, COORDINATION),
    "sessions_office.name_trainers": Door(their.session_of_a_run, COORDINATION),
    # materials: those of another run; what is open to everybody is so by its visibility
    "materials.run_desk": Door(their.code_of_a_run, COORDINATION),
    "materials.new_for_run": Door(their.code_of_a_run, COORDINATION),
    "materials.publish_to_run": Door(their.code_of_a_run, COORDINATION),
    "materials.course_desk": Door(their.code_of_an_untaught_course, COORDINATION),
    "materials.new_for_course": Door(their.code_of_an_untaught_course, COORDINATION),
    "materials.publish_to_course": Door(their.code_of_an_untaught_course, COORDINATION),
    "materials.material": (
        Door(their.material, COORDINATION),
        Door(their.material_for_everybody, EVERYBODY),
        Door(their.material_of_a_draft, COORDINATION),
        Door(their.material_taken_down, COORDINATION),
    ),
    "materials.file": (
        Door(their.material, COORDINATION),
        Door(their.material_for_everybody, EVERYBODY),
        Door(their.material_of_a_draft, COORDINATION),
        Door(their.material_taken_down, COORDINATION),
    ),
    "materials.version": Door(their.version_of_a_material, COORDINATION),
    "materials.version_file": Door(their.version_of_a_material, COORDINATION),
    "materials.new_version": Door(their.material, COORDINATION),
    "materials.publish_version": Door(their.material, COORDINATION),
    "materials.facts": Door(their.material, COORDINATION),
    "materials.change": Door(their.material, COORDINATION),
    "materials.move": Door(their.material, COORDINATION),
    "materials.take_down": Door(their.material, COORDINATION),
    "materials.put_back": Door(their.material, COORDINATION),
    # membership
    "membership.withdraw": Door(their.another_application, NOBODY),
    "membership.let_represent": Door(their.code_of_another_organisation, COORDINATION),
    "members.application": Door(their.another_application, COORDINATION),
    "members.decide": Door(their.another_application, COORDINATION),
    "members.member": Door(their.a_membership, COORDINATION),
    "members.end": Door(their.a_membership, COORDINATION),
    # people
    "people.organisation": Door(their.code_of_another_organisation, READERS),
    "people.facts": Door(their.code_of_another_organisation, COORDINATION),
    "people.change_facts": Door(their.code_of_another_organisation, COORDINATION),
    "people.new_colleague": Door(their.code_of_another_organisation, COORDINATION),
    "people.add_colleague": Door(their.code_of_another_organisation, COORDINATION),
    "people.ending": Door(their.another_employment, COORDINATION),
    "people.end": Door(their.another_employment, COORDINATION),
    "profile.leaving": Door(their.another_workplace, NOBODY),
    "profile.leave": Door(their.another_workplace, NOBODY),
    # records
    "records.attendance": Door(their.code_of_a_run, COORDINATION),
    "records.mark": Door(their.code_of_a_run, COORDINATION),
    "records.sheet": Door(their.code_of_a_run, COORDINATION),
    "records.paper_list": Door(their.code_of_a_run, COORDINATION),
    "records.enter_paper_list": Door(their.code_of_a_run, COORDINATION),
    "records.paper_scan": Door(their.paper_list_of_a_run, COORDINATION),
    "records.online_list": Door(their.code_of_a_run, COORDINATION),
    "records.look_over_online_list": Door(their.code_of_a_run, COORDINATION),
    "records.enter_online_list": Door(their.code_of_a_run, COORDINATION),
    "records.sent_marks": Door(their.code_of_a_run, COORDINATION),
    "records.mark_rest": Door(their.code_of_a_run, COORDINATION),
    "records.attendance_history": Door(their.code_of_a_run, COORDINATION),
    "records.check_in_screen": Door(their.code_of_a_run, COORDINATION),
    "records.check_in_now": Door(their.code_of_a_run, COORDINATION),
    "records.strike_out": Door(their.code_of_a_run, COORDINATION),
    # A code from the trainer's screen is its own proof.
    "records.scan": Door(their.a_wrong_token, NOBODY),
    "records.walk_in": Door(their.code_of_a_run, COORDINATION),
    "records.add_walk_in": Door(their.code_of_a_run, COORDINATION),
    "records.results": Door(their.code_of_a_run, COORDINATION),
    "records.save_results": Door(their.code_of_a_run, COORDINATION),
    "records.state_scale": Door(their.code_of_a_run, COORDINATION),
    "records.results_history": Door(their.code_of_a_run, COORDINATION),
    "records.run_feedback": Door(their.code_of_a_run, COORDINATION),
    "records.own_inquiry": Door(their.another_inquiry, NOBODY),
    "records.answer_own_inquiry": Door(their.another_inquiry, NOBODY),
    "records.inquiry_by_link": Door(their.a_wrong_token, NOBODY),
    "records.answer_by_link": Door(their.a_wrong_token, NOBODY),
    "records.make_candidate": Door(their.a_follow_up, COORDINATION),
    "records.drop_candidate": Door(their.a_follow_up, COORDINATION),
    "records.closing": Door(their.code_of_a_run, COORDINATION),
    "records.close": Door(their.code_of_a_run, COORDINATION),
    "records.reopen": Door(their.code_of_a_closed_run, COORDINATION),
    "records.run_records": Door(their.code_of_a_closed_run, READERS),
    "records.exception_form": Door(their.id_of_a_record, COORDINATION),
    "records.ask_exception": Door(their.id_of_a_record, COORDINATION),
    "records.exception": Door(their.id_of_an_exception, COORDINATION),
    "records.agree_exception": Door(their.id_of_an_exception, COORDINATION),
    "records.decline_exception": Door(their.id_of_an_exception, COORDINATION),
    "records.design_version": Door(their.design_of_certificates, COORDINATION),
    "records.signing_progress": Door(their.code_of_a_closed_run, READERS),
    "records.issue": Door(their.code_of_a_closed_run, COORDINATION),
    "records.certificate": Door(their.id_of_a_certificate, READERS),
    "records.certificate_file": Door(their.id_of_a_certificate, READERS),
    "records.organisation_records": Door(their.code_of_another_organisation, COORDINATION),
    "records.organisation_records_csv": Door(their.code_of_another_organisation, COORDINATION),
    "records.import_batch": Door(their.a_list_of_earlier_years, COORDINATION),
    "records.import_progress": Door(their.a_list_of_earlier_years, COORDINATION),
    "records.choose_people": Door(their.a_list_of_earlier_years, COORDINATION),
    "records.confirm_import": Door(their.a_list_of_earlier_years, COORDINATION),
    "records.discard_import": Door(their.a_list_of_earlier_years, COORDINATION),
    "records.undo_import": Door(their.a_list_of_earlier_years, COORDINATION),
    "records.outside_training": Door(their.outside_training, COORDINATION),
    "records.outside_evidence": Door(their.outside_training, COORDINATION),
    "records.outside_correction": Door(their.outside_training, NOBODY),
    "records.correct_outside_training": Door(their.outside_training, NOBODY),
    "records.withdraw_outside_training": Door(their.outside_training, NOBODY),
    "records.decide_outside_training": Door(their.outside_training, COORDINATION),
    "records.certificate_badge": Door(their.id_of_a_certificate, READERS),
    "records.status_list": Door(their.status_list, EVERYBODY),
    "records.public_key": Door(their.public_key, EVERYBODY),
    "records.revoke": Door(their.id_of_a_certificate, COORDINATION),
    "records.suspend": Door(their.id_of_a_certificate, COORDINATION),
    "records.resume": Door(their.id_of_a_certificate, COORDINATION),
    "records.correction": Door(their.id_of_a_certificate, COORDINATION),
    "records.correct": Door(their.id_of_a_certificate, COORDINATION),
    "records.verify": Door(their.code_of_a_certificate, EVERYBODY),
    "records.verify_as_data": Door(their.code_of_a_certificate, EVERYBODY),
    # certification
    "certification.certificate": Door(their.expert_certificate, {*READERS, "assessor"}),
    "certification.check": Door(their.expert_certificate, {*COORDINATION, "assessor"}),
    "certification.withdraw": Door(their.expert_certificate, COORDINATION),
    "my_certification.remove": Door(their.expert_certificate, NOBODY),
    "experts.expert": Door(their.expert_who_did_not_agree, NOBODY),
    # knowledge
    "knowledge.article": Door(their.article_slug, EVERYBODY),
    # outbox
    "outbox.letter_page": Door(their.letter, COORDINATION),
    "outbox.letter_html": Door(their.letter, COORDINATION),
    "outbox.resend": Door(their.letter, COORDINATION),
    "notices.notice_page": Door(their.another_notice, NOBODY),
    "letter_choices.turning_off": Door(their.a_wrong_token, NOBODY),
    "letter_choices.turn_off": Door(their.a_wrong_token, NOBODY),
    # pilots
    "pilots.project": Door(their.pilot_project, READERS),
    "pilots.change": Door(their.pilot_project, COORDINATION),
    "pilots.end": Door(their.pilot_project, COORDINATION),
    # plan
    "plan.value": Door(their.plan_value, READERS),
    "plan.withdraw_value": Door(their.plan_value, READERS),
    # privacy
    "privacy.copy": Door(their.copy_of_data, NOBODY),
    "privacy.remove_copy": Door(their.copy_of_data, NOBODY),
    "privacy.own_request": Door(their.privacy_request, NOBODY),
    "privacy.withdraw_request": Door(their.privacy_request, NOBODY),
    "merging.pair": Door(their.two_entries, COORDINATION),
    "merging.merge": Door(their.two_entries, COORDINATION),
    "merging.merged": Door(their.two_entries_put_together, COORDINATION),
    "merging.undo": Door(their.two_entries_put_together, COORDINATION),
    "privacy.request_page": Door(their.privacy_request, COORDINATION),
    "privacy.decide": Door(their.privacy_request, COORDINATION),
    "privacy.erasure": Door(their.request_for_erasure, COORDINATION),
    "privacy.erase": Door(their.request_for_erasure, COORDINATION),
    # registration
    "registration.run_page": (
        Door(their.code_of_a_run, EVERYBODY),
        Door(their.code_of_a_draft, COORDINATION),
    ),
    "registration.register": (
        Door(their.code_of_a_run, SIGNED_IN),
        Door(their.code_of_a_draft, COORDINATION),
    ),
    "registration.registration_page": Door(their.registration, COORDINATION),
    "registration.withdraw": Door(their.registration, NOBODY),
    "registration.withdrawal": Door(their.registration, COORDINATION),
    "registration.withdraw_on_behalf": Door(their.registration, COORDINATION),
    "registration.run_list": Door(their.code_of_a_run, COORDINATION),
    "registration.run_list_csv": Door(their.code_of_a_run, COORDINATION),
    "registration.new": Door(their.code_of_a_run, COORDINATION),
    "registration.register_on_behalf": Door(their.code_of_a_run, COORDINATION),
    "registration.change_seats": Door(their.code_of_a_run, COORDINATION),
    "reminders.run_reminders": Door(their.code_of_a_run, COORDINATION),
    "reminders.plan": Door(their.code_of_a_run, COORDINATION),
    "run_messages.message_list": Door(their.code_of_a_run, COORDINATION),
    "run_messages.new": Door(their.code_of_a_run, COORDINATION),
    "run_messages.change": Door(their.code_of_a_run, COORDINATION),
    "run_messages.preview": Door(their.code_of_a_run, COORDINATION),
    "run_messages.send": Door(their.code_of_a_run, COORDINATION),
    "registration.cancel_run": Door(their.code_of_a_run, COORDINATION),
    "registration.accept": Door(their.registration, NOBODY),
    "registration.wish": Door(their.registration, NOBODY),
    "registration.move": Door(their.registration, NOBODY),
    "registration.interest": Door(their.course_slug, SIGNED_IN),
    "registration.change_interest": Door(their.course_slug, SIGNED_IN),
    "registration.place_in_line": Door(their.registration, COORDINATION),
    "registration.move_in_line": Door(their.registration, COORDINATION),
    "registration.terms_page": Door(their.code_of_a_run, COORDINATION),
    "registration.set_terms": Door(their.code_of_a_run, COORDINATION),
    "registration.add_group": Door(their.code_of_a_run, COORDINATION),
    "registration.change_group": Door(their.group_of_a_run, COORDINATION),
    "registration.remove_group": Door(their.group_of_a_run, COORDINATION),
    "registration.requirements": Door(their.course_code, COORDINATION),
    "registration.require": Door(their.course_code, COORDINATION),
    "registration.stop_requiring": Door(their.requirement_of_a_course, COORDINATION),
    "registration.invitations": Door(their.code_of_a_run, COORDINATION),
    "registration.preview_invitations": Door(their.code_of_a_run, COORDINATION),
    "registration.change_invitations": Door(their.code_of_a_run, COORDINATION),
    "registration.invite": Door(their.code_of_a_run, COORDINATION),
    "registration.withdraw_invitation": Door(their.invitation_to_a_run, COORDINATION),
    "registration.run_requests": Door(their.code_of_a_run, COORDINATION),
    "registration.request_page": Door(their.registration, COORDINATION),
    "registration.approve": Door(their.registration, COORDINATION),
    "registration.refuse": Door(their.registration, COORDINATION),
    "registration.organisation_requests": Door(their.code_of_another_organisation, NOBODY),
    "registration.approve_ticked": Door(their.code_of_a_run, COORDINATION),
    "registration.refuse_ticked": Door(their.code_of_a_run, COORDINATION),
    "registration.endorse": Door(their.request_to_another_organisation, NOBODY),
    "registration.decline_for_organisation": Door(their.request_to_another_organisation, NOBODY),
    "registration.questions": Door(their.course_code, COORDINATION),
    "registration.ask": Door(their.course_code, COORDINATION),
    "registration.question": Door(their.question_of_a_course, COORDINATION),
    "registration.change_question": Door(their.question_of_a_course, COORDINATION),
    "registration.retire_question": Door(their.question_of_a_course, COORDINATION),
    "registration.move_question_up": Door(their.question_of_a_course, COORDINATION),
    "registration.own_answers": Door(their.registration, NOBODY),
    "registration.change_answers": Door(their.registration, NOBODY),
    "registration.answer_file": Door(their.file_answered, COORDINATION),
    "registration.run_answers": Door(their.code_of_a_run, COORDINATION),
    "registration.changes": Door(their.code_of_a_run, COORDINATION),
    "registration.tell_changes": Door(their.code_of_a_run, COORDINATION),
    "registration.answer_page": Door(their.a_wrong_token, NOBODY),
    "registration.answer": Door(their.a_wrong_token, NOBODY),
    "registration.questions_by_link": Door(their.a_wrong_token, NOBODY),
    "registration.answer_questions_by_link": Door(their.a_wrong_token, NOBODY),
    "registration.nominate": Door(their.run_for_another_organisation, COORDINATION),
    "registration.change_nomination": Door(their.run_for_another_organisation, COORDINATION),
    "registration.preview_nomination": Door(their.run_for_another_organisation, COORDINATION),
    "registration.confirm_nomination": Door(their.run_for_another_organisation, COORDINATION),
    "registration.our_people": Door(their.run_for_another_organisation, COORDINATION),
    "registration.substitution": Door(their.registration_of_another_organisation, COORDINATION),
    "registration.nomination_to_take_back": Door(
        their.registration_of_another_organisation, NOBODY
    ),
    "registration.take_nomination_back": Door(their.registration_of_another_organisation, NOBODY),
    "registration.send_somebody_else": Door(
        their.registration_of_another_organisation, COORDINATION
    ),
    "registration.nomination": Door(their.another_nomination, COORDINATION),
    # units
    "identity.logo": Door(their.a_version_of_the_club, EVERYBODY),
    "units.unit": Door(their.unit_key, EVERYBODY),
    "units.desk_unit": Door(their.unit_key, COORDINATION),
    "units.end": Door(their.unit_key, COORDINATION),
    "units.name_successor": Door(their.unit_key, COORDINATION),
}


def doors(endpoint: str) -> tuple[Door, ...]:
    """None where the table has no entry."""
    found = TABLE.get(endpoint, ())
    return (found,) if isinstance(found, Door) else found
