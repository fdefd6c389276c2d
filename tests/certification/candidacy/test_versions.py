"""Moving to another version by a decision, and taking everything along to another body."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest

from club.accounts.models import RoleName
from club.certification.candidacy import queries
from club.certification.candidacy.models import CandidateState, StepReason, UseState
from club.certification.candidacy.operations import evidence as papers
from club.certification.candidacy.operations.evidence import Judgement
from club.certification.candidacy.operations.moving import move_to_version
from club.certification.candidacy.operations.signing import sign_statement
from club.certification.candidacy.rules import CandidacyRefusal, Conflict
from club.certification.candidacy.standing import progress_of
from club.certification.candidacy.versions import preview_of_move
from club.certification.progress.facts import NeedState
from club.certification.schemes.models import Judge, RequirementKind, Unit
from club.certification.schemes.settings import EthicsTerms
from club.refusal import RefusedError
from tests.certification.candidacy.kit import PDF, a_claim, a_level, admitted, applied, handed_in
from tests.certification.kit import a_record
from tests.certification.scheme_kit import a_scheme
from tests.support.factories import NOW, a_person, a_run, an_account, reload

pytestmark = pytest.mark.usefixtures("context")

TODAY = date(2026, 3, 3)


@pytest.fixture
def account():
    return an_account(person=a_person(full_name="Nguyễn Thị Demo"))


@pytest.fixture
def own(sign_in, account):
    return sign_in(account)


@pytest.fixture
def desk(sign_in):
    return sign_in(an_account(RoleName.COORDINATOR))


def on_two_versions(account):
    """A candidate on the first of two versions; the second asks for 160 hours."""
    scheme = a_scheme()
    candidate = admitted(a_level(scheme), account)
    return candidate, a_level(scheme, number=2, on=date(2026, 2, 1), hours=160)


def page_of(candidate):
    return f"/candidacies/{candidate.public_id}"


def test_a_candidate_stays_on_the_version_that_was_begun(own, account):
    candidate, _later = on_two_versions(account)
    assert "trên 120 giờ" in own.get(page_of(candidate)).text


def test_moving_shows_first_what_changes(desk, account):
    candidate, later = on_two_versions(account)
    page = desk.get(f"{page_of(candidate)}/version").text
    assert "120 giờ" in page
    assert "160 giờ" in page
    assert "như cũ" in page
    desk.post(f"{page_of(candidate)}/version", data={"version": "2", "remark": "Theo đề nghị"})
    moved = reload(candidate)
    assert moved.level_id == later.id
    assert (moved.steps[-1].reason, moved.steps[-1].level_id) == (
        StepReason.MOVED_TO_VERSION,
        later.id,
    )
    assert "Theo đề nghị" in moved.steps[-1].told
    assert moved.steps[0].level_id != later.id


def test_what_was_handed_in_and_judged_goes_along_once(account):
    candidate, later = on_two_versions(account)
    use = handed_in(candidate, by=account.id)
    by = an_account(RoleName.COORDINATOR).id
    papers.judge_use(use.id, Judgement(UseState.ACCEPTED, "Rõ"), by=by, now=NOW)
    move_to_version(candidate.id, level_id=later.id, remark=None, by=by, now=NOW)
    old, new = queries.uses_in(candidate.id)
    assert (old.state, new.state, new.remark) == (UseState.WITHDRAWN, UseState.ACCEPTED, "Rõ")
    assert new.requirement.level_id == later.id


def an_ethics(version, text="Tôi cam kết làm việc trung thực."):
    terms = EthicsTerms(version=version, text=text)
    facts = {"kind": RequirementKind.ETHICS, "unit": Unit.DONE, "minimum": Decimal(1)}
    return "ethics", {**facts, "name": "Cam kết đạo đức", "position": 3, "terms": terms}


def signed_and_moved(account, first, then, desk=None):
    """Who signed the first words and goes on under the other ones; and the look before that."""
    scheme = a_scheme()
    candidate = admitted(a_level(scheme, more=[first]), account)
    sign_statement(candidate.id, "ethics", by=account.id, now=NOW)
    later = a_level(scheme, number=2, on=date(2026, 2, 1), more=[then])
    look = desk.get(f"{page_of(candidate)}/version").text if desk else ""
    by = an_account(RoleName.COORDINATOR).id
    move_to_version(candidate.id, level_id=later.id, remark=None, by=by, now=NOW)
    return reload(candidate), look


def ethics_of(candidate):
    uses = queries.uses_in(candidate.id)
    return progress_of(candidate, uses, on=date(2026, 3, 3)).standing_of("ethics").state


@pytest.mark.parametrize(
    "then", [an_ethics("1", "Tôi cam kết giữ bí mật của doanh nghiệp."), an_ethics("2")]
)
def test_a_signature_does_not_count_for_other_words(desk, account, then):
    candidate, look = signed_and_moved(account, an_ethics("1"), then, desk)
    assert "phải ký lại" in look
    assert ethics_of(candidate) is NeedState.MISSING
    assert "vui lòng ký lại trên trang của mình: Cam kết đạo đức" in candidate.steps[-1].told
    sign_statement(candidate.id, "ethics", by=account.id, now=NOW)
    assert ethics_of(candidate) is NeedState.MET


def test_a_signature_goes_along_with_its_words(desk, account):
    candidate, look = signed_and_moved(account, an_ethics("1"), an_ethics("1"), desk)
    assert "phải ký lại" not in look
    assert ethics_of(candidate) is NeedState.MET
    assert "ký lại" not in candidate.steps[-1].told


def test_nobody_moves_to_what_is_no_version_of_the_level(account):
    candidate, _later = on_two_versions(account)
    other, by = a_level(a_scheme("another")), an_account(RoleName.COORDINATOR).id
    for level_id in (other.id, candidate.level_id):
        with pytest.raises(RefusedError) as refused:
            move_to_version(candidate.id, level_id=level_id, remark=None, by=by, now=NOW)
        assert refused.value.refusal is CandidacyRefusal.NO_SUCH_VERSION


def test_nobody_decides_to_move_oneself(account):
    candidate, later = on_two_versions(account)
    with pytest.raises(RefusedError) as refused:
        move_to_version(candidate.id, level_id=later.id, remark=None, by=account.id, now=NOW)
    assert refused.value.refusal is Conflict.IS_THE_CANDIDATE


def test_nobody_with_a_tie_moves_the_candidate(sign_in, account):
    candidate, later = on_two_versions(account)
    trainer = an_account(RoleName.COORDINATOR)
    a_record(account.person, a_run(trainers=[trainer.person]))
    own = sign_in(trainer)
    page = own.get(f"{page_of(candidate)}/version").text
    assert "Người đã giảng dạy cho ứng viên" in page
    assert 'name="remark"' not in page
    answer = own.post(f"{page_of(candidate)}/version", data={"version": "2", "remark": "Vội"})
    assert (answer.status_code, "Vội" in answer.text) == (409, True)
    assert reload(candidate).level_id != later.id


OTHER_UNIT = {"kind": RequirementKind.TRAINING, "unit": Unit.HOURS}
OTHER_KIND = {"kind": RequirementKind.OTHER, "unit": Unit.MONTHS}


@pytest.mark.parametrize("there", [OTHER_UNIT, OTHER_KIND])
def test_what_is_counted_in_another_way_there_waits_to_be_judged(desk, account, there):
    scheme = a_scheme()
    facts = {"name": "Thêm", "name_en": "More", "position": 3, "judged_by": Judge.COORDINATOR}
    asked = {"kind": RequirementKind.WORK_EXPERIENCE, "unit": Unit.MONTHS, "minimum": Decimal(24)}
    candidate = admitted(a_level(scheme, more=[("more", facts | asked)]), account)
    use = handed_in(candidate, "more", by=account.id)
    by = an_account(RoleName.COORDINATOR).id
    papers.judge_use(use.id, Judgement(UseState.ACCEPTED, "Rõ"), by=by, now=NOW)
    then = facts | there | {"minimum": Decimal(1)}
    later = a_level(scheme, number=2, on=date(2026, 2, 1), more=[("more", then)])
    look = preview_of_move(reload(candidate), later, queries.uses_in(candidate.id), on=TODAY)
    would = {change.after.key: change.standing_after.state for change in look.changes}
    move_to_version(candidate.id, level_id=later.id, remark=None, by=by, now=NOW)
    new = queries.uses_in(candidate.id)[-1]
    assert (new.state, new.decided_by_id, new.accepted_at) == (UseState.WAITING, None, None)
    uses = queries.uses_in(candidate.id)
    stands = progress_of(reload(candidate), uses, on=TODAY).standing_of("more").state
    assert would["more"] is stands is NeedState.WAITING


def test_a_version_that_is_not_there_is_refused_with_what_was_written(desk, account):
    candidate, _later = on_two_versions(account)
    form = {"version": "9", "remark": "Theo đề nghị"}
    answer = desk.post(f"{page_of(candidate)}/version", data=form)
    assert (answer.status_code, "Theo đề nghị" in answer.text) == (422, True)
    assert reload(candidate).state is CandidateState.ADMITTED


def test_without_another_version_there_is_nothing_to_move_to(desk, account):
    candidate = admitted(a_level(), account)
    assert "Không có phiên bản khác" in desk.get(f"{page_of(candidate)}/version").text


def test_everything_for_the_application_is_one_file(own, account):
    candidate = admitted(a_level(), account)
    use = handed_in(candidate, by=account.id)
    claim = a_claim(candidate, "training", amount=Decimal(8), to_day=None)
    papers.use_evidence(use.evidence_id, candidate.id, claim, by=account.id, now=NOW)
    gone = handed_in(candidate, "training", by=account.id, to_day=None)
    papers.withdraw_evidence(gone.evidence_id, reason=None, by=account.id, now=NOW)
    answer = own.get(f"{page_of(candidate)}.zip")
    assert answer.headers["Cache-Control"] == "private, no-store"
    with ZipFile(BytesIO(answer.data)) as archive:
        assert sorted(archive.namelist()) == [
            "Minh chứng/01 Xác nhận.pdf",
            "Mục lục.txt",
            "Số giờ đào tạo, có chữ ký số.pdf",
        ]
        assert archive.read("Minh chứng/01 Xác nhận.pdf") == PDF
        index = archive.read("Mục lục.txt").decode()
        statement = archive.read("Số giờ đào tạo, có chữ ký số.pdf")
    assert "Nguyễn Thị Demo" in index
    for proves in ("01/01/2023 – 31/12/2025", "01/01/2023, 8 giờ"):
        line = f"Xác nhận công tác, {proves} (Chờ xem xét): Minh chứng/01 Xác nhận.pdf"
        assert line in index
    assert b"/ETSI.CAdES.detached" in statement


def test_the_index_says_what_was_not_accepted(own, account):
    candidate = admitted(a_level(), account)
    use = handed_in(candidate, by=account.id)
    by = an_account(RoleName.COORDINATOR).id
    no = papers.Judgement(UseState.REFUSED, "Thiếu chữ ký")
    papers.judge_use(use.id, no, by=by, now=NOW)
    with ZipFile(BytesIO(own.get(f"{page_of(candidate)}.zip").data)) as archive:
        index = archive.read("Mục lục.txt").decode()
    assert "(Không chấp nhận): Minh chứng/01 Xác nhận.pdf" in index


def test_somebody_else_gets_no_file(sign_in, account):
    candidate = applied(a_level(), account)
    assert sign_in(an_account()).get(f"{page_of(candidate)}.zip").status_code == 404
