"""The topics that people follow: chosen on a page of their own, each row with its dates."""

import re
from datetime import timedelta

from sqlalchemy import select

from club.db import db
from club.knowledge.following import follow_only, followed_topics
from club.knowledge.models import PersonTopic
from tests.support.factories import NOW, a_person, a_topic, an_account

LATER = NOW + timedelta(days=1)


def rows(person):
    query = select(PersonTopic).where(PersonTopic.person_id == person.id).order_by(PersonTopic.id)
    return [(row.topic_id, row.since, row.ended_at) for row in db.session.scalars(query)]


def followed_by(person, *, at):
    return followed_topics([person.id], at=at)[person.id]


def test_a_choice_begins_what_is_new_and_ends_what_is_left_out():
    person, quality, digital, safety = a_person(), a_topic(), a_topic(), a_topic()
    follow_only(person.id, [quality.key, digital.key], now=NOW)
    follow_only(person.id, [digital.key, safety.key], now=LATER)
    assert sorted(rows(person)) == [
        (quality.id, NOW, LATER), (digital.id, NOW, None), (safety.id, LATER, None),
    ]  # fmt: skip


def test_what_was_followed_at_a_moment_stays_known():
    person, quality, digital = a_person(), a_topic(), a_topic()
    follow_only(person.id, [quality.key], now=NOW)
    follow_only(person.id, [digital.key], now=LATER)
    assert followed_by(person, at=NOW - timedelta(seconds=1)) == frozenset()
    assert followed_by(person, at=NOW) == {quality.id}
    assert followed_by(person, at=LATER) == {digital.id}


def test_following_again_is_a_new_row():
    person, quality = a_person(), a_topic()
    for keys, now in ([quality.key], NOW), ([], LATER), ([quality.key], LATER):
        follow_only(person.id, keys, now=now)
    assert rows(person) == [(quality.id, NOW, LATER), (quality.id, LATER, None)]


def test_unknown_topics_are_nobodys_choice():
    person, quality = a_person(), a_topic()
    follow_only(person.id, ["no-such-topic", quality.key], now=NOW)
    assert followed_by(person, at=NOW) == {quality.id}


def test_somebody_chooses_topics_and_sees_the_choice(sign_in):
    account, quality, digital = an_account(), a_topic(), a_topic()
    client = sign_in(account)
    answer = client.post("/me/topics", data={"topic": [quality.key]}, follow_redirects=True)
    boxes = re.findall(r'value="(topic_\d+)"( checked)?', answer.text)
    assert boxes == [(quality.key, " checked"), (digital.key, "")]
    assert "Đã lưu." in answer.text


def test_nobody_chooses_without_signing_in(client):
    assert client.post("/me/topics").status_code in {302, 401}


def test_the_page_asks_as_much_for_one_topic_as_for_twenty(sign_in, count_queries):
    client = sign_in(an_account())
    asked = []
    for number in (1, 19):
        for _ in range(number):
            a_topic()
        client.get("/me/topics")
        with count_queries() as seen:
            client.get("/me/topics")
        asked.append(len(seen))
    assert asked[0] == asked[1]
