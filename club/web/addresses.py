"""Which addresses belong to this site: where a ``next`` may lead, which hosts are ours, and
which numbers can stand in a path.
"""

import re
from urllib.parse import unquote, urlsplit

from flask import Flask, abort, request
from werkzeug.routing import IntegerConverter
from werkzeug.sansio.utils import host_is_trusted

_OWN = re.compile(r"/(?![/\\])[^\\\x00-\x1f\x7f]*")


class Key(IntegerConverter):
    """``<int:…>`` in a path. No club has a billion of anything: a longer number is not looked
    for, but not found. SQLite would break at 64 bits, Python at 4,300 digits.
    """

    regex = "[0-9]{1,9}"


def is_own_address(address: str | None) -> bool:
    """Whether a redirect to ``address`` certainly stays on this site.

    Only a path from the root is taken. Browsers drop tabs and line breaks, read a backslash
    as a slash, and two slashes as another host: none of them may stand in the path, not even
    written with percent signs.
    """
    if not address or not _OWN.fullmatch(address):
        return False
    path = urlsplit(address).path
    return all(_OWN.fullmatch(p) and "//" not in p for p in (path, unquote(path)))


def init_addresses(app: Flask) -> None:
    """Before any address is added."""
    app.url_map.converters["int"] = Key
    app.before_request(_refuse_foreign_hosts)


def _refuse_foreign_hosts() -> None:
    """Flask checks the host itself; a forwarded host that nobody uses is refused as well."""
    forwarded = request.headers.get("X-Forwarded-Host")
    trusted = request.trusted_hosts
    if forwarded and trusted and not host_is_trusted(forwarded.split(",")[-1].strip(), trusted):
        abort(400)
