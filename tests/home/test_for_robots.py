"""Search engines are shown everything public, and led past pages about people."""

from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser
from xml.etree.ElementTree import fromstring

import pytest

from club.config import ROOT
from club.knowledge.importing import sync_knowledge
from club.knowledge.topic_importing import sync_topics
from tests.support.factories import NOW

LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


@pytest.fixture
def robots(client):
    parser = RobotFileParser()
    parser.parse(client.get("/robots.txt").text.splitlines())
    return parser


def addresses(client):
    answer = client.get("/sitemap.xml")
    assert answer.mimetype == "application/xml"
    return [found.text for found in fromstring(answer.data).iter(LOC)]


def test_the_sitemap_leads_to_every_text_and_to_nothing_that_is_not_there(client):
    sync_topics(ROOT / "content", now=NOW)
    sync_knowledge(ROOT / "content", now=NOW)
    found = [urlsplit(address) for address in addresses(client)]
    paths = [address.path for address in found]
    assert len(set(paths)) == len(paths) > 100
    assert {"/", "/plan/", "/knowledge/5s", "/knowledge/bong-den-rang-dong"} <= set(paths)
    assert len({(address.scheme, address.netloc) for address in found}) == 1
    for path in [*paths[:16], *paths[-3:]]:
        assert client.get(path).status_code == 200, path


def test_robots_are_told_of_the_sitemap_and_let_in_there(client, robots):
    assert robots.site_maps() == [addresses(client)[0] + "sitemap.xml"]
    assert all(robots.can_fetch("*", address) for address in addresses(client))


@pytest.mark.parametrize(
    "path",
    ["/me/records", "/office/members", "/organisations/C/people", "/search?q=an", "/verify/K7"],
)
def test_robots_stay_out_of_pages_about_people_and_out_of_answers(robots, path):
    assert not robots.can_fetch("*", path)
