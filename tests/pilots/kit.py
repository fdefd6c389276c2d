"""Pilot projects, who takes part in them, and what they measured."""

import secrets
from datetime import date
from decimal import Decimal

from club.accounts.models import RoleName
from club.people.models import SizeClass
from club.pilots.measures import MeasureFacts, add_measure
from club.pilots.models import PartRole, PilotOutcome
from club.pilots.operations import PilotFacts, add_project, end_project
from club.pilots.people import PartFacts, put_on_list
from tests.support.factories import NOW, a_person, an_account, an_organisation

BEGUN, ENDED = date(2025, 7, 1), date(2025, 12, 31)


def a_project(title="Giảm thời gian chờ", firm=None, **given):
    firm = firm or an_organisation(
        code=f"dn-{secrets.token_hex(4)}", size_class=SizeClass.SMALL, **given
    )
    return add_project(firm.id, PilotFacts(title, BEGUN, "Biên bản"), by=None, now=NOW)


def ended(project, on=ENDED, outcome=PilotOutcome.COMPLETED):
    return end_project(project.id, ended_on=on, outcome=outcome, by=None, now=NOW)


def taking_part(project=None, person=None, *, by=None, **given):
    """On the list, and confirmed where ``by`` is not the firm."""
    project, person = project or a_project(), person or a_person()
    facts = PartFacts(**{"role": PartRole.MEMBER} | given)
    by = by or an_account(RoleName.COORDINATOR)
    return put_on_list(project.id, person.id, facts, by=by.id, now=NOW)


def measured(project=None, **given):
    facts = {
        "name": "Thời gian chờ",
        "unit": "phút",
        "before": Decimal(42),
        "before_on": date(2025, 7, 2),
        "after": Decimal(17),
        "after_on": date(2025, 12, 20),
    }
    by = an_account(RoleName.COORDINATOR).id
    return add_measure((project or a_project()).id, MeasureFacts(**facts | given), by=by, now=NOW)
