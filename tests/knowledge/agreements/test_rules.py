"""What a firm's agreement lets a case show."""

import pytest

from club.knowledge.agreements.models import Agreement, AgreementState, Extent
from club.knowledge.agreements.rules import (
    EXTENTS,
    AgreementRefusal,
    extent_of,
    less_than,
    names_a_firm,
    refusal_to_show,
)
from tests.knowledge.agreements.kit import (
    ALL,
    FIRM,
    NAMELESS,
    a_document,
    facts,
    in_words,
    without_name,
)
from tests.knowledge.content_folder import a_measure

_R, _S = AgreementRefusal, AgreementState
NAME_ALONE, NOTHING = Extent(named=True, figures=False), Extent(named=False, figures=False)


def agreement(extent=ALL, state=_S.GIVEN, firm=FIRM):
    return Agreement(
        organisation_name=firm, state=state, named=extent.named, with_figures=extent.figures
    )


@pytest.mark.parametrize(
    ("document", "shown"),
    [
        (a_document(), ALL),
        (without_name(), NAMELESS),
        (a_document(measures=in_words()), NAME_ALONE),
        (without_name(measures=in_words()), NOTHING),
        (a_document(measures=[*in_words(), a_measure()]), ALL),
        (
            a_document(
                measures=[
                    a_measure(before=None, after=None, change={"vi": "giảm 30%", "en": "30% less"})
                ]
            ),
            ALL,
        ),
    ],
)
def test_what_a_case_shows_of_its_firm(document, shown):
    assert extent_of(facts(document).case) == shown


@pytest.mark.parametrize(
    ("document", "said", "refusal"),
    [
        (a_document(), [], _R.NONE),
        (a_document(), [agreement()], None),
        (a_document(), [agreement(state=_S.ASKED)], _R.NONE),
        (a_document(), [agreement(state=_S.MISTAKEN)], _R.NONE),
        (a_document(), [agreement(state=_S.DECLINED)], _R.NONE),
        (a_document(), [agreement(state=_S.WITHDRAWN)], _R.WITHDRAWN),
        (a_document(), [agreement(NAMELESS)], _R.NOT_NAMED),
        (a_document(), [agreement(NAME_ALONE)], _R.NO_FIGURES),
        (a_document(measures=in_words()), [agreement(NAME_ALONE)], None),
        (without_name(), [agreement(NAMELESS)], None),
        (without_name(), [agreement(NOTHING)], _R.NO_FIGURES),
        # Taken back, and given anew for less.
        (a_document(), [agreement(state=_S.WITHDRAWN), agreement(NAMELESS)], _R.NOT_NAMED),
        (without_name(), [agreement(state=_S.WITHDRAWN), agreement(NAMELESS)], None),
        # Of two firms each has to stand by it.
        (a_document(), [agreement(), agreement(firm="Hai", state=_S.WITHDRAWN)], _R.WITHDRAWN),
        (a_document(), [agreement(), agreement(NAMELESS, firm="Hai")], _R.NOT_NAMED),
        # The same firm, typed in another way.
        (a_document(), [agreement(state=_S.WITHDRAWN), agreement(firm=FIRM.upper())], None),
    ],
)
def test_a_case_is_shown_as_far_as_every_firm_agrees(document, said, refusal):
    assert refusal_to_show(facts(document), said) is refusal


def test_what_everybody_can_read_elsewhere_needs_no_agreement():
    public = facts(a_document(consent="published_source"))
    assert refusal_to_show(public, []) is None


def test_less_than_an_extent():
    assert less_than(ALL) == list(EXTENTS[1:])
    assert less_than(NAMELESS) == [NOTHING]
    assert less_than(NOTHING) == []


@pytest.mark.parametrize(
    ("given", "tells"),
    [
        ({}, False),
        ({"problem": {"vi": "Kho của Bình Minh chật", "en": "Tight stores"}}, False),
        ({"problem": {"vi": "Kho của MAY BÌNH MINH chật", "en": "Tight stores"}}, True),
        ({"english": "At May Binh Minh the store was tight."}, True),
        (
            {"sources": [{"title": "Báo cáo của May Bình Minh", "url": None, "secondary": False}]},
            True,
        ),
    ],
)
def test_a_case_that_names_nobody_names_nobody_anywhere(given, tells):
    assert names_a_firm(facts(without_name() | given), names={FIRM, "may binh minh"}) is tells


def test_an_address_names_a_firm_too():
    telling = facts(without_name() | {"slug": "may-binh-minh-5s"})
    assert names_a_firm(telling, names={"may binh minh"}) is True
    assert names_a_firm(facts(a_document()), names={"may binh minh"}) is False
