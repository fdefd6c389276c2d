"""The Vietnamese catalogue says everything that the sources say, and nothing else."""

import re

import pytest
from flask_babel import force_locale, gettext

from club.web.catalogues import merged_catalogue
from tests.support.catalogue import look


@pytest.fixture(scope="module")
def findings():
    return look()


def test_the_catalogue_is_complete(findings):
    assert findings.missing == {}
    assert findings.fuzzy == []


def test_the_catalogue_holds_nothing_that_is_no_longer_said(findings):
    assert findings.stale == []


def test_one_sentence_has_one_translation(findings):
    assert findings.twice == []


def test_a_word_of_several_rooms_stands_in_the_catalogue_of_all(findings):
    assert findings.borrowed == []


def test_placeholders_survive_translation():
    broken = {
        source: translation
        for source, translation in merged_catalogue("vi").words.items()
        if isinstance(source, str)
        and source
        and set(re.findall(r"%\(\w+\)s", source)) != set(re.findall(r"%\(\w+\)s", translation))
    }
    assert broken == {}


def test_one_thing_has_one_word():
    """``thư điện tử``, in labels and in sentences."""
    said = [words for source, words in merged_catalogue("vi").words.items() if source]
    plain = [re.sub(r"%\(\w+\)s", "", str(words)) for words in said]
    assert [words for words in plain if re.search(r"\be-?mail\b", words, re.IGNORECASE)] == []


def test_readers_are_addressed_in_one_way():
    """``bạn`` stands only in words that are made of it."""
    said = [words for source, words in merged_catalogue("vi").words.items() if source]
    other = re.compile(r"\bbạn (đọc|hàng|bè)|(người|đọc) bạn", re.IGNORECASE)
    found = [
        words for words in said if re.search(r"\bbạn\b", other.sub("", str(words)), re.IGNORECASE)
    ]
    assert found == []


def test_both_languages_are_answered(app):
    with force_locale("vi"):
        assert gettext("There is nothing at this address") != "There is nothing at this address"
    with force_locale("en"):
        assert gettext("There is nothing at this address") == "There is nothing at this address"
