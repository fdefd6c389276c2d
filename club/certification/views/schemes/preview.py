"""A draft tried out: where a person would stand, or somebody with the amounts that are typed."""

from collections.abc import Iterable
from uuid import UUID

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from club import clock
from club.audit.looks import shows_person
from club.certification.progress.facts import Credit, Progress, Source, Verdict
from club.certification.progress.gathering import credits_of
from club.certification.progress.needs import needs_of
from club.certification.progress.rules import progress_on
from club.certification.schemes.models import Purpose, SchemeLevel
from club.certification.schemes.wording import minimum_words
from club.certification.views.schemes.blueprint import KEEPERS, address_of, bp, found_level
from club.people import queries as people
from club.people.models import Person
from club.web.access import open_to
from club.web.language import is_english
from club.web.typed_numbers import typed_number

_LEVEL = "/office/certification/schemes/<string:key>/<int:number>/levels/<string:level>"


@bp.get(_LEVEL + "/preview")
@open_to(*KEEPERS)
def preview(key: str, number: int, level: str) -> str:
    return _page(found_level(key, number, level))


@bp.get(_LEVEL + "/preview/<uuid:public_id>")
@open_to(*KEEPERS)
@shows_person("scheme_trial", "public_id")
def preview_person(key: str, number: int, level: str, public_id: UUID) -> ResponseReturnValue:
    person = people.person_by_public_id(public_id) or abort(404)
    return _page(found_level(key, number, level), person)


def _page(level: SchemeLevel, person: Person | None = None) -> str:
    given = request.args.get("purpose", "")
    purpose = Purpose(given) if given in set(Purpose) else Purpose.FIRST
    typed = {one.key: request.args.get(one.key, "")[:20] for one in level.requirements}
    text = request.args.get("q", "")[:200]
    return render_template(
        "certification/schemes/preview.html",
        level=level,
        person=person,
        purpose=purpose,
        purposes=list(Purpose),
        asked=[one for one in level.requirements if one.purpose is purpose],
        typed=typed,
        progress=_progress(level, purpose, typed, person),
        minimum_words=minimum_words,
        here=address_of(level.version),
        q=text,
        found=people.people_matching(text) if text.strip() else [],
    )


def _progress(
    level: SchemeLevel, purpose: Purpose, typed: dict[str, str], person: Person | None
) -> Progress:
    """What is typed counts as accepted today; who has to judge it has done so."""
    needs = needs_of(level.requirements, purpose)
    today = clock.today()
    counted: list[Credit] = credits_of(person.id) if person else []
    by_hand = [
        Credit(
            Source.EVIDENCE, need.kind, need.unit, amount, today, f"typed:{need.key}",
            handed_in_for=need.key,
        )
        for need in needs
        if (amount := typed_number(typed[need.key], english=is_english()))
    ]  # fmt: skip
    return progress_on(today, needs, [*counted, *by_hand], _verdicts(by_hand))


def _verdicts(by_hand: Iterable[Credit]) -> dict[str, Verdict]:
    return {str(one.handed_in_for): Verdict(fulfilled=True, day=one.day) for one in by_hand}
