"""What programs that read the whole web may look at here, and where there is something."""

from flask import Blueprint, Response, current_app

from club.knowledge.evidence.asking import CONDITIONS
from club.search.addresses import findable_addresses
from club.web.access import Audience, open_to
from club.web.cache import kept

bp = Blueprint("for_robots", __name__)

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
#: Lists and pages that are no document of the search.
_PAGES = (
    "/", "/calendar", "/courses/", "/experts/", "/knowledge/", "/knowledge/calculators/",
    "/knowledge/cases/", "/knowledge/data/", "/knowledge/documents/", "/knowledge/fits",
    "/knowledge/tools/", "/plan/", "/plan/figures", "/verify",
)  # fmt: skip
#: Pages about somebody, desks, and answers that differ with each question.
_KEPT_OUT = (
    "/api/", "/certificates/", "/files/", "/me/", "/office/", "/organisations/", "/search",
    "/teaching/", "/verify/",
)  # fmt: skip
#: Lists by what is chosen from them. Each condition is named, as any may stand first: a bare ``?``
#: would be dropped by some readers of the file, who would then pass by the whole list.
_CHOSEN = (*(f"/knowledge/cases/?{name}=" for name in CONDITIONS), "/knowledge/fits?sector=")


@bp.get("/robots.txt")
@open_to(Audience.EVERYONE)
def robots() -> Response:
    lines = ["User-agent: *", *(f"Disallow: {start}" for start in (*_KEPT_OUT, *_CHOSEN))]
    lines += ["", f"Sitemap: {_site()}/sitemap.xml", ""]
    return Response("\n".join(lines), mimetype="text/plain")


@bp.get("/sitemap.xml")
@open_to(Audience.EVERYONE)
def sitemap() -> Response:
    return Response(kept("sitemap", _sitemap), mimetype="application/xml")


def _sitemap() -> bytes:
    from xml.etree.ElementTree import Element, SubElement, tostring

    urlset = Element("urlset", xmlns=_SITEMAP)
    for path in _PAGES:
        SubElement(SubElement(urlset, "url"), "loc").text = _site() + path
    for path, changed_at in findable_addresses():
        url = SubElement(urlset, "url")
        SubElement(url, "loc").text = _site() + path
        SubElement(url, "lastmod").text = changed_at.date().isoformat()
    return bytes(tostring(urlset, encoding="utf-8", xml_declaration=True))


def _site() -> str:
    return str(current_app.extensions["club.settings"].public_url)
