"""Staff open no page about somebody without its being written down."""

from club.rooms import PERSONAL_DATA
from tests.sweeps import somebody_elses as their
from tests.sweeps.foreign_objects import COORDINATION, EVERYBODY, READERS, TABLE, doors

#: Where an address of these is read, the page is about one person.
PERSONS = {
    their.another_account,
    their.another_application,
    their.a_membership,
    their.expert_certificate,
    their.file_answered,
    their.id_of_a_certificate,
    their.letter,
    their.level_and_person,
    their.outside_training,
    their.privacy_request,
    their.request_for_erasure,
    their.question_of_a_member,
    their.request_for_help,
    their.two_entries,
    their.two_entries_put_together,
    their.registration,
}
STAFF = {*COORDINATION, *READERS}
#: Cells of a list that its reader handed in: nobody in it is known by it yet.
OF_NOBODY = {"records.import_mistakes"}


def reading(app):
    for rule in app.url_map.iter_rules():
        if "GET" in rule.methods and rule.endpoint in TABLE:
            yield rule, doors(rule.endpoint), app.view_functions[rule.endpoint]


def test_every_page_about_a_person_that_staff_may_open_is_noted(app):
    silent = {
        rule.endpoint
        for rule, its_doors, view in reading(app)
        if any(door.to in PERSONS and door.may & STAFF for door in its_doors)
        and not hasattr(view, "notes")
    }
    assert silent == set()


def test_every_file_that_staff_may_save_of_somebody_elses_things_is_noted(app):
    """What everybody may save is about nobody."""
    silent = {
        rule.endpoint
        for rule, its_doors, view in reading(app)
        if rule.rule.endswith((".csv", ".xlsx"))
        and any(door.may & STAFF and door.may != EVERYBODY for door in its_doors)
        and not hasattr(view, "notes")
    }
    assert silent == OF_NOBODY


def test_every_kind_that_is_noted_belongs_to_a_part(app):
    """Else nobody would ever read of it."""
    known = {kind for part in PERSONAL_DATA for kind in (*part.seen_as, *part.listed_in)}
    noted = {view.noted_kind for view in app.view_functions.values() if hasattr(view, "notes")}
    assert noted - known == set()
    assert noted
