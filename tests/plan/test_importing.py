import re
from pathlib import Path

from sqlalchemy import select

from club.content import CONTENT
from club.db import db
from club.files.plain_yaml import read_yaml
from club.plan.importing import sync_plan
from club.plan.models import PlanTarget, TargetKind
from tests.plan.kit import with_plan
from tests.support.factories import NOW

GIVEN = read_yaml(CONTENT / "plan.yaml")


def test_the_targets_are_brought_in_once():
    with_plan(now=NOW)
    again = sync_plan(CONTENT, now=NOW)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 11)


def test_the_eleven_targets_come_in_their_order_and_kind():
    with_plan(now=NOW)
    targets = db.session.scalars(select(PlanTarget).order_by(PlanTarget.position)).all()
    assert [t.key for t in targets] == [
        *(f"T25-{n}" for n in range(1, 7)),
        *(f"T30-{n}" for n in range(1, 6)),
    ]
    kinds = {t.key: t.kind for t in targets}
    assert {k for k, kind in kinds.items() if kind is TargetKind.CONTRIBUTORY} == {
        "T25-1", "T25-2", "T30-1", "T30-2",
    }  # fmt: skip
    assert {k for k, kind in kinds.items() if kind is TargetKind.COUNTED} == {
        "T25-4", "T25-5", "T25-6", "T30-4",
    }  # fmt: skip


def test_numbers_of_a_target_stand_in_the_plans_own_words():
    for target in GIVEN["targets"]:
        if target["value"] is not None:
            written = str(target["value"]).replace(".", ",")
            assert re.search(rf"\b0?{written}\b", target["words"]["vi"]), target["key"]


def test_changed_words_are_mended(tmp_path: Path):
    with_plan(now=NOW)
    text = (CONTENT / "plan.yaml").read_text(encoding="utf-8")
    changed = text.replace("Hình thành 01 câu lạc bộ, en:", "Lập 01 câu lạc bộ, en:")
    (tmp_path / "plan.yaml").write_text(changed, encoding="utf-8")
    done = sync_plan(tmp_path, now=NOW)
    assert (done.added, done.changed, done.unchanged) == (0, 1, 10)
