"""New texts for programs that read news: Atom (RFC 4287) and JSON Feed 1.1."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from club.knowledge.sharing.queries import NewText
from club.web.described import MOMENT, TEXT, list_of, record
from club.web.language import is_english, said

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_ATOM = "http://www.w3.org/2005/Atom"
_XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
#: What no XML file may hold, however it is written.
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

JSON_FEED = record(
    version=TEXT, title=TEXT, home_page_url=TEXT, feed_url=TEXT, language=TEXT,
    authors=list_of(record(name=TEXT)),
    items=list_of(
        record(
            id=TEXT, url=TEXT, title=TEXT, summary=TEXT, content_html=TEXT,
            date_published=MOMENT, date_modified=MOMENT, tags=list_of(TEXT),
            attachments=list_of(record(url=TEXT, mime_type=TEXT, title=TEXT)),
        )
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Feed:
    title: str
    publisher: str
    #: The site's address without a slash at its end.
    site: str
    #: Of this feed, with its query.
    address: str
    #: The newest change, or when there was nothing yet.
    changed_at: datetime
    texts: Sequence[NewText]


def atom(feed: Feed) -> bytes:
    from xml.etree.ElementTree import Element, tostring

    root = Element("feed", {"xmlns": _ATOM, "xml:lang": "en" if is_english() else "vi"})
    _add(root, "title", feed.title)
    _add(root, "id", feed.address)
    _add(root, "updated", _moment(feed.changed_at))
    _add(root, "link", rel="self", type="application/atom+xml", href=feed.address)
    _add(root, "link", rel="alternate", type="text/html", href=f"{feed.site}/knowledge/")
    _add(_add(root, "author"), "name", feed.publisher)
    for text in feed.texts:
        _entry(_add(root, "entry"), feed, text)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))


def json_feed(feed: Feed) -> dict[str, object]:
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": f"{feed.site}/knowledge/",
        "feed_url": feed.address,
        "language": "en" if is_english() else "vi",
        "authors": [{"name": feed.publisher}],
        "items": [_item(feed, text) for text in feed.texts],
    }


def _entry(entry: Element, feed: Feed, text: NewText) -> None:
    address = f"{feed.site}/knowledge/{text.slug}"
    _add(entry, "title", said(text.title, text.title_en))
    _add(entry, "id", address)
    _add(entry, "published", _moment(text.published_at))
    _add(entry, "updated", _moment(text.modified_at))
    _add(entry, "link", rel="alternate", type="text/html", href=address)
    _add(entry, "category", term=text.kind.value)
    _add(entry, "summary", said(text.summary, text.summary_en))
    body = said(text.body_html, text.body_en_html)
    _add(entry, "content", body, **{"type": "html", _XML_BASE: address})


def _item(feed: Feed, text: NewText) -> dict[str, object]:
    address = f"{feed.site}/knowledge/{text.slug}"
    return {
        "id": address,
        "url": address,
        "title": said(text.title, text.title_en),
        "summary": said(text.summary, text.summary_en),
        "content_html": said(text.body_html, text.body_en_html),
        "date_published": _moment(text.published_at),
        "date_modified": _moment(text.modified_at),
        "tags": [text.kind.value],
        "attachments": [
            {"url": f"{address}.json", "mime_type": "application/json", "title": "JSON"},
            {"url": f"{address}.pdf", "mime_type": "application/pdf", "title": "PDF"},
        ],
    }


def _add(parent: Element, name: str, words: str = "", **attributes: str) -> Element:
    child = parent.makeelement(name, attributes)
    child.text = _UNWRITABLE.sub("", words)
    parent.append(child)
    return child


def _moment(value: datetime) -> str:
    return value.isoformat(timespec="seconds")
