"""Every figure has a source: what a text says of a case stands in the case, and all else is either
called assumed or in a text that names where it was read.

What documents, indicators and calculators must name is refused by their own syncs.
"""

import re
from collections.abc import Iterator

from club.files.content_error import Fault
from club.knowledge.facts import ArticleFacts
from club.knowledge.models import ArticleKind
from club.proofreading.shelf import Shelf

_LINK = re.compile(r"\[[^\]]*\]\(([^)]*)\)")
_NUMBER = re.compile(r"(?<![\w.,/])\d+(?:[.,]\d+)*(?![\w/])")
#: A standard's number counts nothing.
_NAME = re.compile(r"\b(?:ISO|TCVN|IATF)[ /]\d+(?::\d+)?")
#: What is claimed of the world, unlike the steps and the minutes of an instruction.
_CLAIM = re.compile(r"\d\s*(?:%|(?:triệu|tỷ|nghìn tỷ) (?:đồng|USD))")
_ASSUMED = re.compile(r"giả (?:định|sử)|[vt]í dụ tính", re.IGNORECASE)
#: "All of it" is no figure.
_ALL = re.compile(r"\b100\s*%")
_BETWEEN = re.compile(r"\n\s*\n|\n(?=\s*(?:[-*|]|\d+\.)\s?)")
_NO_SOURCE = "a figure without source, case or “giả định”"


def without_source(shelf: Shelf) -> list[Fault]:
    found = []
    for path, facts in shelf.texts.items():
        if facts.kind is not ArticleKind.ARTICLE and not facts.sources:
            found.append(Fault(path, None, "sources", "names at least one"))
        if facts.kind is not ArticleKind.CASE:
            found += _claims(shelf, path, facts)
    return found


def _claims(shelf: Shelf, path: str, facts: ArticleFacts) -> Iterator[Fault]:
    cases = {f"/knowledge/{one.slug}": name for name, one in shelf.texts.items() if one.case}
    text = shelf.text_of(path)
    for block, is_assumed in _blocks(facts.body):
        told = [shelf.text_of(cases[link]) for link in _LINK.findall(block) if link in cases]
        bare = _ALL.sub(" ", _NAME.sub(" ", _LINK.sub(" ", block)))
        if told:
            for number in _strangers(bare, told):
                yield Fault(path, _line(text, block), "", f"{number} stands in no case named here")
        elif _CLAIM.search(bare) and not facts.sources and not is_assumed:
            yield Fault(path, _line(text, block), "", _NO_SOURCE)


def _strangers(block: str, cases: list[str]) -> list[str]:
    """The numbers of a block that none of the cases has, nor is the difference of two of them."""
    known = {value for case in cases for value in _values(case)}
    told = _NUMBER.findall(block)
    own = [value for number in told for value in _readings(number) & known]
    known |= {round(abs(one - other), 4) for one in own for other in own}
    return [number for number in told if not _readings(number) & known]


def _blocks(body: str) -> Iterator[tuple[str, bool]]:
    """Paragraphs, points of lists and rows of tables, and whether it is said there or before it
    in the section that its figures are assumed.
    """
    is_assumed = False
    for block in filter(str.strip, _BETWEEN.split(body)):
        is_assumed = bool(_ASSUMED.search(block)) or (is_assumed and not block.startswith("#"))
        yield block, is_assumed


def _values(text: str) -> set[float]:
    return {value for number in _NUMBER.findall(text) for value in _readings(number)}


def _readings(number: str) -> set[float]:
    """As it may be meant: 1.250 is a thousand and more in Vietnamese, 1.25 a decimal in a file."""
    whole, _sign, end = re.sub(r"[.,](?=.*[.,])", "", number).replace(",", ".").partition(".")
    return {float(f"{whole}.{end or 0}"), float(whole + end)}


def _line(text: str, block: str) -> int:
    return text[: text.index(block.strip())].count("\n") + 1
