"""Several at the same moment in two processes: at reports of units, and at a summary's words."""

import pytest

from club.reporting.models import ReportState, StepKind
from club.reporting.operations import asking, writing
from club.reporting.operations.writing import Filled
from club.reporting.rules import ReportingRefusal
from club.reporting.summaries import operations as summaries
from club.reporting.summaries.rules import SummaryRefusal
from club.reporting.written import from_json
from tests.registration.racing import at_once
from tests.reporting.kit import a_coordinator, a_department, a_reporter, accepted, asked, words
from tests.support.factories import NOW, reload

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("context")]

TOO_LATE = f"refused: {ReportingRefusal.SETTLED}"


def handing_in(report, text, *, by):
    filled = Filled(words(text), report.revision)
    return writing.submit, {"report_id": report.id, "filled": filled, "by": by}


def accepting(report, *, by):
    given = {"report_id": report.id, "seen": report.revision, "by": by}
    return asking.accept, given


def kinds_of(report):
    return [step.kind for step in reload(report).steps]


def said(report):
    return from_json(reload(report).written).activities[0].words


def test_of_two_who_hand_in_at_once_one_does_and_the_other_overwrites_nothing(app):
    unit = a_department()
    hands = [a_reporter(unit).id for _each in range(2)]
    [report] = asked(unit, now=NOW)
    came_to = at_once(app, [handing_in(report, f"Của {by}.", by=by) for by in hands])
    assert sorted(came_to) == ["done", TOO_LATE]
    assert said(report) == f"Của {hands[came_to.index('done')]}."
    assert kinds_of(report) == [StepKind.ASKED, StepKind.SUBMITTED]


def test_accepted_or_returned_but_not_both(app):
    one, other = a_coordinator().id, a_coordinator().id
    [report] = asked(now=NOW)
    writing.submit(report.id, Filled(words(), 1), by=None, now=NOW)
    report = reload(report)
    returning = {"report_id": report.id, "reason": "Bổ sung.", "by": other}
    came_to = at_once(app, [accepting(report, by=one), (asking.send_back, returning)])
    # What was accepted can be returned afterwards; what was returned is accepted by nobody.
    assert came_to[1] == "done"
    assert came_to[0] in {"done", TOO_LATE}
    assert reload(report).state is ReportState.RETURNED


def test_nobody_accepts_what_is_handed_in_anew_while_they_read_what_was_there(app):
    unit = a_department()
    reporter, coordinator = a_reporter(unit).id, a_coordinator().id
    [report] = asked(unit, now=NOW)
    writing.submit(report.id, Filled(words("Lần đầu."), 1), by=reporter, now=NOW)
    before_them = accepting(reload(report), by=coordinator)
    asking.send_back(report.id, reason="Bổ sung.", by=coordinator, now=NOW)
    came_to = at_once(app, [before_them, handing_in(reload(report), "Lần hai.", by=reporter)])
    assert came_to == [TOO_LATE, "done"]
    assert said(report) == "Lần hai."
    assert reload(report).state is ReportState.SUBMITTED


def test_of_two_who_accept_at_once_one_does(app):
    [report] = asked(now=NOW)
    writing.submit(report.id, Filled(words(), 1), by=None, now=NOW)
    report = reload(report)
    came_to = at_once(app, [accepting(report, by=a_coordinator().id) for _each in range(2)])
    assert sorted(came_to) == ["done", TOO_LATE]
    assert kinds_of(report).count(StepKind.ACCEPTED) == 1


def test_of_two_who_change_a_summary_at_once_one_does(app):
    [report] = asked(now=NOW)
    accepted(report, now=NOW)
    summary = summaries.compose_summary(report.request, title="Tổng hợp", by=None, now=NOW)
    texts = [{"directions": f"Của {n}."} for n in range(2)]
    given = {"summary_id": summary.id, "document_number": None, "revision": 1, "by": None}
    came_to = at_once(app, [(summaries.edit, given | {"texts": one}) for one in texts])
    assert sorted(came_to) == ["done", f"refused: {SummaryRefusal.WRITTEN_OVER}"]
    assert reload(summary).texts == texts[came_to.index("done")]
    assert len(reload(summary).wordings) == 2
