"""Pages of data, of calculators and of the plan are read within a break, as texts are."""

import re

from club.knowledge.writing import minutes_to_read
from club.proofreading.reading_time import LONGEST_MINUTES
from tests.support.demo import TODAY, read_content

_LISTS = ("/knowledge/data/", "/knowledge/calculators/", "/plan/")


def words_of(page):
    main = page.partition("<main")[2].partition("</main>")[0]
    prose = re.sub(r"<(script|table|svg)\b.*?</\1>", " ", main, flags=re.DOTALL)
    return re.sub(r"<[^>]+>", " ", prose)


def test_none_takes_more_than_eight_minutes(client):
    read_content(now=TODAY)
    lists = {address: client.get(address).text for address in _LISTS}
    below = {
        found
        for address in _LISTS[:2]
        for found in re.findall(rf'href="({address}[a-z0-9-]+)"', lists[address])
    }
    assert len(below) > 8
    pages = lists | {address: client.get(address).text for address in below}
    minutes = {address: minutes_to_read(words_of(page)) for address, page in pages.items()}
    assert {address for address, took in minutes.items() if took > LONGEST_MINUTES} == set()
    assert max(minutes.values()) >= 1
    assert minutes_to_read(words_of(f"<main>{'một ' * 2000}</main>")) > LONGEST_MINUTES
