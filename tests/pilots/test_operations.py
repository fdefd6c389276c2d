from datetime import date

import pytest
from sqlalchemy import select

from club.audit.models import AuditEntry
from club.db import db
from club.people.models import AudienceKind, SizeClass
from club.pilots.models import PilotOutcome, PilotProject
from club.pilots.operations import PilotFacts, add_project, change_project, end_project
from club.pilots.queries import pilot_firms_on, pilot_firms_on_days
from club.pilots.rules import PilotRefusal
from club.refusal import RefusedError
from tests.support.factories import NOW, an_account, an_organisation, reload

FACTS = PilotFacts("Giảm thời gian chờ", date(2025, 7, 1), "Biên bản 01/7/2025")


def a_firm(size=SizeClass.SMALL, **given):
    return an_organisation(size_class=size, **given)


def logged():
    return [
        entry.action for entry in db.session.scalars(select(AuditEntry).order_by(AuditEntry.id))
    ]


def test_a_project_keeps_the_size_its_firm_had():
    firm, by = a_firm(), an_account().id
    project = add_project(firm.id, FACTS, by=by, now=NOW)
    with_size = db.session.get(PilotProject, project.id)
    assert (with_size.size_class, with_size.recorded_by_id) == (SizeClass.SMALL, by)
    assert logged() == ["pilots.add"]


def test_a_size_of_that_time_is_taken_where_it_is_given():
    facts = PilotFacts("Một", date(2025, 7, 1), "Biên bản", size_class=SizeClass.MEDIUM)
    assert (
        add_project(a_firm(SizeClass.LARGE).id, facts, by=None, now=NOW).size_class
        is SizeClass.MEDIUM
    )


def test_the_same_title_twice_is_refused_with_or_without_marks():
    firm = a_firm()
    add_project(firm.id, FACTS, by=None, now=NOW)
    with pytest.raises(RefusedError) as refused:
        add_project(
            firm.id, PilotFacts("giam thoi gian cho", FACTS.started_on, "x"), by=None, now=NOW
        )
    assert (refused.value.refusal, refused.value.field) == (PilotRefusal.ENTERED_ALREADY, "title")


def test_a_state_agency_is_refused():
    agency = an_organisation(kind=AudienceKind.STATE_AGENCY)
    with pytest.raises(RefusedError) as refused:
        add_project(agency.id, FACTS, by=None, now=NOW)
    assert refused.value.refusal is PilotRefusal.NOT_AN_ENTERPRISE


def test_a_correction_is_logged_with_what_stood_before():
    project = add_project(a_firm().id, FACTS, by=None, now=NOW)
    change_project(project.id, PilotFacts("Tên mới", FACTS.started_on, "QĐ 12"), by=None, now=NOW)
    detail = (
        db.session.scalars(select(AuditEntry).where(AuditEntry.action == "pilots.change"))
        .one()
        .detail
    )
    assert reload(project).title == "Tên mới"
    assert (detail["before"]["title"], detail["after"]["title"]) == (
        "Giảm thời gian chờ",
        "Tên mới",
    )


def test_a_correction_may_keep_the_title():
    project = add_project(a_firm().id, FACTS, by=None, now=NOW)
    change_project(project.id, PilotFacts(FACTS.title, FACTS.started_on, "QĐ 12"), by=None, now=NOW)
    assert reload(project).evidence == "QĐ 12"


def test_a_correction_cannot_start_a_project_after_its_end():
    project = add_project(a_firm().id, FACTS, by=None, now=NOW)
    end_project(
        project.id, ended_on=date(2025, 9, 1), outcome=PilotOutcome.COMPLETED, by=None, now=NOW
    )
    with pytest.raises(RefusedError) as refused:
        change_project(project.id, PilotFacts("Một", date(2025, 9, 2), "x"), by=None, now=NOW)
    assert refused.value.refusal is PilotRefusal.ENDS_BEFORE_IT_STARTS


def test_ending_twice_is_refused():
    project = add_project(a_firm().id, FACTS, by=None, now=NOW)
    end_project(
        project.id, ended_on=date(2025, 9, 1), outcome=PilotOutcome.COMPLETED, by=None, now=NOW
    )
    with pytest.raises(RefusedError) as refused:
        end_project(
            project.id, ended_on=date(2025, 9, 2), outcome=PilotOutcome.COMPLETED, by=None, now=NOW
        )
    assert refused.value.refusal is PilotRefusal.ENDED_ALREADY


def test_the_figure_counts_distinct_small_and_medium_firms():
    firm = a_firm()
    add_project(firm.id, FACTS, by=None, now=NOW)
    add_project(firm.id, PilotFacts("Hai", date(2025, 8, 1), "x"), by=None, now=NOW)
    add_project(a_firm(SizeClass.LARGE).id, FACTS, by=None, now=NOW)
    assert pilot_firms_on(date(2025, 12, 31)) == 1


def test_the_figure_of_several_days_is_one_query(count_queries):
    add_project(a_firm().id, FACTS, by=None, now=NOW)
    days = [date(2025, 6, 30), date(2025, 7, 1)]
    with count_queries() as seen:
        assert pilot_firms_on_days(days) == {days[0]: 0, days[1]: 1}
    assert len(seen) == 1


def test_a_firm_that_grows_changes_no_figure():
    firm = a_firm()
    add_project(firm.id, FACTS, by=None, now=NOW)
    from club.db import transaction
    from club.people.models import Organisation

    with transaction() as session:
        session.get(Organisation, firm.id).size_class = SizeClass.LARGE
    assert pilot_firms_on(date(2025, 12, 31)) == 1
