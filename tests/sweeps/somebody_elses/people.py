from sqlalchemy import select

from club.identity.models import ClubProfile
from club.units.models import Unit
from tests.people.merging_kit import joined
from tests.support.factories import a_person, an_account, an_employment
from tests.sweeps.somebody_elses.finding import another_organisation, first


def another_account():
    """Of somebody who is none of the visitors."""
    return {"public_id": an_account().person.public_id}


def a_version_of_the_club():
    return {"profile_id": first(select(ClubProfile.id))}


def unit_key():
    return {"key": first(select(Unit)).key}


def code_of_another_organisation():
    return {"code": another_organisation().code}


def another_employment():
    """In an organisation that no visitor speaks for, of a person who is no visitor."""
    organisation = another_organisation()
    employment = an_employment(a_person(), organisation)
    return {"code": organisation.code, "employment_id": employment.id}


def another_workplace():
    return {"employment_id": another_employment()["employment_id"]}


def two_entries():
    return {"kept": a_person().public_id, "gone": a_person().public_id}


def two_entries_put_together():
    return {"public_id": joined(a_person(), a_person()).public_id}
