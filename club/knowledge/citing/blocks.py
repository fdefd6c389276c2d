"""A text as blocks and words that JSON can hold, for what sets it on paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from club.knowledge.pictures.addresses import PictureAddress
from club.knowledge.rendering import tree_of

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode

Part = dict[str, Any]
_MARKED = {"strong", "em"}
_ALIGNED = {"text-align:right": "right", "text-align:center": "center"}


def blocks_of(markdown: str, *, site: str) -> list[Part]:
    """Paragraphs, headings, lists, tables and so on, each with its words; notes stand where they
    are referred to. ``site``: what addresses that begin with a slash belong to.
    """
    return Blocks(site).of(tree_of(markdown))


class Blocks:
    """One text on its way into blocks."""

    def __init__(self, site: str) -> None:
        self._site = site
        self._notes: dict[int, SyntaxTreeNode] = {}
        #: Of the heading before: none is left out on the way down, as readers aloud expect.
        self._level = 1

    def of(self, root: SyntaxTreeNode) -> list[Part]:
        self._notes = {
            note.meta["id"]: note
            for block in root.children
            if block.type == "footnote_block"
            for note in block.children
        }
        return self._blocks(root.children)

    def _blocks(self, nodes: Iterable[SyntaxTreeNode]) -> list[Part]:
        return [block for node in nodes if (block := self._block(node))]

    def _block(self, node: SyntaxTreeNode) -> Part | None:
        """``None`` for what is printed elsewhere: the notes."""
        made = {
            "heading": self._heading,
            "paragraph": self._paragraph,
            "bullet_list": self._list,
            "ordered_list": self._list,
            "blockquote": self._quote,
            "table": self._table,
            "fence": _code,
            "code_block": _code,
            "hr": _rule,
        }.get(node.type)
        return made(node) if made else None

    def _heading(self, node: SyntaxTreeNode) -> Part:
        self._level = min(int(node.tag[1]), self._level + 1)
        return {"kind": "heading", "level": self._level, "words": self._inside(node)}

    def _paragraph(self, node: SyntaxTreeNode) -> Part:
        return _lonely_picture(node) or {"kind": "paragraph", "words": self._inside(node)}

    def _quote(self, node: SyntaxTreeNode) -> Part:
        kind = "callout" if "callout" in str(node.attrs.get("class", "")) else "quote"
        return {"kind": kind, "blocks": self._blocks(node.children)}

    def _list(self, node: SyntaxTreeNode) -> Part:
        return {
            "kind": "list",
            "start": int(node.attrs.get("start", 1)) if node.type == "ordered_list" else None,
            "items": [self._blocks(item.children) for item in node.children],
        }

    def _table(self, node: SyntaxTreeNode) -> Part:
        head, *bodies = node.children
        cells = head.children[0].children
        return {
            "kind": "table",
            "caption": node.meta.get("caption", ""),
            "aligned": [_ALIGNED.get(str(cell.attrs.get("style")), "left") for cell in cells],
            "head": [self._inside(cell) for cell in cells],
            "rows": [
                [self._inside(cell) for cell in row.children]
                for body in bodies
                for row in body.children
            ],
        }

    def _inside(self, node: SyntaxTreeNode) -> list[Part]:
        return [part for line in node.children for part in self._words(line.children)]

    def _words(self, nodes: Iterable[SyntaxTreeNode]) -> Iterator[Part]:
        for node in nodes:
            if node.type in {"text", "code_inline"}:
                yield {"kind": node.type, "text": node.content}
            elif node.type in _MARKED:
                yield {"kind": node.type, "words": list(self._words(node.children))}
            elif node.type == "link":
                words = list(self._words(node.children))
                yield {"kind": "link", "href": self._whole(node), "words": words}
            elif node.type == "footnote_ref":
                yield self._note(node)
            elif node.type == "image":
                yield {"kind": "text", "text": node.content}
            elif node.type.endswith("break"):
                yield {"kind": "break", "hard": node.type == "hardbreak"}

    def _note(self, node: SyntaxTreeNode) -> Part:
        """Where a note is referred to once more, its number alone."""
        again = bool(node.meta["subId"])
        note = self._notes.get(node.meta["id"])
        paragraphs = [one for one in note.children if one.type == "paragraph"] if note else []
        words = [] if again else [part for one in paragraphs for part in self._inside(one)]
        return {"kind": "note", "name": f"note-{node.meta['id']}", "again": again, "words": words}

    def _whole(self, node: SyntaxTreeNode) -> str:
        href = str(node.attrs["href"])
        return f"{self._site}{href}" if href.startswith("/") and href[1:2] != "/" else href


def _code(node: SyntaxTreeNode) -> Part:
    return {"kind": "code", "text": node.content.rstrip("\n")}


def _rule(_node: SyntaxTreeNode) -> Part:
    return {"kind": "rule"}


def _lonely_picture(node: SyntaxTreeNode) -> Part | None:
    words = node.children[0].children if node.children else []
    if len(words) != 1 or words[0].type != "image":
        return None
    address = PictureAddress.at(str(words[0].attrs["src"]))
    if address is None:
        return None
    return {
        "kind": "picture",
        "address": str(address),
        "alt": words[0].content,
        "caption": str(words[0].attrs.get("title", "")),
    }
