import pytest

from club.materials.models import Material, Visibility
from club.materials.rules import (
    STRANGER,
    MaterialRefusal,
    Reader,
    may_read,
    refusal_of_link,
    refusal_of_version,
)
from tests.support.factories import NOW

MEMBER = Reader(is_member=True)
PARTICIPANT = Reader(takes_part=True)
AFTERWARDS = Reader(takes_part=True, took_part=True)
TRAINER = Reader(publishes=True)


@pytest.mark.parametrize(
    ("visibility", "readers"),
    [
        (Visibility.EVERYBODY, {STRANGER, MEMBER, PARTICIPANT, AFTERWARDS, TRAINER}),
        (Visibility.MEMBERS, {MEMBER, PARTICIPANT, AFTERWARDS, TRAINER}),
        (Visibility.PARTICIPANTS, {PARTICIPANT, AFTERWARDS, TRAINER}),
        (Visibility.PARTICIPANTS_AFTER, {AFTERWARDS, TRAINER}),
    ],
)
def test_who_may_read_what(visibility, readers):
    everybody = {STRANGER, MEMBER, PARTICIPANT, AFTERWARDS, TRAINER}
    assert {reader for reader in everybody if may_read(visibility, reader)} == readers


@pytest.mark.parametrize(
    "link",
    ["", "vnexpress.net", "javascript:alert(1)", "data:text/html,x", "//evil.test", "https://a",
     "https://user@evil.test/x", "http://a b.vn", "https://" + "a" * 2000 + ".vn"],
)  # fmt: skip
def test_an_address_must_be_a_whole_one(link):
    assert refusal_of_link(link) is MaterialRefusal.LINK


def test_ordinary_addresses_are_taken():
    assert refusal_of_link("https://youtu.be/abc?t=1") is None
    assert refusal_of_link("HTTP://clb.example.vn/tài-liệu") is None


def test_a_new_version_needs_the_newest_one_and_a_material_that_is_shown():
    material = Material(version=3)
    assert refusal_of_version(material, seen=3) is None
    assert refusal_of_version(material, seen=None) is None
    assert refusal_of_version(material, seen=2) is MaterialRefusal.OTHER_VERSION
    material.removed_at = NOW
    assert refusal_of_version(material, seen=3) is MaterialRefusal.TAKEN_DOWN
