"""People who ask, and experts who are asked."""

from datetime import date

from sqlalchemy import select

from club.accounts.models import RoleName
from club.certification.helping.models import HelpStepKind
from club.certification.helping.operations import Question, Taken, ask, take_step
from club.db import db
from club.membership.models import Membership
from club.outbox.models import Letter
from tests.certification.register.kit import an_expert
from tests.support.factories import NOW, a_person, an_account, an_employment, an_organisation, saved


def a_member(full_name="Lê Hội Viên", **given):
    person = a_person(full_name=full_name, **given)
    saved(Membership(person_id=person.id, from_day=date(2025, 1, 1)))
    return an_account(person=person)


def a_representative(full_name="Phạm Đại Diện", organisation=None, **given):
    person = a_person(full_name=full_name, **given)
    organisation = organisation or an_organisation(name="Công ty Gỗ Demo", sector="wood")
    an_employment(person, organisation, represents=True)
    return an_account(person=person), organisation


def an_expert_with_account(full_name="Trần Chuyên Gia", **given):
    account = an_account(person=a_person(full_name=full_name, phone="+84909999999"))
    return an_expert(person=account.person, **given), account


def a_question(expert=None, organisation=None, **given):
    known = {
        "problem": "Chờ vật tư quá lâu ở chuyền 2.",
        "place": "Xưởng ở Lái Thiêu",
        "time": "Tháng 3",
        "organisation_code": organisation.code if organisation else None,
        "expert_code": expert.code if expert else None,
    }
    return Question(**known | given)


def asked(expert=None, by=None, now=NOW, organisation=None, **given):
    by = by or a_member()
    return ask(a_question(expert, organisation, **given), by=by.id, now=now)


def took(request, kind, by, words=None, now=NOW, **given):
    return take_step(request.id, Taken(HelpStepKind(kind), words, **given), by=by.id, now=now)


def a_coordinator():
    return an_account(RoleName.COORDINATOR)


def letters_to(account, kind="certification.help_news"):
    query = select(Letter).where(Letter.recipient == account.email, Letter.kind == kind)
    return [letter.body_text for letter in db.session.scalars(query.order_by(Letter.id))]
