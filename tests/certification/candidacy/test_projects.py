"""Projects that are handed in: what was measured, how far they have come, and pilots told twice."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest

from club.certification.candidacy import queries
from club.certification.candidacy.models import ProjectPhase, UseState
from club.certification.candidacy.operations import evidence as papers
from club.certification.candidacy.operations.evidence import Judgement
from club.certification.candidacy.operations.moving import move_to_version
from club.certification.candidacy.operations.projects import say_pilot
from club.certification.candidacy.projects import ProjectFacts, ProjectRefusal
from club.certification.candidacy.rules import CandidacyRefusal, Conflict
from club.certification.candidacy.standing import progress_of, progress_of_all
from club.certification.progress.facts import NeedState, Reason
from club.certification.schemes.models import Judge, RequirementKind, Unit
from club.certification.schemes.settings import Framework, ProjectTerms
from club.clock import local_day
from club.db import db
from club.pilots.measures import MeasureFacts
from club.pilots.rules import PilotRefusal
from tests.certification.assessment.kit import a_judged_level, an_assessor, under_assessment
from tests.certification.assessment.kit import asked as asked_to_judge
from tests.certification.candidacy.kit import (
    PDF,
    a_level,
    admitted,
    coordinator,
    handed_in,
    refused,
)
from tests.certification.scheme_kit import a_scheme
from tests.pilots.kit import a_project, ended, measured, taking_part
from tests.support.factories import NOW, a_person, an_account, reload
from tests.support.pages import words

pytestmark = pytest.mark.usefixtures("context")

FIGURES = MeasureFacts(
    "Thời gian chờ", "phút",
    before=Decimal("42.5"), before_on=date(2025, 7, 2),
    after=Decimal(17), after_on=date(2025, 12, 20),
)  # fmt: skip
TYPED = {
    "evidence": "", "kind": "project_report", "title": "Báo cáo dự án", "day": "2025-12-31",
    "phase": "sustain", "name": "Thời gian chờ", "unit": "phút",
    "before": "42,5", "before_on": "2025-07-02", "after": "17", "after_on": "2025-12-20",
}  # fmt: skip
ONE = {"amount": Decimal(1), "day": date(2025, 12, 31), "to_day": None}


def a_level_with_projects(scheme=None, *, minimum=2, number=1, **settings):
    terms = {"measured": True, "framework": Framework.PLAN_DO_SUSTAIN} | settings
    project = {
        "kind": RequirementKind.PROJECT, "position": 3, "name": "Dự án cải tiến",
        "name_en": "Improvement projects", "minimum": Decimal(minimum), "unit": Unit.PROJECTS,
        "judged_by": Judge.COORDINATOR, "terms": ProjectTerms(**terms),
    }  # fmt: skip
    return a_level(scheme or a_scheme(), number=number, more=[("project", project)])


@pytest.fixture
def account():
    return an_account(person=a_person(full_name="Nguyễn Thị Demo"))


@pytest.fixture
def candidate(account):
    return admitted(a_level_with_projects(), account)


def shown(candidate, account, **said):
    facts = ProjectFacts(**{"phase": ProjectPhase.SUSTAIN, "measure": FIGURES} | said)
    return handed_in(candidate, "project", by=account.id, project=facts, **ONE)


def accepted(use):
    return papers.judge_use(use.id, Judgement(UseState.ACCEPTED), by=coordinator().id, now=NOW)


def standing(candidate):
    progress = progress_of(candidate, queries.uses_in(candidate.id), on=local_day(NOW))
    by_all = progress_of_all([candidate], on=local_day(NOW))[candidate.id]
    assert by_all.standing_of("project").amount == progress.standing_of("project").amount
    return progress.standing_of("project")


def reasons(candidate):
    return [one.reason for one in standing(candidate).counted]


def page_of(candidate):
    return f"/candidacies/{candidate.public_id}"


def send(browser, candidate, **typed):
    file = {"file": (BytesIO(PDF), "a.pdf")}
    return browser.post(
        f"{page_of(candidate)}/requirements/project/evidence", data=TYPED | file | typed
    )


def test_a_candidate_says_what_was_measured_and_how_far_it_has_come(candidate, account, sign_in):
    browser = sign_in(account)
    assert send(browser, candidate).status_code == 302
    [use] = queries.uses_in(candidate.id)
    assert (use.project.phase, use.project.before) == (ProjectPhase.SUSTAIN, Decimal("42.5"))
    said = words(browser.get(page_of(candidate)))
    assert "Thời gian chờ: 42,5 → 17 phút (02/07/2025 – 20/12/2025)" in said
    accepted(use)
    assert (standing(candidate).amount, reasons(candidate)) == (1, [Reason.COUNTS])


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"name": ""}, "Ghi đã đo cái gì."),
        ({"before": ""}, "Ghi số đo."),
        ({"before": "nhiều"}, "Ghi một con số"),
        ({"phase": ""}, "Chọn dự án đã đến bước nào."),
        ({"after_on": "2025-07-02"}, "Ngày đo sau phải muộn hơn ngày đo trước."),
    ],
)
def test_what_is_wrong_with_the_figures_is_said_and_nothing_is_lost(
    candidate, account, sign_in, wrong, told
):
    answer = send(sign_in(account), candidate, **wrong)
    assert answer.status_code == 422
    assert told in words(answer)
    assert "2025-12-20" in answer.text or "after_on" in wrong
    assert "ticket" in answer.text
    assert queries.uses_in(candidate.id) == []


def test_the_operation_asks_the_same(candidate, account):
    def problem(**said):
        return refused(shown, candidate, account, **said)

    assert problem(phase=None) is ProjectRefusal.PHASE_MISSING
    assert problem(measure=None) is ProjectRefusal.FIGURES_MISSING
    assert problem(pilot_id=a_project().id) is ProjectRefusal.NOT_ON_THE_LIST
    turned = MeasureFacts(**vars(FIGURES) | {"before_on": date(2025, 12, 21)})
    assert problem(measure=turned) is PilotRefusal.MEASURED_BEFORE_AFTER
    assert refused(handed_in, candidate, "project", by=account.id, **ONE) in set(ProjectRefusal)


def test_a_scheme_without_figures_takes_projects_without_them(account, sign_in):
    candidate = admitted(a_level_with_projects(measured=False, framework=None), account)
    browser = sign_in(account)
    nothing = dict.fromkeys(["phase", *vars(FIGURES)], "")
    assert send(browser, candidate, **nothing).status_code == 302
    assert send(browser, candidate, **nothing | {"before": "3"}).status_code == 422
    [use] = queries.uses_in(candidate.id)
    accepted(use)
    assert standing(candidate).amount == 1


@pytest.mark.parametrize("phase", [ProjectPhase.PLAN, ProjectPhase.DO])
def test_a_project_that_goes_on_brings_nothing_yet(candidate, account, sign_in, phase):
    use = shown(candidate, account, phase=phase)
    assert reasons(candidate) == [Reason.UNFINISHED]
    accepted(use)
    assert (standing(candidate).state, standing(candidate).amount) == (NeedState.MISSING, 0)
    browser = sign_in(account)
    page = browser.get(page_of(candidate)).text
    assert "Được tính khi hoàn thành." in page
    assert f"/evidence-uses/{use.public_id}/withdrawal" in page


def test_figures_that_were_never_said_bring_nothing(candidate, account, sign_in):
    """Handed in before anybody asked for them."""
    use = shown(candidate, account)
    db.session.delete(use.project)
    db.session.commit()
    accepted(use)
    assert reasons(candidate) == [Reason.UNMEASURED]
    assert "Chưa có số liệu trước và sau." in sign_in(account).get(page_of(candidate)).text


def test_a_pilot_project_and_a_report_about_it_count_once(candidate, account, sign_in):
    pilot = a_project("Giảm chờ ở chuyền may")
    taking_part(ended(pilot), account.person)
    measured(pilot)
    browser = sign_in(account)
    form = browser.get(f"{page_of(candidate)}/requirements/project/evidence").text
    assert "Giảm chờ ở chuyền may" in form
    assert send(browser, candidate, pilot=str(pilot.public_id)).status_code == 302
    [use] = queries.uses_in(candidate.id)
    accepted(use)
    assert (standing(candidate).amount, standing(candidate).state) == (1, NeedState.PARTLY)
    assert set(reasons(candidate)) == {Reason.COUNTS, Reason.SAME_THING}
    assert "Nói về cùng một dự án" in browser.get(page_of(candidate)).text
    say_pilot(use.id, None, by=coordinator().id, now=NOW)
    assert standing(candidate).amount == 2


def test_a_scheme_without_pilots_takes_no_report_about_one(account):
    candidate = admitted(a_level_with_projects(pilots_count=False), account)
    pilot = a_project()
    taking_part(ended(pilot), account.person)
    measured(pilot)
    accepted(shown(candidate, account, pilot_id=pilot.id))
    assert set(reasons(candidate)) == {Reason.CATEGORY_NOT_TAKEN}


def test_who_judges_says_that_it_is_about_a_pilot(candidate, account, sign_in):
    pilot = a_project()
    taking_part(ended(pilot), account.person)
    use, desk = shown(candidate, account), sign_in(coordinator())
    here = f"/evidence-uses/{use.public_id}"
    assert f"{here}/pilot" in desk.get(here).text
    assert pilot.title in desk.get(f"{here}/pilot").text
    answer = desk.post(f"{here}/pilot", data={"pilot": str(pilot.public_id)})
    assert (answer.status_code, answer.location) == (302, here)
    assert reload(use).project.pilot_id == pilot.id
    assert desk.post(f"{here}/pilot", data={"pilot": "nothing"}).status_code == 422


def test_an_assessor_says_it_for_what_the_task_is_about(sign_in, account):
    candidate, pilot = under_assessment(a_judged_level(), account), a_project()
    taking_part(ended(pilot), account.person)
    assessor, other = an_assessor(), an_assessor()
    task = asked_to_judge(candidate, assessor)
    [use] = queries.uses_in(candidate.id)
    here, browser = f"/evidence-uses/{use.public_id}/pilot", sign_in(assessor)
    assert here in browser.get(f"/assessment/{task.public_id}").text
    answer = browser.post(here, data={"pilot": str(pilot.public_id)})
    assert answer.location == f"/assessment/{task.public_id}"
    assert reload(use).project.pilot_id == pilot.id
    assert sign_in(other).get(here).status_code == 404


def test_what_was_taken_back_or_is_no_project_is_about_no_pilot(candidate, account):
    work = handed_in(candidate, by=account.id)
    by = coordinator().id
    assert refused(say_pilot, work.id, None, by=by, now=NOW) is CandidacyRefusal.OTHER_EVIDENCE
    use = shown(candidate, account)
    other = a_project().id
    assert refused(say_pilot, use.id, other, by=by, now=NOW) is ProjectRefusal.NOT_ON_THE_LIST
    assert refused(say_pilot, use.id, None, by=account.id, now=NOW) is Conflict.IS_THE_CANDIDATE
    papers.take_use_back(use.id, by=account.id, now=NOW)
    assert refused(say_pilot, use.id, None, by=by, now=NOW) is CandidacyRefusal.OTHER_EVIDENCE


def test_what_was_said_goes_along_to_another_version(account):
    scheme = a_scheme()
    candidate = admitted(a_level_with_projects(scheme), account)
    use = accepted(shown(candidate, account))
    there = a_level_with_projects(scheme, number=2)
    move_to_version(candidate.id, level_id=there.id, remark=None, by=coordinator().id, now=NOW)
    assert standing(reload(candidate)).amount == 1
    assert reload(use).project.measured == "Thời gian chờ"
