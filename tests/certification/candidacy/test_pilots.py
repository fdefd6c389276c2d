"""Pilot projects on a candidate's way, from the list of the project to the candidate's page."""

from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest

from club.accounts.models import RoleName
from club.certification.candidacy import queries
from club.certification.candidacy.standing import progress_of
from club.certification.progress.facts import NeedState
from club.certification.schemes.models import Judge, RequirementKind, Unit
from club.certification.schemes.settings import ProjectTerms
from club.clock import local_day
from tests.certification.candidacy.kit import a_level, admitted
from tests.certification.scheme_kit import a_scheme
from tests.pilots.kit import a_project, ended, measured, taking_part
from tests.support.factories import NOW, a_person, an_account

pytestmark = pytest.mark.usefixtures("context")


def a_level_with_projects(**settings):
    project = {
        "kind": RequirementKind.PROJECT, "position": 3, "name": "Dự án cải tiến",
        "name_en": "Improvement projects", "minimum": Decimal(1), "unit": Unit.PROJECTS,
        "judged_by": Judge.COORDINATOR, "terms": ProjectTerms(**settings),
    }  # fmt: skip
    return a_level(a_scheme(), more=[("project", project)])


@pytest.fixture
def account():
    return an_account(person=a_person(full_name="Nguyễn Thị Demo"))


def standing(candidate):
    uses = queries.uses_in(candidate.id)
    return progress_of(candidate, uses, on=local_day(NOW)).standing_of("project")


def test_the_path_names_the_project_and_says_why_it_counts(sign_in, account):
    candidate = admitted(a_level_with_projects(), account)
    taking_part(ended(a_project("Giảm chờ ở chuyền may")), account.person)
    assert standing(candidate).state is NeedState.MET
    page = sign_in(account).get(f"/candidacies/{candidate.public_id}").text
    assert "Dự án điểm: Giảm chờ ở chuyền may" in page
    assert "1 dự án. Được tính đủ." in page


def test_a_project_that_goes_on_is_shown_and_counts_nothing(sign_in, account):
    candidate = admitted(a_level_with_projects(), account)
    taking_part(a_project("Giảm chờ ở chuyền may"), account.person)
    assert (standing(candidate).state, standing(candidate).amount) == (NeedState.MISSING, 0)
    page = sign_in(account).get(f"/candidacies/{candidate.public_id}").text
    assert "Dự án điểm: Giảm chờ ở chuyền may" in page
    assert "Được tính khi hoàn thành." in page


def test_a_scheme_that_asks_for_figures_takes_the_project_once_they_are_entered(account):
    candidate, project = admitted(a_level_with_projects(measured=True), account), a_project()
    taking_part(ended(project), account.person)
    assert standing(candidate).state is NeedState.MISSING
    measured(project)
    assert standing(candidate).state is NeedState.MET


def test_a_scheme_may_leave_pilot_projects_out(sign_in, account):
    candidate = admitted(a_level_with_projects(pilots_count=False), account)
    taking_part(ended(a_project()), account.person)
    assert standing(candidate).state is NeedState.MISSING
    page = sign_in(account).get(f"/candidacies/{candidate.public_id}").text
    assert "Điều kiện này không tính hình thức đó." in page


def test_the_board_counts_it_as_the_page_does(sign_in, account):
    level = a_level_with_projects()
    candidate = admitted(level, account)
    taking_part(ended(a_project()), account.person)
    board = sign_in(an_account(RoleName.COORDINATOR)).get("/office/certification/candidates").text
    assert candidate.person.full_name in board
    assert "path-mini" in board


def test_the_index_names_the_pilot_project_with_its_figures_and_the_minimum(sign_in, account):
    candidate = admitted(a_level_with_projects(), account)
    project = a_project(title="Giảm thời gian chờ")
    taking_part(ended(project), account.person)
    measured(project)
    answer = sign_in(account).get(f"/candidacies/{candidate.public_id}.zip")
    with ZipFile(BytesIO(answer.data)) as archive:
        index = archive.read("Mục lục.txt").decode()
    assert "1 trên 1 dự án" in index
    assert f"- Giảm thời gian chờ ({project.organisation.name}): 1 dự án" in index
    assert "Thời gian chờ: 42 → 17 phút (02/07/2025 – 20/12/2025)" in index
