"""On the coordinator's page of a run: what its people have not been told yet."""

from datetime import datetime

from club.courses.models import Run, RunState
from club.registration.changes import queries, rules
from club.registration.changes.words import sentences
from club.web.page_parts import PagePart


def changes_part(run: Run, _account: object, now: datetime) -> PagePart | None:
    news = queries.news_of(run.id, now=now) if run.state is RunState.PUBLISHED else None
    if news is None or not news.people:
        return None
    due = rules.due_at(news.difference, last_edit_at=news.last_edit_at, now=now)
    return PagePart(
        "registration/_desk_changes.html",
        {
            "code": run.code,
            "changes": sentences(news.difference),
            "people": news.people,
            "due_at": max(due, now),
        },
    )
