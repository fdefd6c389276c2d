"""One rule for names, at every door through which one comes in."""

import unicodedata

import pytest
from sqlalchemy import select

from club.accounts.models import RoleName
from club.db import db
from club.people.models import Person
from tests.support.factories import a_person, a_run, an_account, an_employment, an_organisation

SIGN_UP = {"email": "moi@example.vn", "password": "con trâu đi trước", "personal_data": "y"}
COLLEAGUE = {"from_day": "2026-01-05", "email": "moi@example.vn"}
WRONG = {
    "letters of two alphabets": "Nguy\u0435n Van An",
    "no letters": "12345",
    "an unseen sign": "Lê\u00adAn",
    "too long": "Đ" * 201,
}


@pytest.fixture
def doors(sign_in, client):
    """A way to hand in a name at each door; each gives the answer."""
    firm, trainer = an_organisation(code="dn-1"), a_person()
    speaker = an_account(RoleName.REPRESENTATIVE)
    an_employment(speaker.person, firm, represents=True)
    a_run(code="R-1", trainers=[trainer])
    office = sign_in(an_account(RoleName.COORDINATOR))
    speaks = sign_in(speaker)
    me = sign_in(an_account())
    return {
        "sign-up": lambda name: client.post("/register", data=SIGN_UP | {"full_name": name}),
        "profile": lambda name: me.post(
            "/me/profile", data={"full_name": name, "sex": "not_stated", "job_group": "not_stated"}
        ),
        "colleague": lambda name: speaks.post(
            "/organisations/dn-1/people/new", data=COLLEAGUE | {"full_name": name}
        ),
        "trainer": lambda name: office.post(
            "/office/runs/R-1/trainers", data={"person": "", "full_name": name}
        ),
    }


def names():
    db.session.rollback()
    return set(db.session.scalars(select(Person.full_name)))


@pytest.mark.parametrize("door", ["sign-up", "profile", "colleague", "trainer"])
@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_no_name_is_refused_at_every_door(doors, door, wrong):
    before = names()
    answer = doors[door](WRONG[wrong])
    assert answer.status_code in (409, 422)
    assert names() == before


@pytest.mark.parametrize("door", ["sign-up", "profile", "colleague", "trainer"])
def test_a_name_is_stored_in_one_form_at_every_door(doors, door):
    typed = "  " + unicodedata.normalize("NFD", "Nguyễn") + "\u200b \u202eThị  Ánh "
    answer = doors[door](typed)
    assert answer.status_code in (200, 302), answer.text
    assert "Nguyễn Thị Ánh" in names()
