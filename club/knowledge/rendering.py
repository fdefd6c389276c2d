"""Markdown to HTML that is safe to show: no raw HTML, no pictures of others, an allow-list at the
end.

Headings begin at the second level, below the page's own, and have ids; columns are aligned by
classes, since the pages may carry no ``style``; links that leave the site pass nothing on.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from markupsafe import escape

from club.knowledge.pictures.addresses import PictureAddress
from club.vietnamese import folded, nfc, slug

if TYPE_CHECKING:
    import nh3
    from markdown_it import MarkdownIt
    from markdown_it.token import Token
    from markdown_it.tree import SyntaxTreeNode

#: Raise it when the output changes: every text is then rendered anew.
VERSION = 4
LONGEST_TEXT = 50_000
#: What one text may ask for: each mark and each line costs tokens, and brackets cost the square of
#: their number. No honest text has so many; a text with more is shown as it stands.
MOST_MARKS = 4_000
MOST_LINES = 1_000
_MARKS = "[*_`<\\!&|"
_DEEPEST = 20
#: A line above a table that says what it shows.
_CAPTION = re.compile(r"(?:Bảng|Table): +(\S.*)")
_CALLOUT = re.compile(r"\[!([^\]\n]{1,40})\]")
_WARNINGS = {"canh bao", "can than", "warning", "careful"}

_ALIGNED = {"text-align:right": "cell-num", "text-align:center": "cell-center"}
_HEADINGS = {f"h{level}" for level in range(2, 7)}
#: How wide a picture is shown: the column of a text.
_SIZES = "(min-width: 768px) 44rem, 100vw"


def _own_pictures_alone(tag: str, attribute: str, value: str) -> str | None:
    if tag != "img" or attribute not in {"src", "srcset"}:
        return value
    addresses = [one.split()[0] for one in value.split(",") if one.strip()]
    return value if addresses and all(map(PictureAddress.at, addresses)) else None


@dataclass(frozen=True)
class Rendered:
    html: str
    #: The words alone, for the index.
    text: str


def render(markdown: str, *, title: str, beside: str = "") -> Rendered:
    """``title`` names tables that stand before the first heading, for screen readers. ``beside``:
    what tells its notes from those of another text on the same page, such as its language.
    """
    text = nfc(markdown)[:LONGEST_TEXT]
    if is_crowded(text):
        return Rendered(f"<pre>{escape(text)}</pre>", " ".join(text.split()))
    tokens = _markdown().parse(text)
    _shape_headings(tokens)
    _caption_tables(tokens)
    _name_tables(tokens, title)
    _frame_callouts(tokens)
    _frame_pictures(tokens)
    for token in tokens:
        if token.type in {"th_open", "td_open"}:
            _align_by_class(token)
        for child in token.children or []:
            if child.type == "link_open" and _leaves_the_site(str(child.attrGet("href"))):
                child.attrSet("rel", "noopener nofollow")
    told_apart = {"docId": beside} if beside else {}
    html = _markdown().renderer.render(tokens, _markdown().options, told_apart)
    return Rendered(_cleaner().clean(html).strip(), _words(tokens))


def tree_of(markdown: str) -> SyntaxTreeNode:
    """How the text is built, for who sets it in another form; empty where it is crowded.

    Headings, captions and callouts are shaped as ``render`` shapes them.
    """
    from markdown_it.tree import SyntaxTreeNode

    text = nfc(markdown)[:LONGEST_TEXT]
    tokens = _markdown().parse("" if is_crowded(text) else text)
    _shape_headings(tokens)
    _caption_tables(tokens)
    _frame_callouts(tokens)
    return SyntaxTreeNode(tokens)


def pictures_in(markdown: str) -> Iterator[tuple[str, str]]:
    """Address and words of each picture that the text asks for, whether or not it may."""
    for node in tree_of(markdown).walk() if "![" in markdown else ():
        if node.type == "image":
            yield str(node.attrs["src"]), node.content.strip()


def is_crowded(markdown: str) -> bool:
    """Whether a text has more marks or lines than are worth reading as Markdown."""
    marks = sum(markdown.count(mark) for mark in _MARKS)
    return marks > MOST_MARKS or markdown.count("\n") > MOST_LINES


@cache
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin

    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": _DEEPEST})
    parser.enable("table").use(footnote_plugin)
    parser.add_render_rule("image", _picture)
    parser.add_render_rule("table_open", _open_table)
    parser.add_render_rule("table_close", _close_table)
    return parser


@cache
def _cleaner() -> nh3.Cleaner:
    import nh3

    return nh3.Cleaner(
        tags={
            *_HEADINGS,
            *("p", "ul", "ol", "li", "blockquote", "pre", "code", "strong", "em", "a", "br", "hr"),
            *("div", "table", "caption", "thead", "tbody", "tr", "th", "td"),
            *("sup", "section"),
            *("figure", "figcaption", "img"),
        },
        attributes={
            **{tag: {"id"} for tag in _HEADINGS},
            "a": {"href", "title", "rel", "id", "class"},
            "div": {"class", "role", "tabindex", "aria-label"},
            "table": {"class"},
            "th": {"class"},
            "td": {"class"},
            "ol": {"start"},
            "li": {"id", "class"},
            "sup": {"class"},
            "section": {"class"},
            "figure": {"class"},
            "img": {"src", "srcset", "sizes", "width", "height", "alt", "loading", "decoding"},
        },
        attribute_filter=_own_pictures_alone,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )


def _shape_headings(tokens: Sequence[Token]) -> None:
    opened = [i for i, token in enumerate(tokens) if token.type == "heading_open"]
    if not opened:
        return
    shift = max(0, 2 - min(int(tokens[i].tag[1]) for i in opened))
    used: Counter[str] = Counter()
    for i in opened:
        level = f"h{min(6, int(tokens[i].tag[1]) + shift)}"
        tokens[i].tag = tokens[i + 2].tag = level
        name = f"h-{slug(_plain(tokens[i + 1]))[:60]}"
        used[name] += 1
        tokens[i].attrSet("id", name if used[name] == 1 else f"{name}-{used[name]}")


def _caption_tables(tokens: list[Token]) -> None:
    """A line such as ``Bảng: Giờ dừng máy`` right above a table is its caption."""
    for i in range(len(tokens) - 1, 2, -1):
        if tokens[i].type != "table_open" or tokens[i - 3].type != "paragraph_open":
            continue
        words = tokens[i - 2].children or []
        said = _CAPTION.fullmatch(_plain(tokens[i - 2])) if len(words) == 1 else None
        if said:
            tokens[i].meta["caption"] = said[1]
            del tokens[i - 3 : i]


def _name_tables(tokens: Sequence[Token], title: str) -> None:
    name = title
    for i, token in enumerate(tokens):
        if token.type == "heading_open":
            name = _plain(tokens[i + 1])
        elif token.type == "table_open":
            token.meta["name"] = token.meta.get("caption") or name


def _frame_callouts(tokens: Sequence[Token]) -> None:
    """A quotation that begins with ``[!Lưu ý]`` is a callout under those words."""
    for i, token in enumerate(tokens):
        if token.type != "blockquote_open" or not tokens[i + 2].children:
            continue
        words = tokens[i + 2].children or []
        named = _CALLOUT.match(words[0].content)
        if named is None:
            continue
        closing = next(
            t for t in tokens[i:] if t.type == "blockquote_close" and t.level == token.level
        )
        kind = "warning" if folded(named[1]) in _WARNINGS else "note"
        token.tag = closing.tag = "div"
        token.attrSet("class", f"callout callout-{kind}")
        words[0].content = words[0].content[named.end() :]
        words[:0] = _in_bold(named[1])


def _in_bold(words: str) -> list[Token]:
    from markdown_it.token import Token

    said = Token("text", "", 0, content=words)
    return [Token("strong_open", "strong", 1), said, Token("strong_close", "strong", -1)]


def _frame_pictures(tokens: Sequence[Token]) -> None:
    """A picture that stands alone is a figure, with what is said in its title below it."""
    for i, token in enumerate(tokens):
        if token.type != "inline" or tokens[i - 1].type != "paragraph_open":
            continue
        children = token.children or []
        if len(children) == 1 and _is_own_picture(children[0]):
            tokens[i - 1].tag = tokens[i + 1].tag = "figure"
            tokens[i - 1].attrSet("class", "text-picture")
            children[0].meta["caption"] = children[0].attrs.get("title", "")


def _is_own_picture(token: Token) -> bool:
    return token.type == "image" and PictureAddress.at(str(token.attrs["src"])) is not None


def _picture(
    _renderer: object, tokens: Sequence[Token], index: int, _options: object, _given: object
) -> str:
    """In the width that fits the screen; of what is not ours, its words alone."""
    token = tokens[index]
    address = PictureAddress.at(str(token.attrs["src"]))
    if address is None:
        return str(escape(_plain(token)))
    widths = ", ".join(f"{one} {one.width}w" for one in address.narrower())
    caption = token.meta.get("caption")
    return (
        f'<img src="{address}" srcset="{widths}" sizes="{_SIZES}" width="{address.width}"'
        f' height="{address.height}" alt="{escape(_plain(token))}" loading="lazy"'
        f' decoding="async">' + (f"<figcaption>{escape(caption)}</figcaption>" if caption else "")
    )


def _open_table(
    _renderer: object, tokens: Sequence[Token], index: int, _options: object, _given: object
) -> str:
    meta = tokens[index].meta
    caption = f"<caption>{escape(meta['caption'])}</caption>\n" if "caption" in meta else ""
    return (
        f'<div class="table-scroll" role="region" tabindex="0" aria-label="{escape(meta["name"])}">'
        f'<table class="data-table">\n{caption}'
    )


def _close_table(
    _renderer: object, _tokens: Sequence[Token], _index: int, _options: object, _given: object
) -> str:
    return "</table></div>\n"


def _align_by_class(token: Token) -> None:
    style = token.attrs.pop("style", None)
    if style in _ALIGNED:
        token.attrSet("class", _ALIGNED[str(style)])


def _leaves_the_site(href: str) -> bool:
    return not href.startswith(("/", "#")) or href.startswith("//")


def _words(tokens: Sequence[Token]) -> str:
    pieces = []
    for token, before in zip(tokens, [None, *tokens], strict=False):
        piece = token.content if token.type == "fence" else _plain(token)
        piece = f"{token.meta['caption']}:" if "caption" in token.meta else piece
        is_heading = before is not None and before.type == "heading_open"
        # Read in one line with what follows, a heading needs an end.
        pieces.append(f"{piece}:" if is_heading and piece[-1:].isalnum() else piece)
    return " ".join(" ".join(pieces).split())


def _plain(token: Token) -> str:
    return "".join(_said(child) for child in token.children or [])


def _said(token: Token) -> str:
    if token.type == "image":
        return _plain(token)
    if token.type in {"text", "code_inline"}:
        return token.content
    return " " if token.type.endswith("break") else ""
