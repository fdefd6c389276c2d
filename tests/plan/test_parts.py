"""Lines of the plan that name several things: each part stands where it stands."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from club import clock
from club.accounts.models import RoleName
from club.audit.models import AuditEntry
from club.content import CONTENT
from club.db import db
from club.files.content_error import ContentError
from club.knowledge.library.models import DocumentLine
from club.plan.items import operations, queries
from club.plan.items.importing import sync_items
from club.plan.items.models import PlanPart, PlanProof, PlanStep, SaidState
from club.plan.items.operations import ProofFacts, StepFacts
from club.plan.items.rules import (
    ItemState,
    LineTarget,
    PartsTally,
    WritingRefusal,
    state_together,
    tally_of,
)
from club.plan.models import TargetKind
from club.plan.rules import TargetState
from club.refusal import RefusedError
from tests.plan.kit import DESK, LINE, proof_typed, standing, step_typed, with_lines
from tests.support.factories import NOW, an_account
from tests.support.inspector import complaints

FIRST, SECOND = f"{LINE}.1", f"{LINE}.2"
#: Its first part is the club, which is counted.
TARGET_LINE = "I.2.a-5"


@pytest.fixture(autouse=True)
def lines(context):
    with_lines(now=NOW)


@pytest.fixture
def official(sign_in):
    return sign_in(an_account(RoleName.OFFICIAL))


def states(line=LINE):
    return {one.part.key: one.state for one in standing(line).parts}


def say(state, *, part=None, line=LINE, day=date(2026, 1, 5), words="Đã làm"):
    facts = StepFacts(state, day, words, "Báo cáo 12", part)
    return operations.say_state(line, facts, by=None, now=NOW)


def test_fifteen_lines_name_thirty_two_parts():
    parts = db.session.scalars(select(PlanPart)).all()
    assert (len({part.item_id for part in parts}), len(parts)) == (15, 32)


def test_the_parts_of_a_line_are_all_of_its_words():
    tree = queries.plan_tree(on=clock.today())
    for line in tree.lines:
        if line.parts:
            assert " ".join(one.part.words for one in line.parts) == line.line.words
            assert all(one.part.english for one in line.parts)


def test_a_counted_target_with_parts_says_which_of_them_it_counts():
    tree = queries.plan_tree(on=clock.today())
    counted = {
        line.item.key: [one.part.key for one in line.parts if one.target]
        for line in tree.lines
        if line.parts and line.state is ItemState.TARGET
    }
    assert counted == {"I.2.a-5": ["I.2.a-5.1"], "I.2.a-6": ["I.2.a-6.2"]}


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        ([ItemState.UNSAID, ItemState.UNSAID], ItemState.UNSAID),
        ([ItemState.DONE, ItemState.DONE], ItemState.DONE),
        ([ItemState.DONE, ItemState.UNSAID], ItemState.IN_PARTS),
        ([ItemState.DONE, ItemState.RECURRING], ItemState.IN_PARTS),
        ([ItemState.NOT_BEGUN, ItemState.UNSAID], ItemState.IN_PARTS),
    ],
)
def test_of_the_whole_nothing_is_told_that_is_not_known_of_each_part(parts, whole):
    assert state_together(parts) is whole


def test_a_target_that_is_met_is_a_part_done():
    def target(state):
        return (ItemState.TARGET, LineTarget("T", TargetKind.COUNTED, state))

    parts = [
        target(TargetState.MET),
        target(TargetState.MET_LATE),
        target(TargetState.BEHIND),
        (ItemState.DONE, None),
        (ItemState.RECURRING, None),
        (ItemState.UNSAID, None),
    ]
    assert tally_of(parts) == PartsTally(parts=6, done=3, recurring=1)


def test_one_part_done_leaves_the_other_unsaid(official, client):
    assert (
        official.post(f"{DESK}/steps", data=step_typed(part=FIRST, state="done")).status_code == 302
    )
    assert states() == {FIRST: ItemState.DONE, SECOND: ItemState.UNSAID}
    assert standing().state is ItemState.IN_PARTS
    assert "1 trong 2 phần đã xong" in client.get(f"/plan/items/{LINE}").text
    assert "1 trong 2 phần đã xong" in client.get("/plan/items/").text
    assert "1 trong 2 phần đã xong" in official.get("/office/plan/items/").text
    noted = db.session.scalars(select(AuditEntry)).one()
    assert (noted.action, noted.detail["part"]) == ("plan.say_state", FIRST)


def test_what_is_done_again_and_again_is_told_beside_what_is_done(client):
    say(SaidState.RECURRING, part=SECOND)
    say(SaidState.DONE, part=FIRST)
    assert "1 trong 2 phần đã xong, 1 phần làm thường xuyên" in client.get("/plan/items/").text


def test_a_step_without_a_part_is_said_of_each_part(official, client):
    assert official.post(f"{DESK}/steps", data=step_typed()).status_code == 302
    assert states() == {FIRST: ItemState.UNDER_WAY, SECOND: ItemState.UNDER_WAY}
    assert standing().state is ItemState.UNDER_WAY
    assert client.get(f"/plan/items/{LINE}").text.count("ghi chung cho cả dòng") == 2


def test_what_is_said_later_stands_whether_of_the_whole_or_of_a_part():
    say(SaidState.UNDER_WAY, day=date(2026, 1, 1))
    say(SaidState.DONE, part=FIRST, day=date(2026, 2, 1))
    say(SaidState.NOT_BEGUN, part=SECOND, day=date(2025, 12, 1))
    assert states() == {FIRST: ItemState.DONE, SECOND: ItemState.UNDER_WAY}
    say(SaidState.DONE, day=date(2026, 3, 1))
    assert standing().state is ItemState.DONE
    assert standing().step.part_id is None


def test_a_part_whose_step_was_taken_out_stands_where_the_line_does():
    say(SaidState.UNDER_WAY, day=date(2026, 1, 1))
    mistaken = say(SaidState.DONE, part=FIRST, day=date(2026, 2, 1))
    operations.take_out(mistaken, reason="Ghi nhầm", by=None, now=NOW)
    assert standing().state is ItemState.UNDER_WAY
    noted = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert (noted.action, noted.detail["part"]) == ("plan.take_out", FIRST)


def test_a_part_that_is_known_not_to_be_done_makes_its_line_late():
    say(SaidState.UNDER_WAY, line=TARGET_LINE, part="I.2.a-5.2")
    found = standing(TARGET_LINE, on=date(2026, 1, 10))
    assert [one.is_overdue for one in found.parts] == [False, True, False]
    assert found.is_overdue
    assert not standing(TARGET_LINE, on=date(2025, 12, 31)).is_overdue


def test_parts_beside_a_counted_target_are_said_and_the_target_is_not(official, client):
    desk = f"/office/plan/items/{TARGET_LINE}"
    page = official.get(desk).text
    assert 'value="I.2.a-5.2"' in page
    answer = official.post(f"{desk}/steps", data=step_typed(part="I.2.a-5.2", state="done"))
    assert answer.status_code == 302
    assert standing(TARGET_LINE).state is ItemState.TARGET
    assert states(TARGET_LINE)["I.2.a-5.2"] is ItemState.DONE
    assert "Đã khảo sát" in client.get(f"/plan/items/{TARGET_LINE}").text
    counted = official.post(f"{desk}/steps", data=step_typed(part="I.2.a-5.1"))
    assert counted.status_code == 422
    assert "Chọn một mục trong danh sách." in counted.text
    whole = official.post(f"{desk}/steps", data=step_typed(words="Cả dòng"))
    assert whole.status_code == 422
    assert "suy ra từ con số đếm được" in whole.text
    assert db.session.scalars(select(PlanStep.words)).all() == ["Đã khảo sát"]


@pytest.mark.parametrize("part", [None, "I.2.a-5.1"])
def test_an_operation_refuses_to_say_what_is_counted(part):
    with pytest.raises(RefusedError) as refused:
        say(SaidState.DONE, line=TARGET_LINE, part=part)
    assert (refused.value.refusal, refused.value.field) == (WritingRefusal.STATE_FOLLOWS, "part")


def test_evidence_of_a_counted_part_is_evidence(official):
    desk = f"/office/plan/items/{TARGET_LINE}"
    assert (
        official.post(f"{desk}/proofs", data=proof_typed(shown_part="I.2.a-5.1")).status_code == 302
    )
    assert db.session.scalars(select(PlanProof)).one().part.key == "I.2.a-5.1"


def test_what_was_done_stands_below_its_part(official, client):
    say(SaidState.DONE, part=FIRST, words="Khảo sát xong")
    say(SaidState.UNDER_WAY, words="Bắt đầu cả dòng", day=date(2025, 1, 1))
    official.post(f"{DESK}/proofs", data=proof_typed(shown_part=SECOND, shows="Kế hoạch 5"))
    hidden = proof_typed(shown_part=FIRST, shows="Phiếu nội bộ")
    del hidden["is_public"]
    official.post(f"{DESK}/proofs", data=hidden)
    page = client.get(f"/plan/items/{LINE}").text
    named, whole = page.split('id="steps"')
    first, second = named.split(f"{SECOND}</strong>")
    assert "Khảo sát xong" in first
    assert "Kế hoạch 5" in second
    assert "Bắt đầu cả dòng" not in named
    assert "Bắt đầu cả dòng" in whole
    assert "Phiếu nội bộ" not in page
    assert "Phiếu nội bộ" in official.get(DESK).text


@pytest.mark.parametrize("part", ["II.2-1.1", "II.1-10.9", "II.1-10", "0", "' OR 1=1", "x" * 5000])
@pytest.mark.parametrize(("what", "field"), [("steps", "part"), ("proofs", "shown_part")])
def test_a_part_that_is_none_of_this_line_is_refused(official, what, field, part):
    given = (step_typed() if what == "steps" else proof_typed()) | {field: part}
    answer = official.post(f"{DESK}/{what}", data=given)
    assert answer.status_code == 422
    assert "Chọn một mục trong danh sách." in answer.text
    assert db.session.scalars(select(PlanStep)).all() == []
    assert db.session.scalars(select(PlanProof)).all() == []


@pytest.mark.parametrize(("what", "field"), [("steps", "part"), ("proofs", "shown_part")])
def test_a_line_that_names_one_thing_takes_no_part(official, what, field):
    given = (step_typed() if what == "steps" else proof_typed()) | {field: FIRST}
    assert official.post(f"/office/plan/items/II.2-2/{what}", data=given).status_code == 422
    assert f'name="{field}"' not in official.get("/office/plan/items/II.2-2").text


def test_operations_refuse_a_part_of_another_line():
    with pytest.raises(RefusedError) as refused:
        say(SaidState.DONE, part="II.2-1.1")
    assert refused.value.refusal is WritingRefusal.PART_NOT_THERE
    facts = ProofFacts(date(2026, 1, 5), "Xem", None, is_public=True, part="II.2-1.1")
    with pytest.raises(RefusedError) as refused:
        operations.add_proof(LINE, facts, by=None, now=NOW)
    assert refused.value.field == "shown_part"


@pytest.mark.parametrize("kind", [PlanStep, PlanProof])
def test_the_database_keeps_a_part_with_its_line(kind):
    other = db.session.scalars(select(PlanPart).where(PlanPart.key == "II.2-1.1")).one()
    more = {"state": SaidState.DONE, "source": "x"} if kind is PlanStep else {"is_public": True}
    day = date(2026, 1, 5)
    facts = {"item_id": standing().item.id, "on_day": day, "words": "x", "entered_at": NOW}
    db.session.add(kind(part_id=other.id, **facts, **more))
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_the_same_twice_is_said_once_of_each_part_and_of_the_whole(official):
    for part in ("", FIRST, SECOND):
        assert official.post(f"{DESK}/steps", data=step_typed(part=part)).status_code == 302
    for part in ("", FIRST, SECOND):
        again = official.post(f"{DESK}/steps", data=step_typed(part=part))
        assert again.status_code == 422
        assert "Lần ghi gần nhất đã đúng như vậy." in again.text


def test_what_was_typed_is_kept_with_its_part(official):
    answer = official.post(f"{DESK}/steps", data=step_typed(part=SECOND, words=""))
    assert answer.status_code == 422
    assert f'<option selected value="{SECOND}">' in answer.text


def changed(tmp_path, old, new):
    """The content with another file of items."""
    text = (CONTENT / "plan" / "items.yaml").read_text(encoding="utf-8")
    assert text.count(old) == 1
    (tmp_path / "plan").mkdir()
    (tmp_path / "plan" / "items.yaml").write_text(text.replace(old, new), encoding="utf-8")
    return tmp_path


PARTS = """  parts:
  - {part: II.1-10.1, begins: "Định kỳ khảo sát", en: "Periodically survey and assess productivity, innovation, training and improvement in local enterprises."}
  - {part: II.1-10.2, begins: "để xây dựng kế hoạch", en: "From the survey, write yearly and five-year plans for training, skills and enterprise support."}
