"""What is doubtful about a draft, with the courses and topics that there are."""

from club.certification.schemes import queries
from club.certification.schemes.facts import facts_of_level, facts_of_version
from club.certification.schemes.models import SchemeVersion
from club.certification.schemes.rules import Doubt, Surroundings, doubts_about


def doubts_of(version: SchemeVersion) -> list[Doubt]:
    return doubts_about(
        facts_of_version(version),
        [facts_of_level(level) for level in version.levels],
        Surroundings(
            awarded_by_club=version.scheme.awarded_by_club,
            courses=queries.courses_by_code(),
            topics=queries.topics_by_key(),
        ),
    )
