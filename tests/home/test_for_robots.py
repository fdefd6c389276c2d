"""Search engines are shown everything public, and led past pages about people."""

import re
from html import unescape
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser
from xml.etree.ElementTree import fromstring

import pytest

from club.config import ROOT
from club.knowledge.importing import sync_knowledge
from club.knowledge.topic_importing import sync_topics
from tests.support.factories import NOW
from tests.support.kept import kept

LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


@pytest.fixture
def robots(client):
    parser = RobotFileParser()
    parser.parse(client.get("/robots.txt").text.splitlines())
    return parser


@pytest.fixture
def library():
    def read():
        sync_topics(ROOT / "content", now=NOW)
        sync_knowledge(ROOT / "content", now=NOW)

    kept("library", read)


def addresses(client):
    answer = client.get("/sitemap.xml")
    assert answer.mimetype == "application/xml"
    return [found.text for found in fromstring(answer.data).iter(LOC)]


def test_the_sitemap_leads_to_every_text_and_to_nothing_that_is_not_there(library, client):
    found = [urlsplit(address) for address in addresses(client)]
    paths = [address.path for address in found]
    assert len(set(paths)) == len(paths) > 100
    assert {"/", "/plan/", "/knowledge/5s", "/knowledge/bong-den-rang-dong"} <= set(paths)
    assert len({(address.scheme, address.netloc) for address in found}) == 1
    for path in [*paths[:16], *paths[-3:]]:
        assert client.get(path).status_code == 200, path


def test_the_sitemap_names_no_address_that_only_leads_elsewhere(library, client):
    """Each page that says which address is its own says the one that stands there."""
    listed = addresses(client)
    assert not [address for address in listed if urlsplit(address).query]
    said = {}
    for address in [*listed[:16], *listed[16::12]]:
        page = client.get(urlsplit(address).path)
        assert page.status_code == 200, address
        said |= dict.fromkeys(re.findall(r'rel="canonical"\s+href="([^"]+)"', page.text), address)
    assert len(said) > 5
    assert [own for own, address in said.items() if own != address] == []


def test_robots_are_told_of_the_sitemap_and_let_in_there(client, robots):
    assert robots.site_maps() == [addresses(client)[0] + "sitemap.xml"]
    assert all(robots.can_fetch("*", address) for address in addresses(client))


@pytest.mark.parametrize(
    "path",
    ["/me/records", "/office/members", "/organisations/C/people", "/search?q=an", "/verify/K7"],
)
def test_robots_stay_out_of_pages_about_people_and_out_of_answers(robots, path):
    assert not robots.can_fetch("*", path)


def test_robots_read_the_list_of_cases_and_not_what_can_be_chosen_from_it(library, client, robots):
    page = client.get("/knowledge/cases/")
    chosen = re.findall(r'href="(/knowledge/cases/\?[^"]+)"\s+rel="nofollow"', page.text)
    assert len(chosen) > 40
    assert not [path for path in map(unescape, chosen) if robots.can_fetch("*", path)]
    two = client.get(unescape(chosen[0]))
    further = re.findall(r'href="(/knowledge/cases/\?[^"]+)"\s+rel="nofollow"', two.text)
    assert not [path for path in map(unescape, further) if robots.can_fetch("*", path)]
    plain = re.findall(r'href="(/knowledge/cases/\?[^"]+)"(?!\s+rel="nofollow")', page.text)
    assert {"/knowledge/cases/?page=2"} <= set(plain)
    assert all(robots.can_fetch("*", path) for path in ("/knowledge/cases/", *plain))


@pytest.mark.parametrize("whole", ["/knowledge/cases/", "/knowledge/fits"])
def test_what_was_chosen_is_kept_out_of_the_results_of_search_engines(
    library, client, robots, whole
):
    chosen = f"{whole}?sector=garment"
    assert client.get(chosen).headers.get("X-Robots-Tag") == "noindex"
    assert "X-Robots-Tag" not in client.get(whole).headers
    assert [robots.can_fetch("*", path) for path in (whole, chosen)] == [True, False]


def test_a_page_of_the_list_says_its_own_address(library, client):
    second = client.get("/knowledge/cases/?page=2").text
    own = f"{addresses(client)[0]}knowledge/cases/?page=2"
    assert re.findall(r'rel="canonical"\s+href="([^"]+)"', second) == [own]
    assert "canonical" not in client.get("/knowledge/cases/?sector=garment").text
