"""Answers after 30 and 90 days of which a case study can be made."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from sqlalchemy import select

from club.accounts.models import RoleName
from club.db import db
from club.knowledge.article_rules import Known
from club.knowledge.editing.documents import problems_with
from club.knowledge.editing.models import Draft
from club.records.inquiries.models import FollowUp, Inquiry, InquiryKind
from club.records.inquiries.operations import (
    Application,
    answer_follow_up,
    ask_who_took_part,
    make_case_candidate,
)
from club.records.operations import close_run
from tests.knowledge.editing.kit import draft
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
    answer = client.post(f"/office/follow-ups/{found.public_id}/case")
    assert answer.status_code == 302
    return draft(answer.location.removeprefix("/office/knowledge/drafts/"))


def test_a_candidate_becomes_the_draft_of_a_case_study_that_keeps_who_answered(sign_in):
    person = a_person(full_name="Phạm Thị Én")
    firm = an_organisation(name="Xưởng gốm Demo", sector="ceramics")
    an_employment(person, firm)
    found = a_candidate(person=person, **MEASURED)
    client = sign_in(a_coordinator())
    address = f"/office/follow-ups/{found.public_id}/case"
    assert f'action="{address}"' in client.get("/office/follow-ups").text
    begun = draft_of(found, client)
    (measure,) = begun.facts["measures"]
    assert measure["metric"]["vi"] == "Thời gian thay khuôn"
    assert (measure["before"], measure["after"], measure["direction"]) == (12.5, 4, "lower")
    assert (begun.facts["organisation"]["name"], begun.facts["sector"]) == (firm.name, "ceramics")
    assert (begun.facts["topics"], begun.facts["body"]) == (
        ["lean"],
        "## Đã làm gì\n\n5S tại xưởng",
    )
    assert (begun.proposer_id, begun.names_proposer, begun.organisation_id) == (
        person.id, False, firm.id,
    )  # fmt: skip
    assert "Phạm Thị Én" not in str(begun.facts)
    # What only its writer can know keeps it from being published as it is.
    lacking = {
        str(at[0]) for at, _wrong in problems_with(begun.facts, known=Known({"lean"}, set()))
    }
    assert {"title", "summary", "strength", "slug", "measures"} <= lacking


def test_the_draft_is_begun_once_and_shown_in_the_list_and_at_the_desk(sign_in):
    found = a_candidate(person=a_person(full_name="Phạm Thị Én"))
    client = sign_in(a_coordinator())
    begun = draft_of(found, client)
    assert draft_of(found, sign_in(a_coordinator())).id == begun.id
    address = f"/office/knowledge/drafts/{begun.public_id}"
    assert f'href="{address}"' in client.get("/office/follow-ups").text
    assert "Phạm Thị Én đề xuất" in client.get(address).text
    client.post(f"{address}/discarding", data={"reason": "Chưa đủ số"})
    assert draft_of(found, client).id != begun.id


def test_without_figures_and_firm_it_is_a_reported_change(sign_in):
    begun = draft_of(a_candidate(changed="Máy dừng ít hơn"), sign_in(a_coordinator()))
    assert (begun.facts["result_kind"], begun.facts["measures"]) == ("reported_change", [])
    assert begun.facts["body"].endswith("## Kết quả\n\nMáy dừng ít hơn")


def test_what_nobody_wants_a_case_study_of_has_no_draft(sign_in):
    address = f"/office/follow-ups/{a_follow_up().public_id}/case"
    assert sign_in(a_coordinator()).post(address).status_code == 409
    assert sign_in(an_account(RoleName.TRAINER)).post(address).status_code == 403
    assert every(Draft) == []
