from flask import Blueprint, abort

from club.accounts.queries import names_of
from club.certification.schemes import queries
from club.certification.schemes.models import Requirement, SchemeLevel, SchemeVersion
from club.certification.schemes.rules import is_held_by_assessors
from club.certification.schemes.wording import Names
from club.web.access import Audience
from club.web.language import said

bp = Blueprint("schemes", __name__)
bp.add_app_template_global(is_held_by_assessors)
KEEPERS = (Audience.COORDINATOR, Audience.ADMINISTRATOR)
DESK = "/office/certification/schemes"


def found_version(key: str, number: int) -> SchemeVersion:
    return queries.version_of(key, number) or abort(404)


def found_level(key: str, number: int, level: str) -> SchemeLevel:
    return queries.level_in(found_version(key, number), level) or abort(404)


def found_requirement(key: str, number: int, level: str, asked: str) -> Requirement:
    return queries.requirement_in(found_level(key, number, level), asked) or abort(404)


def address_of(version: SchemeVersion) -> str:
    return f"{DESK}/{version.scheme.key}/{version.number}"


def names_for_reader() -> Names:
    courses = queries.courses_by_code().values()
    topics = queries.topics_by_key().values()
    return Names(
        {one.code: said(one.title, one.title_en) for one in courses},
        {one.key: said(one.name, one.name_en) for one in topics},
    )


def who_changed(version: SchemeVersion) -> str:
    """Empty where it came with data brought in."""
    by = version.changed_by_id
    return names_of({by}).get(by, "") if by else ""
