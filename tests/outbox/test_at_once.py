"""One letter per event and person, however many say it at the same moment."""

import threading

from sqlalchemy import select

from club.db import db
from club.outbox.models import Letter
from club.outbox.operations import write_letter
from tests.support.factories import NOW, a_person


def test_ten_who_tell_the_same_thing_at_once_tell_it_once(app):
    person_id = a_person().id
    db.session.rollback()
    barrier, wrote = threading.Barrier(10), []

    def tell():
        with app.app_context():
            db.session.connection()
            db.session.rollback()
            barrier.wait(30)
            wrote.append(
                write_letter(
                    kind="registration.promoted",
                    event_key="registration.promoted:1",
                    person_id=person_id,
                    recipient="an@example.vn",
                    language="vi",
                    subject="Có chỗ",
                    body_text="Chào chị.\n",
                    now=NOW,
                )
            )
            db.session.remove()

    threads = [threading.Thread(target=tell) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    [only] = db.session.scalars(select(Letter)).all()
    assert [one for one in wrote if one is not None] == [only.public_id]
    assert len(wrote) == 10
