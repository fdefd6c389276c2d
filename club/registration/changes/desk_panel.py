"""On the coordinator's page of a run: what its people have not been told yet."""

from datetime import datetime

from club.courses.desk_panels import RunPanel
from club.courses.models import Run, RunState
from club.registration.changes import queries, rules
from club.registration.changes.words import sentences


def changes_panel(run: Run, now: datetime) -> RunPanel | None:
    news = queries.news_of(run.id, now=now) if run.state is RunState.PUBLISHED else None
    if news is None or not news.concerned:
        return None
    due = rules.due_at(news.difference, last_edit_at=news.last_edit_at, now=now)
    return RunPanel(
        "registration/_desk_changes.html",
        {
            "changes": sentences(news.difference),
            "people": len(news.concerned),
            "due_at": max(due, now),
        },
    )
