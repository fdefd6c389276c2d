"""No slip of the keyboard in the texts that come with the house."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support.spelling import is_syllable, misspelt

CONTENT = Path(__file__).parents[2] / "content"
TEXTS = sorted(CONTENT.glob("*/*.md"))
LISTS = [CONTENT / f"{name}.yaml" for name in ("courses", "tool_names", "topics")]
_ADDRESS = re.compile(r"\]\([^)]*\)")
#: Foreign words in small letters.
FOREIGN = frozenset(Path(__file__).with_name("foreign_words.txt").read_text("utf-8").split())

WELL_FORMED = """
a y ý ở yêu yên xưởng nghiêng nghề ngành kỹ kẻ cả quả quyết quốc quý quỹ quỳnh gì giá giếng
giữ gìn hòa hóa hoàn thủy thuyền khuya khuỷu khỏe tuần tuyến đường rượu chuyển ghế
mười lý tỷ sách hộp việc loãng xoáy thuở quen huênh
"""
ILL_FORMED = """
nghành kông cên ghà ngiêng hoà thuỷ hoach sach hôp viêt xưỏng đưòng khoà qúa qủa giửả lean
takt iêu quôcs nhàa thưởngg tuyêń lẩt mậck cac b byt
"""


def vietnamese(given: Any) -> Iterator[str]:
    """Everything under a key ``vi``, at any depth."""
    for key, value in given.items() if isinstance(given, dict) else ():
        yield from (value if isinstance(value, list) else [str(value)]) if key == "vi" else ()
    for value in given.values() if isinstance(given, dict) else given:
        if isinstance(value, dict | list):
            yield from vietnamese(value)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_every_syllable_of_a_text_can_be_vietnamese(path):
    _, matter, body = path.read_text("utf-8").split("---\n", 2)
    said = [*vietnamese(yaml.safe_load(matter)), _ADDRESS.sub("]", body)]
    assert misspelt("\n".join(map(str, said)), foreign=FOREIGN) == []


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_every_syllable_of_a_list_can_be_vietnamese(path):
    said = vietnamese(yaml.safe_load(path.read_text("utf-8")))
    assert misspelt("\n".join(map(str, said)), foreign=FOREIGN) == []


@pytest.mark.parametrize("word", WELL_FORMED.split())
def test_what_is_vietnamese_passes(word):
    assert is_syllable(word)


@pytest.mark.parametrize("word", ILL_FORMED.split())
def test_what_cannot_be_vietnamese_is_told(word):
    assert not is_syllable(word)


def test_names_and_foreign_words_are_left_alone():
    text = "Công ty Winners Vina làm Lean; takt và năng suât."
    assert misspelt(text, foreign=frozenset({"takt"})) == ["suât"]
