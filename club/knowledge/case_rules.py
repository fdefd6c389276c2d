"""What a case may say beside what every text says: see ``article_rules``."""

import re
from collections.abc import Collection

from club.files.content_error import Wrong
from club.files.fields import FieldRule, Fields, Said
from club.knowledge.evidence.kinds import MeasureKind
from club.knowledge.facts import CaseFacts, Consent, MeasureFacts, OtherFigure
from club.knowledge.models import Direction, ResultKind, Strength
from club.knowledge.text_rule import TextRule
from club.people.sectors import SECTORS

#: What only a measurement can give: never C.
_MEASURED = frozenset(
    {
        ResultKind.MEASURED_BEFORE_AFTER,
        ResultKind.RANDOMISED_TRIAL,
        ResultKind.MEASURED_AFTER_ONLY,
    }
)
#: Reckoned or hoped for, before anybody did it.
_RECKONED = frozenset(
    {
        ResultKind.SIMULATION,
        ResultKind.PROJECTED_FUTURE_STATE,
        ResultKind.EXPECTED,
        ResultKind.APPROVED_PLAN,
    }
)


def read_case(fields: Fields, *, units: Collection[str] | None) -> CaseFacts:
    """What the fields say of a case; all that is wrong with them goes to their complaints.
    ``units``: keys of wards and communes; ``None``: not looked at.
    """
    organisation = fields.mapping("organisation")
    name = organisation.text("name", needed=True) or ""
    name_en = organisation.text("name_en")
    name_unconfirmed = organisation.flag("name_unconfirmed")
    anonymised = organisation.flag("anonymised")
    organisation.finish()
    result_kind, strength = _evidence(fields)
    unknown, unknown_en = fields.texts_said("unknown")
    return CaseFacts(
        organisation=name,
        organisation_en=name_en,
        name_unconfirmed=name_unconfirmed,
        anonymised=anonymised,
        country=_country(fields),
        place=fields.text("place"),
        unit=_unit(fields, units),
        sector=_sector(fields),
        size=fields.said("size"),
        year=_year(fields),
        duration=fields.said("duration"),
        cost=fields.said("cost"),
        programme=fields.said("programme"),
        problem=fields.said("problem"),
        result_kind=result_kind,
        strength=strength,
        how_measured=fields.said("how_measured"),
        unknown=unknown,
        unknown_en=unknown_en,
        measures=_measures(fields, result_kind),
        consent=fields.choice("consent", Consent, unsaid=Consent.PUBLISHED_SOURCE),
    )


def _country(fields: Fields) -> str:
    country = fields.text("country", needed=True) or "VN"
    if not re.fullmatch(r"[A-Z]{2}", country):
        fields.fault("country", Wrong(TextRule.NO_COUNTRY))
    return country


def _unit(fields: Fields, units: Collection[str] | None) -> str | None:
    unit = fields.text("unit")
    if unit and units is not None and unit not in units:
        known = ", ".join(sorted(units))
        fields.fault("unit", Wrong(TextRule.UNKNOWN, given=unit[:40], known=known))
    return unit


def _year(fields: Fields) -> str | None:
    year = fields.text("year")
    _without_words(fields, "year", year, otherwise=TextRule.WORDS)
    return year


def _without_words(
    fields: Fields, key: str, given: float | str | None, *, otherwise: TextRule
) -> None:
    if isinstance(given, str) and any(letter.isalpha() for letter in given):
        fields.fault(key, Wrong(otherwise))


def _sector(fields: Fields) -> str:
    sector = fields.text("sector", needed=True) or "other"
    if sector not in SECTORS:
        wrong = Wrong(FieldRule.NO_CHOICE, known=", ".join(SECTORS), given=sector[:40])
        fields.fault("sector", wrong)
    return sector


def _evidence(fields: Fields) -> tuple[ResultKind, Strength]:
    kind = fields.choice("result_kind", ResultKind)
    strength = fields.choice("strength", Strength)
    if strength is Strength.C and kind in _MEASURED:
        fields.fault("strength", Wrong(TextRule.MEASURED_C, kind=kind.value))
    if strength is not Strength.C and kind in _RECKONED:
        fields.fault("strength", Wrong(TextRule.RECKONED_NOT_C, kind=kind.value))
    return kind, strength


def _measures(fields: Fields, kind: ResultKind) -> list[MeasureFacts]:
    measures = [_measure(one, kind, fields.peek("sources")) for one in fields.mappings("measures")]
    if not measures:
        fields.fault("measures", Wrong(TextRule.NO_MEASURE))
    return measures


def _measure(fields: Fields, kind: ResultKind, sources: object) -> MeasureFacts:
    measure = MeasureFacts(
        metric=fields.said("metric", needed=True) or Said("", ""),
        about=fields.choice("about", MeasureKind, unsaid=MeasureKind.OTHER),
        unit=fields.said("unit"),
        before=fields.number_or_text("before"),
        after=fields.number_or_text("after"),
        change=fields.said("change"),
        direction=fields.choice("direction", Direction),
        period=fields.said("period"),
        note=fields.said("note"),
        strength=_own_strength(fields, kind),
        how_measured=fields.said("how_measured"),
        source=_source_number(fields, sources),
        conflicts=[_conflict(one) for one in fields.mappings("conflicts")],
    )
    if measure.after is None and measure.change is None:
        fields.fault("after", Wrong(TextRule.SAYS_NOTHING))
    _check_figures(fields, measure.before, measure.after)
    fields.finish()
    return measure


def _own_strength(fields: Fields, kind: ResultKind) -> Strength | None:
    if fields.peek("strength") is None:
        fields.take("strength")
        return None
    strength = fields.choice("strength", Strength)
    if strength is not Strength.C and kind in _RECKONED:
        fields.fault("strength", Wrong(TextRule.RECKONED_NOT_C, kind=kind.value))
    return strength


def _source_number(fields: Fields, sources: object) -> int | None:
    number = fields.take("source")
    most = len(sources) if isinstance(sources, list) else 0
    if number is None:
        return None
    if isinstance(number, bool) or not isinstance(number, int) or not 1 <= number <= most:
        fields.fault("source", Wrong(TextRule.NO_SUCH_SOURCE, most=most))
        return None
    return number


def _conflict(fields: Fields) -> OtherFigure:
    other = OtherFigure(
        before=fields.number_or_text("before"),
        after=fields.number_or_text("after"),
        change=fields.said("change"),
        where=fields.said("where", needed=True) or Said("", ""),
    )
    if other.before is None and other.after is None and other.change is None:
        fields.fault("before", Wrong(TextRule.SAYS_NOTHING))
    _check_figures(fields, other.before, other.after)
    fields.finish()
    return other


def _check_figures(fields: Fields, before: float | str | None, after: float | str | None) -> None:
    for key, figure in (("before", before), ("after", after)):
        _without_words(fields, key, figure, otherwise=TextRule.WORDS_BESIDE)
