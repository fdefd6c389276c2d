"""Training that a unit reported, as tests need it."""

from datetime import date

from club.people.models import AudienceKind
from club.statistics.elsewhere.operations import Reported, enter
from tests.support.factories import NOW, a_topic, a_unit


def facts(**given):
    return Reported(
        **{
            "first_day": date(2026, 1, 5),
            "last_day": date(2026, 1, 7),
            "audience": AudienceKind.ENTERPRISE,
            "turns": 40,
            "minutes": 320 * 60,
            "source": "12/BC-PKT ngày 20/01/2026",
        }
        | ({} if "unit_id" in given else {"unit_id": a_unit().id})
        | ({} if "topic_id" in given else {"topic_id": a_topic().id})
        | given
    )


def a_reported_training(**given):
    return enter(facts(**given), by=None, now=NOW)
