"""What a file of ``content/schemes/`` says, checked in every detail before it is brought in."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from club.certification.schemes.facts import LevelFacts, RequirementFacts, VersionFacts
from club.certification.schemes.models import (
    Deciding,
    Judge,
    Majority,
    Purpose,
    RenewedFrom,
    RequirementKind,
    ValidFrom,
)
from club.certification.schemes.rules import (
    UNITS,
    problems_of_requirement,
    problems_of_version,
    wrong_decider,
)
from club.certification.schemes.setting_values import WrongValueError, decimal, whole
from club.certification.schemes.settings import TERMS, SettingsError, read_terms
from club.files.content_error import Fault
from club.files.fields import Fields
from club.files.strict_yaml import StrictYaml


@dataclass(frozen=True)
class VersionFile:
    path: str
    scheme: str
    version: VersionFacts
    levels: tuple[LevelFacts, ...]

    @property
    def digest(self) -> str:
        """Of what it says: comments and the order of keys make no difference."""
        levels = [
            [level.key, level.name, level.name_en, _columns_of(level)] for level in self.levels
        ]
        said = json.dumps([self.version.columns(), levels], default=str, sort_keys=True)
        return hashlib.sha256(said.encode()).hexdigest()


def _columns_of(level: LevelFacts) -> list[tuple[str, dict[str, Any]]]:
    return [(key, asked.columns()) for key, asked in level.requirements.items()]


def read_version_file(
    path: str, text: str, *, schemes: Mapping[str, bool]
) -> tuple[VersionFile, list[Fault]]:
    """``schemes``: the keys that it may name, and whether the club itself certifies there."""
    source = StrictYaml(path, text)
    if source.faults:
        return VersionFile(path, "", VersionFacts(""), ()), source.faults
    given = source.fields
    scheme = given.text("scheme", needed=True) or ""
    if scheme and scheme not in schemes:
        given.fault("scheme", f"{scheme[:40]} is not one of {', '.join(sorted(schemes))}")
    version = _version(given)
    if scheme in schemes and (
        wrong := wrong_decider(version.deciding, awarded_by_club=schemes[scheme])
    ):
        given.fault("deciding", wrong)
    levels = [_level(one) for one in given.mappings("levels")]
    if not levels:
        given.fault("levels", "has at least one level")
    elif len({level.key for level in levels}) < len(levels):
        given.fault("levels", "has two levels of the same key")
    given.finish()
    return VersionFile(path, scheme, version, tuple(levels)), source.faults


def _version(given: Fields) -> VersionFacts:
    note = given.said("note")
    numbers = {
        name: _number(given, name, whole)
        for name in (
            "validity_months", "grace_months", "renewal_window_months", "panel_quorum",
            "appeal_days", "answer_days",
        )
    }  # fmt: skip
    facts = VersionFacts(
        label=given.text("label", needed=True) or "",
        note=note.vi if note else None,
        note_en=note.en if note else None,
        source=given.text("source"),
        proposed_by_club=given.flag("proposed_by_club"),
        without_end=given.flag("without_end"),
        validity_from=_choice(given, "validity_from", ValidFrom.DECIDED),
        renewed_from=_choice(given, "renewed_from", RenewedFrom.OLD_END),
        deciding=_choice(given, "deciding", Deciding.ONE),
        panel_majority=given.choice("panel_majority", Majority)
        if given.peek("panel_majority")
        else None,
        **numbers,
    )
    for problem, name in problems_of_version(facts):
        given.fault(name, problem)
    return facts


def _level(given: Fields) -> LevelFacts:
    key, name = given.text("key", needed=True) or "", given.said("name", needed=True)
    asked = {}
    for one in given.mappings("requirements"):
        its_key = one.text("key", needed=True) or ""
        if its_key in asked:
            one.fault("key", "stands twice in this level")
        asked[its_key] = _requirement(one)
    given.finish()
    return LevelFacts(key, name.vi if name else "", name.en if name else None, asked)


def _requirement(given: Fields) -> RequirementFacts:
    kind = given.choice("kind", RequirementKind)
    name, note = given.said("name", needed=True), given.said("note")
    evidence = given.said("evidence_wanted")
    facts = RequirementFacts(
        kind=kind,
        name=name.vi if name else "",
        name_en=name.en if name else None,
        unit=_choice(given, "unit", UNITS[kind][0]),
        judged_by=_choice(given, "judged_by", Judge.COORDINATOR),
        terms=_terms(given, kind),
        purpose=_choice(given, "purpose", Purpose.FIRST),
        group_key=given.text("group"),
        together_key=given.text("together"),
        minimum=_number(given, "minimum", decimal),
        evidence_wanted=evidence.vi if evidence else None,
        evidence_wanted_en=evidence.en if evidence else None,
        valid_months=_number(given, "valid_months", whole),
        proposed_by_club=given.flag("proposed_by_club"),
        source=given.text("source"),
        note=note.vi if note else None,
        note_en=note.en if note else None,
    )
    for problem, name_of_fact in problems_of_requirement(facts):
        given.fault(_KEYS.get(name_of_fact, name_of_fact), problem)
    given.finish()
    return facts


#: Where a file calls a fact otherwise.
_KEYS = {"group_key": "group", "together_key": "together"}


def _terms(given: Fields, kind: RequirementKind) -> Any:
    if given.peek("settings") is None:
        given.take("settings")
        return TERMS[kind]()
    inner = given.mapping("settings")
    said = {one.name: inner.take(one.name) for one in fields(TERMS[kind])}
    inner.finish()
    try:
        return read_terms(kind, {name: value for name, value in said.items() if value is not None})
    except SettingsError as error:
        for name, problem in error.problems.items():
            inner.fault(name, problem)
        return TERMS[kind]()


def _choice(given: Fields, key: str, default: Any) -> Any:
    """One of the values of the default's kind; the default where nothing is said."""
    if given.peek(key) is None:
        given.take(key)
        return default
    return given.choice(key, type(default))


def _number(given: Fields, key: str, read: Callable[[object], int | Decimal]) -> Any:
    """``None``: to be set."""
    value = given.take(key)
    if value is None:
        return None
    try:
        number = read(value)
    except WrongValueError as wrong:
        given.fault(key, wrong.problem)
        return None
    if number < 0:
        given.fault(key, "is no less than nothing")
        return None
    return number
