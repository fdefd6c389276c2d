"""From draft to frozen to corrected: which step is open when, and to whom."""

from itertools import product

import pytest

from club.accounts.models import RoleName
from club.refusal import RefusedError
from club.statistics.reports import operations, rules
from club.statistics.reports.models import StepKind, VersionState
from club.statistics.reports.rules import ReportRefusal
from tests.statistics.reports.kit import (
    LATER,
    NOW,
    a_closed_run,
    a_draft,
    an_official,
    checked,
    facts,
    frozen,
    on_the_page,
)
from tests.support.factories import a_person, an_account

D, C, F, X = VersionState


@pytest.mark.parametrize(("state", "step"), list(product(VersionState, StepKind)))
def test_every_step_is_open_in_one_state_or_refused(state, step):
    leads = {
        (D, StepKind.EDITED): D,
        (D, StepKind.CHECKED): C,
        (D, StepKind.DISCARDED): X,
        (C, StepKind.CHECKED): C,
        (C, StepKind.RETURNED): D,
        (C, StepKind.FROZEN): F,
    }
    refused = rules.refusal_to_step(state, step, reason="Sai số")
    assert rules.TRANSITIONS.get((state, step)) is leads.get((state, step))
    assert refused is (None if (state, step) in leads else ReportRefusal.SETTLED)


def refusal(act, *args, **given):
    with pytest.raises(RefusedError) as refused:
        act(*args, **given)
    return refused.value.refusal


def test_whoever_wrote_does_not_check():
    drafter, editor, other = (an_official().id for _ in range(3))
    version = a_draft(by=drafter)
    words = {"situation": "Đủ lớp."}
    operations.edit(version.id, texts=words, document_number=None, revision=1, by=editor, now=NOW)
    for writer in (drafter, editor):
        own = refusal(operations.check, version.id, **on_the_page(version), by=writer, now=NOW)
        assert own is ReportRefusal.OWN_WORDS
    checked = operations.check(version.id, **on_the_page(version), by=other, now=NOW)
    assert checked.state is VersionState.CHECKED


def test_words_of_a_checked_report_wait_until_it_is_given_back():
    version = checked()
    edit = {"texts": {}, "document_number": None, "revision": 1, "by": None, "now": NOW}
    assert refusal(operations.edit, version.id, **edit) is ReportRefusal.SETTLED
    send_back = {"by": None, "now": NOW}
    assert (
        refusal(operations.send_back, version.id, reason=None, **send_back)
        is ReportRefusal.REASON_MISSING
    )
    operations.send_back(version.id, reason="Thiếu kiến nghị", **send_back)
    assert operations.edit(version.id, **edit).state is VersionState.DRAFT


def test_nobody_overwrites_what_somebody_else_wrote():
    version = a_draft()
    edit = {"document_number": None, "revision": 1, "by": None, "now": NOW}
    operations.edit(version.id, texts={"situation": "Trước"}, **edit)
    late = refusal(operations.edit, version.id, texts={"situation": "Sau"}, **edit)
    assert (late, version.texts) == (ReportRefusal.WRITTEN_OVER, {"situation": "Trước"})


def test_each_wording_stays_with_who_wrote_it_also_once_it_is_corrected():
    writers = [an_official().id for _ in range(3)]
    version = a_draft(by=writers[0])
    edit = {"document_number": None, "now": NOW}
    for revision, said in enumerate(("Trước", "Sau"), 1):
        operations.edit(
            version.id, texts={"situation": said}, revision=revision, by=writers[revision], **edit
        )
    # Kept twice they are one wording, and whoever did it wrote nothing.
    operations.edit(
        version.id, texts={"situation": "Sau", "results": ""}, revision=2, by=None, **edit
    )
    told = [(one.number, one.words.get("situation"), one.step.by_id) for one in version.wordings]
    assert told == list(zip((1, 2, 3), (None, "Trước", "Sau"), writers, strict=True))
    assert (version.revision, None in operations.writers_of(version)) == (3, False)
    a_closed_run(a_person())
    report = frozen(version).version.report
    corrected = operations.correct(report.id, reason="Sót", by=None, now=LATER)
    assert [(one.number, one.words["situation"]) for one in corrected.wordings] == [(1, "Sau")]


def test_a_frozen_report_is_corrected_by_a_new_version_with_reasons():
    a_closed_run(a_person())
    kept = frozen()
    report = kept.version.report
    correct = {"by": None, "now": LATER}
    assert (
        refusal(operations.correct, report.id, reason="", **correct) is ReportRefusal.REASON_MISSING
    )
    second = operations.correct(report.id, reason="Sót một lớp", **correct)
    assert (second.number, second.correction_reason) == (2, "Sót một lớp")
    # One correction at a time.
    assert (
        refusal(operations.correct, report.id, reason="Nữa", **correct) is ReportRefusal.NOT_FROZEN
    )
    operations.discard(second.id, reason="Không cần", **correct)
    third = operations.correct(report.id, reason="Sót một lớp", **correct)
    assert third.number == 3
    assert [v.state for v in report.versions] == [F, X, D]


def test_a_period_that_has_not_begun_is_not_reported():
    assert refusal(a_draft, facts(name="2026-05")) is ReportRefusal.NOT_BEGUN


def test_the_command_freezes_what_waits(app):
    a_closed_run(a_person())
    waiting = checked()
    a_draft(facts(name="2026-02"))
    ran = app.test_cli_runner().invoke(args=["report", "freeze"])
    assert (ran.exit_code, waiting.state) == (0, F)
    assert f"SHA-256 {waiting.frozen.sha256}" in ran.output


def test_the_command_freezes_one_for_an_official(app):
    version, other = checked(), checked(a_draft(facts(name="2026-02"), by=an_official().id))
    official, code = an_official(), str(version.report.public_id)
    stranger = an_account(RoleName.COORDINATOR)
    run = app.test_cli_runner().invoke
    assert run(args=["report", "freeze", code, "--by", stranger.email]).exit_code == 1
    assert run(args=["report", "freeze", code, "--by", official.email]).exit_code == 0
    assert (version.frozen.frozen_by_id, other.state) == (official.id, C)
    assert run(args=["report", "freeze", code]).exit_code == 1
