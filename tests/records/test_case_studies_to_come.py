"""Answers after 30 and 90 days of which a case study can be made."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from sqlalchemy import select

from club.accounts.models import RoleName
from club.db import db
from club.knowledge.article_file import read_article_file
from club.knowledge.article_rules import Known
from club.records.inquiries.models import FollowUp, Inquiry, InquiryKind
from club.records.inquiries.operations import (
    Application,
    answer_follow_up,
    ask_who_took_part,
    make_case_candidate,
)
from club.records.operations import close_run
from tests.records.kit import a_coordinator, a_taught_run, every, on_the_list, present
from tests.support.factories import (
    NOW,
    a_course,
    a_person,
    a_topic,
    an_account,
    an_employment,
    an_organisation,
)

A_DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _on_that_morning():
    with time_machine.travel(NOW, tick=False):
        yield


def a_follow_up(person=None, **given):
    run = a_taught_run(course=a_course(topic=a_topic(key="lean", name="Tinh gọn")))
    present(run, on_the_list(run, person or a_person()))
    close_run(run.id, by=None, now=NOW)
    ask_who_took_part(now=NOW + 28 * A_DAY)
    after_30_days = select(Inquiry).where(Inquiry.kind == InquiryKind.AFTER_30_DAYS)
    inquiry = db.session.scalars(after_30_days).one()
    application = Application("5S tại xưởng", **({"may_become_case": True} | given))
    return answer_follow_up(inquiry.id, application, now=NOW + 29 * A_DAY)


MEASURED = {
    "quantity": "Thời gian thay khuôn", "unit": "phút", "before": Decimal("12.5"),
    "after": Decimal(4), "measured_how": "Bấm giờ 5 lần",
}  # fmt: skip


def test_coordinators_put_an_answer_on_the_list_of_case_studies_and_off_again(sign_in):
    found, coordinator = a_follow_up(), a_coordinator()
    client = sign_in(coordinator)
    address = f"/office/follow-ups/{found.public_id}"
    assert client.post(f"{address}/candidate").status_code == 302
    (stored,) = every(FollowUp)
    assert (stored.case_candidate_since, stored.case_candidate_by_id) == (NOW, coordinator.id)
    assert "Điển hình dự kiến" in client.get("/office/follow-ups?show=candidates").text
    assert client.post(f"{address}/candidate").status_code == 409
    assert client.post(f"{address}/no-candidate").status_code == 302
    assert "Chưa có câu trả lời" in client.get("/office/follow-ups?show=candidates").text


def test_without_agreement_nothing_becomes_a_case_study(sign_in):
    found = a_follow_up(may_become_case=False)
    answer = sign_in(a_coordinator()).post(f"/office/follow-ups/{found.public_id}/candidate")
    assert answer.status_code == 409
    assert "không đồng ý cho viết câu trả lời thành điển hình" in answer.text


def a_candidate(**given):
    found = a_follow_up(**given)
    make_case_candidate(found.id, by=None, now=NOW)
    return found


def draft_of(found, client):
    answer = client.get(f"/office/follow-ups/{found.public_id}/case.md")
    assert answer.status_code == 200
    return answer.text, read_article_file(
        "cases/dien-hinh.md", answer.text, known=Known({"lean"}, set())
    )


def test_a_candidate_becomes_the_beginning_of_a_case_study(sign_in):
    person = a_person(full_name="Phạm Thị Én")
    an_employment(person, an_organisation(name="Xưởng gốm Demo", sector="ceramics"))
    found = a_candidate(person=person, **MEASURED)
    client = sign_in(a_coordinator())
    assert f"/office/follow-ups/{found.public_id}/case.md" in client.get("/office/follow-ups").text
    text, (case, faults) = draft_of(found, client)
    (measure,) = case.case.measures
    assert (measure.metric.vi, measure.before, measure.after) == ("Thời gian thay khuôn", 12.5, 4)
    assert measure.direction == "lower"
    assert (case.case.organisation, case.case.sector) == ("Xưởng gốm Demo", "ceramics")
    assert case.topics == ["lean"]
    assert "5S tại xưởng" in case.body
    assert "Phạm Thị Én" not in text
    # What only its writer can know keeps it from being published as it is.
    assert {"title", "summary", "strength", "checked_on"} <= {f.key.split(".")[0] for f in faults}


def test_without_figures_and_firm_it_is_a_reported_change(sign_in):
    text, _read = draft_of(a_candidate(changed="Máy dừng ít hơn"), sign_in(a_coordinator()))
    assert "result_kind: reported_change" in text
    assert "Máy dừng ít hơn" in text


def test_what_nobody_wants_a_case_study_of_has_no_file(sign_in):
    address = f"/office/follow-ups/{a_follow_up().public_id}/case.md"
    assert sign_in(a_coordinator()).get(address).status_code == 404
    assert sign_in(an_account(RoleName.TRAINER)).get(address).status_code == 403
