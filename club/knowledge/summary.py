"""The section of a tool's page that sums it up, cut out of its text."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from club.knowledge.rendering import tree_of
from club.vietnamese import nfc

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode

HEADING = "Tóm tắt một trang"


@dataclass(frozen=True)
class Words:
    """Some words that stand together, in bold or not."""

    text: str
    bold: bool = False


@dataclass(frozen=True)
class Point:
    words: list[Words]
    #: What is done one after the other, each step in its words.
    steps: list[list[Words]] = field(default_factory=list)


def summary_points(markdown: str) -> list[Point]:
    """The points of the list below the heading; none where a text sums nothing up."""
    text = nfc(markdown)
    if not all(word in text for word in HEADING.split()):
        # Most texts: they are not taken apart, nor is what does it loaded for them.
        return []
    nodes = tree_of(text).children
    for heading, below in pairwise(nodes):
        if heading.type == "heading" and _plain(heading) == HEADING and below.type == "bullet_list":
            return [_point(item) for item in below.children]
    return []


def _point(item: SyntaxTreeNode) -> Point:
    said = [_words(child) for child in item.children if child.type == "paragraph"]
    lists = [child for child in item.children if child.type == "ordered_list"]
    steps = [_words(step) for one in lists for step in one.children]
    return Point([words for one in said for words in one], steps)


def _words(node: SyntaxTreeNode, *, bold: bool = False) -> list[Words]:
    if node.type in {"text", "code_inline"}:
        return [Words(node.content, bold)] if node.content else []
    if node.type.endswith("break"):
        return [Words(" ", bold)]
    bold = bold or node.type == "strong"
    return [words for child in node.children for words in _words(child, bold=bold)]


def _plain(node: SyntaxTreeNode) -> str:
    return "".join(words.text for words in _words(node))
