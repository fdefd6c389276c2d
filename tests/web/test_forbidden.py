"""Who may not open a page reads for whom it is, who they are here, and what they can do."""

import re
from urllib.parse import unquote

import pytest

from club.accounts.models import RoleName
from tests.support.factories import a_person, an_account


@pytest.fixture
def member(sign_in):
    person = a_person(full_name="Nguyễn Thị Demo")
    return sign_in(an_account(RoleName.MEMBER, person=person, email="an@example.vn"))


def test_the_page_names_the_roles_it_is_for_and_the_reader(member):
    answer = member.get("/office/audit?room=plan&lang=en")
    assert answer.status_code == 403
    assert "for these roles: Administrator, Official who reads the figures." in answer.text
    assert "You are signed in as Nguyễn Thị Demo." in answer.text
    vietnamese = member.get("/office/audit?lang=vi").text
    assert "dành cho các vai trò: Quản trị viên, Cán bộ theo dõi số liệu." in vietnamese


def test_another_account_is_one_button_away_and_leads_back(member):
    page = member.get("/office/audit?room=plan").text
    [target] = re.findall(r'name="next" value="([^"]+)"', page)
    assert unquote(target) == "/login?next=/office/audit?room=plan"
    answer = member.post("/logout", data={"next": target})
    assert (answer.status_code, answer.location) == (302, target)
    assert "Đăng nhập" in member.get(target).text


def test_data_says_it_too(member):
    answer = member.get("/office/audit?lang=en", headers={"Accept": "application/json"})
    assert "Administrator, Official" in answer.json["advice"]
