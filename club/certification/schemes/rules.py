"""What a draft may say, what it may not be published without, and what is doubtful about it."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from club.certification.schemes.facts import LevelFacts, RequirementFacts, VersionFacts
from club.certification.schemes.models import (
    Deciding,
    Judge,
    Purpose,
    Requirement,
    RequirementKind,
    Unit,
    VersionState,
)
from club.certification.schemes.settings import EthicsTerms

#: What each kind may be counted in; the first is what is meant where nothing is said.
UNITS: dict[RequirementKind, tuple[Unit, ...]] = {
    RequirementKind.EDUCATION: (Unit.DONE,),
    RequirementKind.TRAINING: (Unit.HOURS, Unit.PIECES),
    RequirementKind.WORK_EXPERIENCE: (Unit.MONTHS,),
    RequirementKind.PROJECT: (Unit.PROJECTS,),
    RequirementKind.EXAMINATION: (Unit.PERCENT, Unit.POINTS),
    RequirementKind.INTERVIEW: (Unit.DONE, Unit.PERCENT, Unit.POINTS),
    RequirementKind.ETHICS: (Unit.DONE,),
    RequirementKind.REFERENCES: (Unit.REFERENCES,),
    RequirementKind.FEE: (Unit.DONG,),
    RequirementKind.OTHER: (Unit.DONE, Unit.PIECES, Unit.HOURS, Unit.MONTHS, Unit.PERCENT,
                            Unit.POINTS),
}  # fmt: skip
#: What the site knows by itself; all else somebody has to look at.
_KNOWN_BY_ITSELF = {RequirementKind.TRAINING, RequirementKind.ETHICS}
#: What takes place between assessors and somebody who has handed in everything else.
_HELD = {RequirementKind.INTERVIEW, RequirementKind.EXAMINATION}
_WHOLE = {Unit.PROJECTS, Unit.REFERENCES, Unit.PIECES, Unit.MONTHS, Unit.DONG}
#: Beyond these somebody has mistyped.
_MOST = {Unit.PERCENT: Decimal(100), Unit.DONG: Decimal(10**10)}
_MOST_OF_OTHERS = Decimal(100_000)
#: Decimals that are kept.
_DECIMALS = 2


class SchemeRefusal(StrEnum):
    NOT_A_DRAFT = "A published version never changes. Copy it to a new draft."
    NOT_PUBLISHED = "Only a published version can be closed to new candidates."
    ONLY_VERSION = "This is the only version of the scheme. Change it instead."
    COPIED_FROM = "A published version was copied from this draft and names it, so the draft stays."
    CHANGED_MEANWHILE = (
        "Somebody else has changed this meanwhile. Compare what stands there now with what you"
        " wrote, and save again."
    )
    REMOVED_MEANWHILE = (
        "Somebody else has removed this meanwhile. Nothing that you wrote is lost: save it to add"
        " it anew."
    )
    KEY_TAKEN = "Another scheme is called so already."
    NO_LETTERS = "The name needs a letter or a digit."
    LABEL_TAKEN = "Another version of the scheme is called so already."
    UNIT_OF_ANOTHER_KIND = "This kind of requirement is not counted in that unit."
    NOT_POSITIVE = "A minimum is more than nothing. Leave it empty while it is to be set."
    NOT_WHOLE = "Only a whole number makes sense here."
    ABOVE_HUNDRED = "A percentage is at most 100."
    TOO_BIG = "The number is too big."
    TOO_FINE = "Write at most two decimals."
    MORE_THAN_ONE = "Where something is there or not, the minimum is 1."
    SOMEBODY_MUST_JUDGE = "The site cannot know this by itself: say who judges it."
    TOGETHER_WITHOUT_GROUP = "Only alternatives of a group can be joined together."
    TWO_VALIDITIES = "Valid without end and for some months do not go together."
    PANEL_INCOMPLETE = "A panel needs a quorum and a majority."
    PANEL_TOO_SMALL = "A panel has at least two members."


Problem = tuple[SchemeRefusal, str]


def refusal_to_change(state: VersionState) -> SchemeRefusal | None:
    return None if state is VersionState.DRAFT else SchemeRefusal.NOT_A_DRAFT


def refusal_to_close(state: VersionState) -> SchemeRefusal | None:
    return None if state is VersionState.PUBLISHED else SchemeRefusal.NOT_PUBLISHED


def refusal_to_discard(
    state: VersionState, *, is_only_version: bool, was_copied: bool
) -> SchemeRefusal | None:
    """``was_copied``: a version that is no draft any more says that it came from this one."""
    if refusal := refusal_to_change(state):
        return refusal
    if is_only_version:
        return SchemeRefusal.ONLY_VERSION
    return SchemeRefusal.COPIED_FROM if was_copied else None


def problems_of_requirement(facts: RequirementFacts) -> Iterator[Problem]:
    """Each with the name of the fact to mend."""
    if facts.unit not in UNITS[facts.kind]:
        yield SchemeRefusal.UNIT_OF_ANOTHER_KIND, "unit"
    elif facts.minimum is not None and (wrong := _wrong_minimum(facts.minimum, facts.unit)):
        yield wrong, "minimum"
    if facts.judged_by is Judge.RECORDS and facts.kind not in _KNOWN_BY_ITSELF:
        yield SchemeRefusal.SOMEBODY_MUST_JUDGE, "judged_by"
    if facts.together_key and not facts.group_key:
        yield SchemeRefusal.TOGETHER_WITHOUT_GROUP, "together_key"


def _wrong_minimum(minimum: Decimal, unit: Unit) -> SchemeRefusal | None:
    if minimum <= 0:
        return SchemeRefusal.NOT_POSITIVE
    if unit is Unit.DONE and minimum != 1:
        return SchemeRefusal.MORE_THAN_ONE
    return refusal_of_amount(minimum, unit)


def refusal_of_amount(amount: Decimal, unit: Unit) -> SchemeRefusal | None:
    """Why there cannot be so much of something, be it asked for or proven."""
    if amount > _MOST.get(unit, _MOST_OF_OTHERS):
        return SchemeRefusal.ABOVE_HUNDRED if unit is Unit.PERCENT else SchemeRefusal.TOO_BIG
    if unit in _WHOLE and amount != amount.to_integral_value():
        return SchemeRefusal.NOT_WHOLE
    return SchemeRefusal.TOO_FINE if amount != round(amount, _DECIMALS) else None


def is_held_by_assessors(asked: Requirement | RequirementFacts) -> bool:
    """Whether assessors bring it about, and nothing has to be handed in for it: interviews and
    examinations that they judge. An examination elsewhere is a paper, which a coordinator accepts.
    """
    return asked.kind in _HELD and asked.judged_by is Judge.ASSESSOR


def problems_of_version(facts: VersionFacts) -> Iterator[Problem]:
    if facts.without_end and facts.validity_months:
        yield SchemeRefusal.TWO_VALIDITIES, "validity_months"
    if facts.deciding is Deciding.PANEL:
        if facts.panel_quorum is None or facts.panel_majority is None:
            missing = "panel_quorum" if facts.panel_quorum is None else "panel_majority"
            yield SchemeRefusal.PANEL_INCOMPLETE, missing
        elif facts.panel_quorum < 2:
            yield SchemeRefusal.PANEL_TOO_SMALL, "panel_quorum"


class DoubtKind(StrEnum):
    #: It cannot be published like this.
    NO_FIRST_DAY = "Say from which day on candidates may start on it."
    NO_LEVEL = "There is no level that could be reached."
    NOTHING_ASKED = "The level asks for nothing."
    BODY_DECIDES = (
        "Another body certifies under this scheme. Say that the outside certifying body decides."
    )
    CLUB_DECIDES = "The club itself certifies under this scheme. Say who of the club decides."
    #: It can, by somebody who means it.
    NO_MINIMUM = "The minimum is to be set: nobody can meet it by counting."
    ALONE_IN_GROUP = "It is the only one of its group, so it is no alternative."
    NO_ENGLISH = "There is no English text."
    NO_EVIDENCE = "It does not say what a candidate hands in."
    NO_STATEMENT = "The text that is to be signed is missing."
    NO_RENEWAL = "Its validity ends, but it does not say what a renewal needs."
    NO_VALIDITY = "How long it is valid is to be set."
    NO_APPEAL = "Until when a decision can be appealed is to be set."
    UNKNOWN_COURSE = "It names a course that the catalogue does not have."
    UNKNOWN_TOPIC = "It names a topic that the club does not have."

    @property
    def forbids(self) -> bool:
        return self in _FORBIDDING


_FORBIDDING = {
    DoubtKind.NO_FIRST_DAY,
    DoubtKind.NO_LEVEL,
    DoubtKind.NOTHING_ASKED,
    DoubtKind.BODY_DECIDES,
    DoubtKind.CLUB_DECIDES,
}
Doubt = tuple[DoubtKind, str]


@dataclass(frozen=True)
class Surroundings:
    """What a version is looked at with, beside what it says."""

    #: Whether the club itself certifies under its scheme.
    awarded_by_club: bool
    #: Codes and keys that can be named.
    courses: Collection[str]
    topics: Collection[str]


def doubts_about(
    version: VersionFacts, levels: Sequence[LevelFacts], around: Surroundings
) -> list[Doubt]:
    """What to look at before publishing, each with the Vietnamese name of what it is about (empty:
    the version itself).
    """
    found: list[Doubt] = [(kind, "") for kind in _about_version(version)]
    if wrong := wrong_decider(version.deciding, awarded_by_club=around.awarded_by_club):
        found.append((wrong, ""))
    if not levels:
        found.append((DoubtKind.NO_LEVEL, ""))
    for level in levels:
        found += _about_level(level, renewable=version.validity_months is not None)
        for asked in level.requirements.values():
            found += [(kind, asked.name) for kind in _about_requirement(asked)]
            found += [(kind, asked.name) for kind in _about_names(asked, around)]
    return found


def wrong_decider(deciding: Deciding, *, awarded_by_club: bool) -> DoubtKind | None:
    """Whoever certifies decides."""
    if awarded_by_club:
        return DoubtKind.CLUB_DECIDES if deciding is Deciding.BODY else None
    return None if deciding is Deciding.BODY else DoubtKind.BODY_DECIDES


def _about_version(version: VersionFacts) -> Iterator[DoubtKind]:
    if version.valid_from is None:
        yield DoubtKind.NO_FIRST_DAY
    if version.validity_months is None and not version.without_end:
        yield DoubtKind.NO_VALIDITY
    if version.appeal_days is None and version.deciding is not Deciding.BODY:
        yield DoubtKind.NO_APPEAL


def _about_level(level: LevelFacts, *, renewable: bool) -> Iterator[Doubt]:
    purposes = {asked.purpose for asked in level.requirements.values()}
    if Purpose.FIRST not in purposes:
        yield DoubtKind.NOTHING_ASKED, level.name
    if renewable and Purpose.RENEWAL not in purposes:
        yield DoubtKind.NO_RENEWAL, level.name
    if not level.name_en:
        yield DoubtKind.NO_ENGLISH, level.name
    alternatives = [(a.purpose, a.group_key) for a in level.requirements.values() if a.group_key]
    for asked in level.requirements.values():
        if asked.group_key and alternatives.count((asked.purpose, asked.group_key)) == 1:
            yield DoubtKind.ALONE_IN_GROUP, asked.name


def _about_requirement(asked: RequirementFacts) -> Iterator[DoubtKind]:
    if asked.minimum is None:
        yield DoubtKind.NO_MINIMUM
    if not asked.name_en:
        yield DoubtKind.NO_ENGLISH
    is_brought = asked.judged_by is not Judge.RECORDS and not is_held_by_assessors(asked)
    if is_brought and not asked.evidence_wanted:
        yield DoubtKind.NO_EVIDENCE
    if isinstance(asked.terms, EthicsTerms) and not asked.terms.text:
        yield DoubtKind.NO_STATEMENT


def _about_names(asked: RequirementFacts, around: Surroundings) -> Iterable[DoubtKind]:
    named = {
        DoubtKind.UNKNOWN_COURSE: (getattr(asked.terms, "courses", ()), around.courses),
        DoubtKind.UNKNOWN_TOPIC: (getattr(asked.terms, "topics", ()), around.topics),
    }
    return [kind for kind, (said, known) in named.items() if not set(said) <= set(known)]