"""


def test_a_part_that_is_gone_from_the_content_keeps_what_was_written_of_it(
    official, client, tmp_path
):
    say(SaidState.DONE, part=FIRST, words="Khảo sát xong")
    facts = ProofFacts(date(2026, 1, 5), "Phiếu 7", None, is_public=True, part=FIRST)
    operations.add_proof(LINE, facts, by=None, now=NOW)
    sync_items(changed(tmp_path, PARTS, ""), now=NOW)
    db.session.expire_all()
    assert standing().parts == ()
    assert standing().state is ItemState.UNSAID
    for page in (client.get(f"/plan/items/{LINE}").text, official.get(DESK).text):
        assert "Khảo sát xong" in page
        assert "Phiếu 7" in page
        assert "Về một phần nay không còn tách riêng:" in page
    assert official.post(f"{DESK}/steps", data=step_typed(part=FIRST)).status_code == 422
    with pytest.raises(RefusedError) as refused:
        say(SaidState.UNDER_WAY, part=FIRST)
    assert refused.value.refusal is WritingRefusal.PART_NOT_THERE
    assert all(
        complaints(client.get(f"/plan/items/{LINE}?lang={one}").text) == [] for one in ("vi", "en")
    )
    sync_items(CONTENT, now=NOW + timedelta(days=1))
    db.session.expire_all()
    assert states() == {FIRST: ItemState.DONE, SECOND: ItemState.UNSAID}


def test_a_line_counts_as_changed_when_only_its_parts_are_others(tmp_path):
    def synced(folder):
        tally = sync_items(folder, now=NOW)
        return tally.added, tally.changed, tally.unchanged

    english = changed(tmp_path, "Periodically survey and assess", "Now and then survey and assess")
    assert synced(english) == (0, 1, 61)
    assert synced(english) == (0, 0, 62)
    assert synced(CONTENT) == (0, 1, 61)
    (tmp_path / "without").mkdir()
    without = changed(tmp_path / "without", PARTS, "")
    assert synced(without) == (0, 1, 61)
    assert synced(without) == (0, 0, 62)
    # They come back as they were.
    assert synced(CONTENT) == (0, 1, 61)


def test_a_day_on_which_a_part_was_left_out_is_not_moved_by_the_next_sync(tmp_path):
    folder = changed(tmp_path, PARTS, "")
    sync_items(folder, now=NOW)
    sync_items(folder, now=NOW + timedelta(days=1))
    db.session.expire_all()
    gone = db.session.scalars(select(PlanPart.retired_at).where(PlanPart.key == FIRST)).one()
    assert gone == NOW


def test_words_that_were_mended_in_the_text_are_mended_in_the_part():
    line = db.session.scalars(select(DocumentLine).where(DocumentLine.line == LINE)).one()
    line.words = line.words.replace("hằng năm, 05 năm", "hàng năm, 05 năm")
    db.session.commit()
    sync_items(CONTENT, now=NOW)
    part = db.session.scalars(select(PlanPart).where(PlanPart.key == SECOND)).one()
    assert part.words.startswith("để xây dựng kế hoạch chi tiết hàng năm, 05 năm")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("để xây dựng kế hoạch", "để lập kế hoạch", "“để lập kế hoạch” does not begin"),
        ("để xây dựng kế hoạch", "ể xây dựng kế hoạch", "“ể xây dựng kế hoạch” does not begin"),
        ("để xây dựng kế hoạch", "năng suất", "“năng suất” does not begin"),
        ("Định kỳ khảo sát", "đánh giá thực trạng", "begin with the line"),
        ("part: II.1-10.2", "part: II.1-10.1", "II.1-10.1 stands there twice"),
        ("part: II.1-10.2", "part: II.1-1.2", "II.1-1.2 is not numbered as one of this line"),
        ("part: II.1-10.2", "part: II.1-10.b", "II.1-10.b is not numbered"),
    ],
)
def test_a_file_whose_parts_are_not_the_lines_words_is_refused(tmp_path, old, new, words):
    before = db.session.scalars(select(PlanPart.words).order_by(PlanPart.id)).all()
    with pytest.raises(ContentError, match=words):
        sync_items(changed(tmp_path, PARTS, PARTS.replace(old, new)), now=NOW)
    assert db.session.scalars(select(PlanPart.words).order_by(PlanPart.id)).all() == before


def test_one_part_alone_is_none(tmp_path):
    alone = "".join(PARTS.splitlines(keepends=True)[:2])
    with pytest.raises(ContentError, match="two or more"):
        sync_items(changed(tmp_path, PARTS, alone), now=NOW)


def test_the_data_tells_the_parts(client):
    say(SaidState.DONE, part=FIRST, day=date(2026, 2, 1))
    items = {one["line"]: one for one in client.get("/plan/items.json").json["items"]}
    told = items[LINE]
    assert told["state"] == "in_parts"
    assert told["said"]["part"] == FIRST
    assert [(one["part"], one["state"]) for one in told["parts"]] == [
        (FIRST, "done"),
        (SECOND, "unsaid"),
    ]
    assert told["words"] == " ".join(one["words"] for one in told["parts"])
    assert told["parts"][1]["said"] is None
    assert items["II.2-2"]["parts"] == []
    assert [one["target"] for one in items[TARGET_LINE]["parts"]] == ["T25-5", None, None]


def test_pages_with_parts_are_well_made(app, official, client, monkeypatch):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    said = say(SaidState.RECURRING, part=FIRST)
    facts = ProofFacts(date(2026, 1, 5), "Xem", "/plan/", is_public=True, part=SECOND)
    operations.add_proof(LINE, facts, by=None, now=NOW)
    removal = f"{DESK}/entries/{said.public_id}/removal"
    assert f"Phần {FIRST}" in official.get(removal).text
    addresses = [DESK, removal, f"/plan/items/{LINE}", "/plan/items/", f"/plan/items/{TARGET_LINE}"]
    for address in addresses:
        for language in ("vi", "en"):
            answer = official.get(f"{address}?lang={language}")
            assert (address, complaints(answer.text)) == (address, [])


def test_pages_take_as_many_statements_with_parts_said_as_without(client, count_queries):
    addresses = ("/plan/items/", f"/plan/items/{LINE}")
    for address in addresses:
        client.get(address)
    with count_queries() as unsaid:
        for address in addresses:
            client.get(address)
    say(SaidState.DONE, part=FIRST)
    say(SaidState.UNDER_WAY, part=SECOND)
    say(SaidState.DONE, line="II.2-1", part="II.2-1.1")
    with count_queries() as said:
        for address in addresses:
            client.get(address)
    assert len(unsaid) == len(said)
