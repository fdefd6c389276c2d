"""The English site says nothing in Vietnamese but names and texts that are so."""

import re

import pytest
from babel.messages.pofile import read_po

from tests.browser import steps
from tests.support.catalogue import CATALOGUES

pytestmark = pytest.mark.browser

EVERYBODY = (
    "/", "/courses/", "/calendar", "/knowledge/", "/knowledge/cases/", "/knowledge/tools/",
    "/knowledge/documents/", "/knowledge/documents/ke-hoach-thuan-an-2021",
    "/knowledge/documents/ke-hoach-thuan-an-2021/I", "/knowledge/data/",
    "/knowledge/data/labour-productivity-level", "/knowledge/calculators/oee",
    "/plan/", "/statistics/trainees", "/experts/", "/verify", "/membership/", "/units/",
    "/search?q=nang+suat", "/login", "/register", "/reset", "/verify/XXXX-XXXX",
)  # fmt: skip
SIGNED_IN = {
    "hoivien": (
        "/me/", "/me/registrations", "/me/records", "/me/certificates", "/me/certification",
        "/me/calendar", "/me/profile", "/me/account", "/me/privacy", "/me/account/password",
        "/me/account/passkeys", "/membership/application", "/membership/application/organisation",
    ),
    "dieuphoi": (
        "/office/courses", "/office/courses/new", "/office/courses/5S", "/office/runs/new",
        "/office/runs/new?course=5S", "/office/members", "/teaching/", "/office/letters",
        "/office/certification",
    ),
    "canbo": ("/statistics/trainees", "/office/audit"),
}  # fmt: skip
TEXTS = """() => {
  const texts = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (parent.closest('[lang="vi"]:not(html), textarea, script, style')) continue;
    texts.add(walker.currentNode.data.replace(/\\s+/g, ' ').trim());
  }
  for (const element of document.querySelectorAll('[aria-label], [placeholder], [title]'))
    for (const name of ['aria-label', 'placeholder', 'title'])
      texts.add(element.getAttribute(name) || '');
  return [document.documentElement.lang, document.title, ...texts];
}"""


@pytest.fixture(scope="module")
def vietnamese():
    """One pattern for every sentence of the Vietnamese catalogues that is not English as well."""
    sentences = set()
    for path in CATALOGUES.glob("*.po"):
        with path.open("rb") as file:
            for message in read_po(file):
                said = message.string if isinstance(message.string, str) else message.string[0]
                if message.id and not said.isascii() and said not in message.id:
                    sentences.add(said)
    return re.compile("|".join(map(_pattern, sorted(sentences, key=len, reverse=True))))


def _pattern(sentence: str) -> str:
    pieces = re.split(r"%\(\w+\)s", sentence.replace("%%", "%"))
    return ".+".join(map(re.escape, pieces))


def said_in_vietnamese(who, addresses, vietnamese):
    found = []
    for address in addresses:
        who.opens(address)
        language, *texts = who.page.evaluate(TEXTS)
        assert language == "en", address
        found += [(address, text) for text in texts if vietnamese.fullmatch(text)]
    return found


def test_pages_for_everybody_speak_english(visitor, vietnamese):
    who = visitor()
    who.provokes = {404}
    who.opens("/?lang=en")
    assert said_in_vietnamese(who, EVERYBODY, vietnamese) == []


@pytest.mark.parametrize("account", SIGNED_IN)
def test_pages_for_those_who_signed_in_speak_english(visitor, vietnamese, account):
    who = visitor(account)
    steps.signs_in(who, f"{account}@club.example")
    who.opens("/?lang=en")
    assert said_in_vietnamese(who, SIGNED_IN[account], vietnamese) == []


def test_the_same_look_finds_vietnamese_on_the_vietnamese_site(visitor, vietnamese):
    who = visitor()
    who.opens("/login")
    texts = who.page.evaluate(TEXTS)
    assert {"Thư điện tử", "Mật khẩu", "Đăng nhập"} <= {
        text for text in texts if vietnamese.fullmatch(text)
    }
