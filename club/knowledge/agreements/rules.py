"""What a firm's agreement allows to be shown, and why something may not be. Pure."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from enum import StrEnum

from club.knowledge.agreements.models import Agreement, AgreementState, Extent
from club.knowledge.facts import ArticleFacts, CaseFacts, Consent, MeasureFacts, document_of
from club.knowledge.questions.rules import field_that_names
from club.vietnamese import folded

_S = AgreementState
#: Every extent, the widest first.
EXTENTS = tuple(Extent(named, figures) for named in (True, False) for figures in (True, False))


class AgreementRefusal(StrEnum):
    NONE = (
        "The firm's agreement is not recorded yet. Record it, or ask the firm, beside the draft; "
        "then this case can be published."
    )
    WITHDRAWN = (
        "The firm took back its agreement. The case can be shown again when the firm agrees anew."
    )
    NOT_NAMED = (
        "The firm agreed to be described, not to be named. Take its name out of the text, tick "
        "“described and not named”, or ask for a wider agreement."
    )
    NO_FIGURES = (
        "The firm did not agree to have its figures shown. Say in words what became better, or ask "
        "for a wider agreement."
    )
    NAMES_FIRM = (
        "The case says that it does not name the firm, but the firm's name stands in it or in its "
        "address."
    )
    NO_CASE = "Only a case that rests on a firm's agreement needs one. Choose so in the draft."
    NO_FIRM = "Write the firm's name, or its code on this site."
    UNKNOWN_CODE = "No organisation on this site has this code. Write the name instead."
    NOT_YET = "Choose the day on which it was given: today or before."
    NO_WORDS = "Write the agreement as it was given."
    NO_GIVER = "Write who gave it for the firm."
    NO_ROLE = "Write what this person is in the firm."
    NO_REASON = "Write why."
    OVER = "Somebody has answered or ended this already. See how it stands now."
    NO_CODE = "Write the firm's code, or the e-mail address of who speaks for it."
    NO_SPEAKER = "Nobody who signs in with this address speaks for the firm on the site."
    SEVERAL_FIRMS = "This person speaks for several firms. Write the code of the one you mean, too."
    NOBODY_TO_ASK = "Nobody speaks for this firm on the site yet: record the agreement on paper."
    ASKED_ALREADY = "The firm has been asked about this case and has not answered yet."
    NOT_LESS = "Choose less than what was agreed until now."


def extent_of(case: CaseFacts) -> Extent:
    """How much of the firm the case shows."""
    return Extent(named=not case.anonymised, figures=any(_has_figure(one) for one in case.measures))


def less_than(extent: Extent) -> list[Extent]:
    """What may be left of it, the widest first."""
    return [one for one in EXTENTS if extent.covers(one) and one != extent]


def rests_on_agreement(facts: ArticleFacts) -> bool:
    return facts.case is not None and facts.case.consent is Consent.AGREEMENT


def refusal_to_show(
    facts: ArticleFacts, agreements: Iterable[Agreement]
) -> AgreementRefusal | None:
    """Each firm whose word the case ever had must stand by it, for all that the case shows."""
    if facts.case is None or not rests_on_agreement(facts):
        return None
    needed, firms = extent_of(facts.case), _by_firm(agreements)
    if not firms:
        return AgreementRefusal.NONE
    for said in firms.values():
        allowed = [one.extent for one in said if one.state is _S.GIVEN]
        if not allowed:
            return AgreementRefusal.WITHDRAWN
        if not any(one.covers(needed) for one in allowed):
            named = any(one.named for one in allowed)
            return (
                AgreementRefusal.NOT_NAMED
                if needed.named and not named
                else AgreementRefusal.NO_FIGURES
            )
    return None


def names_a_firm(facts: ArticleFacts, *, names: Collection[str]) -> bool:
    """Whether a case that says it names nobody does so all the same."""
    if facts.case is None or not facts.case.anonymised:
        return False
    return field_that_names({"": " ".join(_texts(document_of(facts)))}, names=names) is not None


def firm_of(agreement: Agreement) -> str:
    """The same for all agreements of one firm."""
    code = agreement.organisation_id
    return f"#{code}" if code else folded(agreement.organisation_name)


def _by_firm(agreements: Iterable[Agreement]) -> dict[str, Sequence[Agreement]]:
    firms: dict[str, list[Agreement]] = defaultdict(list)
    for one in agreements:
        if one.state in {_S.GIVEN, _S.WITHDRAWN}:
            firms[firm_of(one)].append(one)
    return dict(firms)


def _has_figure(measure: MeasureFacts) -> bool:
    if measure.before is not None or measure.after is not None or measure.conflicts:
        return True
    said = [one for one in (measure.change, measure.note, measure.period) if one]
    return any(re.search(r"\d", text) for one in said for text in one)


def _texts(value: object) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
