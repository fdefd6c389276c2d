"""Scores of the demo club, and whom they let complete: by the club's own rule."""

import random
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from club.demo.rows import Rows
from club.demo.runs import DemoRun
from club.demo.society import DemoPerson
from club.records.attendance.rules import Attendance
from club.records.results.completing import Demands, shortfalls
from club.records.results.facts import Result, Scale
from club.records.results.models import PersonResult, RunScale

MAXIMUM = Decimal(10)
_SCALE = Scale(pre_test=MAXIMUM, post_test=MAXIMUM)
_REMARKS = (None, None, None, "Làm bài thực hành cẩn thận.", "Nên áp dụng thử tại tổ của mình.")


@dataclass(frozen=True)
class Judged:
    completes: bool
    result_id: int | None = None
    scale_id: int | None = None
    #: Points in the test at the end, of ``MAXIMUM``.
    post_test: Decimal | None = None


class Results:
    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.trainer_account_id: int | None = None
        self._scales: dict[int, int] = {}
        self._chances: dict[int, random.Random] = {}

    def judge(self, run: DemoRun, person: DemoPerson, attended: Attendance) -> Judged:
        """What somebody's training record says of completing a closed run."""
        demands = Demands(80, run.post_test_minimum, confirmation=run.confirmation_needed)
        if run.post_test_minimum is None:
            return Judged(not shortfalls(demands, attended, Result(), _SCALE))
        result = self._result(run)
        lacks = shortfalls(demands, attended, result, _SCALE)
        written = self._write(run, person, result)
        return Judged(not lacks, written, self._scale(run), result.post_test)

    def _result(self, run: DemoRun) -> Result:
        # Chance of its own, so that the rest of the club stays as it is.
        chance = self._chances.setdefault(run.id, random.Random(run.code))  # noqa: S311
        before = chance.randint(2, 7)
        after = min(10, before + chance.choice((0, 1, 2, 2, 3, 3)))
        return Result(
            Decimal(before),
            Decimal(after),
            remark=chance.choice(_REMARKS),
            confirmed=chance.random() < 0.95,
        )

    def _write(self, run: DemoRun, person: DemoPerson, result: Result) -> int:
        return self.rows.add(
            PersonResult,
            run_id=run.id,
            person_id=person.id,
            pre_test=result.pre_test,
            post_test=result.post_test,
            assignment=None,
            remark=result.remark,
            confirmed=result.confirmed,
            entered_at=run.sessions[-1].ends_at + timedelta(hours=2),
            entered_by_id=self.trainer_account_id,
            superseded_at=None,
        )

    def _scale(self, run: DemoRun) -> int:
        if run.id not in self._scales:
            self._scales[run.id] = self.rows.add(
                RunScale,
                run_id=run.id,
                pre_test=_SCALE.pre_test,
                post_test=_SCALE.post_test,
                assignment=None,
                stated_at=run.sessions[0].starts_at,
                stated_by_id=self.trainer_account_id,
                superseded_at=None,
            )
        return self._scales[run.id]
