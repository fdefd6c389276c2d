"""What a requirement asks for, in the reader's language."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flask_babel import gettext

from club.certification.schemes.amounts import amount_words
from club.certification.schemes.labels import SETTING_LABELS
from club.certification.schemes.models import Purpose, Requirement, SchemeLevel, Unit
from club.certification.schemes.settings import (
    EducationTerms,
    EthicsTerms,
    ExaminationTerms,
    FeeTerms,
    ProjectTerms,
    ReferencesTerms,
    Terms,
    TrainingTerms,
    WorkTerms,
    terms_of,
)
from club.web.language import day, number, said


@dataclass(frozen=True)
class Asked:
    """Something that is needed: one requirement, or several ways of which one is enough."""

    ways: tuple[tuple[Requirement, ...], ...]

    @property
    def has_alternatives(self) -> bool:
        return len(self.ways) > 1


@dataclass(frozen=True)
class Names:
    """What courses and topics are called for this reader, by code and key."""

    courses: dict[str, str]
    topics: dict[str, str]


def asked_of(level: SchemeLevel, purpose: Purpose) -> list[Asked]:
    """In order; a group stands where its first requirement does."""
    groups: dict[str, dict[str, list[Requirement]]] = {}
    for one in level.requirements:
        if one.purpose is purpose:
            way = one.together_key or f"/{one.key}"
            ways = groups.setdefault(one.group_key or f"/{one.key}", {})
            ways.setdefault(way, []).append(one)
    return [Asked(tuple(map(tuple, ways.values()))) for ways in groups.values()]


def minimum_words(asked: Requirement) -> str:
    """Such as ``Ít nhất 72 giờ``."""
    if asked.minimum is None:
        return str(gettext("Minimum to be set"))
    if asked.unit is Unit.DONE:
        return str(gettext("Has to be there"))
    amount = amount_words(asked.minimum, asked.unit)
    # A fee is what it is.
    return amount if asked.unit is Unit.DONG else gettext("At least %(amount)s", amount=amount)


def terms_words(asked: Requirement, names: Names) -> list[str]:
    """What the kind says beyond the minimum, a sentence each."""
    lines = [str(line) for line in _terms(terms_of(asked), names)]
    if asked.valid_months:
        lines.append(str(gettext("Counts for %(months)s months.", months=asked.valid_months)))
    return lines


def statement_of(asked: Requirement) -> str:
    """The text that is signed; empty where there is none."""
    terms = terms_of(asked)
    return said(terms.text, terms.text_en) if isinstance(terms, EthicsTerms) else ""


def _terms(terms: Terms, names: Names) -> Iterator[str]:
    match terms:
        case TrainingTerms():
            yield from _training(terms, names)
        case ProjectTerms():
            yield from _project(terms)
        case ExaminationTerms():
            yield from _examination(terms)
        case _:
            yield from _in_a_sentence(terms)


def _in_a_sentence(terms: Terms) -> Iterator[str]:
    match terms:
        case EducationTerms(at_least=degree) if degree:
            yield gettext("Lowest degree: %(degree)s.", degree=SETTING_LABELS[degree])
        case WorkTerms() if terms.in_what:
            yield gettext("Work in: %(what)s.", what=said(terms.in_what, terms.in_what_en))
        case EthicsTerms() if terms.version:
            yield gettext("Version %(version)s of the text.", version=terms.version)
        case ReferencesTerms() if terms.from_whom:
            whom = said(terms.from_whom, terms.from_whom_en)
            yield gettext("From: %(whom)s.", whom=whom)
        case FeeTerms(payable_to=body) if body:
            yield gettext("Payable to: %(body)s.", body=body)


def _training(terms: TrainingTerms, names: Names) -> Iterator[str]:
    named = [*_named(terms.topics, names.topics), *_named(terms.courses, names.courses)]
    if named:
        yield gettext("What counts: %(names)s.", names=", ".join(named))
    if terms.since:
        yield gettext("Counts from %(day)s.", day=day(terms.since))
    if terms.teaching_factor:
        factor = number(terms.teaching_factor, 2)
        yield gettext("An hour of teaching counts as %(factor)s hours.", factor=factor)
    if not terms.outside_counts:
        yield gettext("Training taken elsewhere does not count.")
    for category, most in terms.caps.items():
        yield gettext(
            "%(category)s: at most %(most)s.",
            category=SETTING_LABELS[category],
            most=number(most, 2),
        )


def _project(terms: ProjectTerms) -> Iterator[str]:
    if terms.framework:
        yield gettext("By the framework %(name)s.", name=SETTING_LABELS[terms.framework])
    if terms.measured:
        yield gettext("Each shows what was measured before and after.")
    if not terms.pilots_count:
        yield gettext("Pilot projects do not count.")


def _examination(terms: ExaminationTerms) -> Iterator[str]:
    if terms.out_of:
        yield gettext("Of %(most)s.", most=number(terms.out_of, 2))
    if terms.attempts:
        yield gettext("At most %(times)s attempts.", times=terms.attempts)
    if terms.waiting_days:
        yield gettext("%(days)s days between two attempts.", days=terms.waiting_days)


def _named(keys: Iterable[str], names: dict[str, str]) -> list[str]:
    return [names.get(key, key) for key in keys]
