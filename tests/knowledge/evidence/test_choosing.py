from club.knowledge.evidence.bands import Years
from club.knowledge.evidence.choosing import FACETS, CaseTraits, Chosen, sift


def a_case(slug, *, years=None, **values):
    every = dict.fromkeys(FACETS, ()) | {name: (key,) for name, key in values.items()}
    return CaseTraits(len(slug), slug, years, {}, every)


WOOD = a_case("a", sector="wood", tool="lean", years=Years(2010, 2012))
ALSO_WOOD = a_case("bb", sector="wood", tool="tpm", years=Years(2018, 2018))
GARMENT = a_case("ccc", sector="garment", tool="lean")
EVERY = [WOOD, ALSO_WOOD, GARMENT]


def test_a_count_keeps_all_other_conditions():
    sifted = sift(EVERY, Chosen({"sector": "wood", "tool": "lean"}))
    assert sifted.matching == [WOOD]
    assert sifted.counts["sector"] == {"wood": 1, "garment": 1}
    assert sifted.counts["tool"] == {"lean": 1, "tpm": 1}


def test_who_fails_two_conditions_counts_nowhere():
    sifted = sift(EVERY, Chosen({"sector": "garment", "tool": "tpm"}))
    assert sifted.matching == []
    assert sifted.without == {"sector": 1, "tool": 1}
    assert sifted.counts["sector"] == {"wood": 1}


def test_words_and_years_are_conditions_like_others():
    chosen = Chosen({"sector": "wood"}, Years(2018, None))
    sifted = sift(EVERY, chosen, found={"a"})
    assert sifted.matching == []
    assert sifted.without == {"q": 1, "period": 1}


def test_a_case_without_a_year_meets_no_years():
    assert sift(EVERY, Chosen({}, Years(None, 2030))).matching == [WOOD, ALSO_WOOD]
