"""What is published is checked again, taken out, put back. Each function is one transaction."""

from datetime import date, datetime

from club import clock
from club.db import transaction
from club.knowledge.agreements import following
from club.knowledge.agreements.queries import agreements_of
from club.knowledge.article_rules import facts_in
from club.knowledge.editing.also_due import also_due, due_text
from club.knowledge.editing.letters import tell_due
from club.knowledge.editing.operations.holding import article_at, refuse, write_down
from club.knowledge.editing.publishing import show_again, take_out
from club.knowledge.editing.queries import present_facts, texts_due
from club.knowledge.editing.rules import EditingRefusal, Step, refusal_to_step, state_of_text
from club.knowledge.models import Article
from club.knowledge.queries import article_by_slug
from club.knowledge.writing import Library
from club.periods import a_year_after


def check(slug: str, *, review_by: date | None, by: int, now: datetime) -> None:
    """Compared with its sources, and nothing to change. ``review_by``: when to do so again, if not
    after the usual time.
    """
    with transaction() as session:
        article, today = article_at(session, slug), clock.local_day(now)
        _refuse(Step.CHECK, article, today)
        refuse(
            EditingRefusal.NO_DAY if review_by and review_by <= today else None, field="review_by"
        )
        article.checked_on, article.checked_by_id = today, by
        article.review_by = review_by or a_year_after(today)
        write_down("knowledge.check", article, by=by, now=now)


def remind_of_due(*, now: datetime) -> None:
    """The worker's round: editors hear once of each thing whose day has come, all in one letter."""
    with transaction():
        today = clock.local_day(now)
        untold = [
            one
            for one in (*map(due_text, texts_due(on=today)), *also_due(today))
            if one.row.reminded_of != one.review_by
        ]
        if untold:
            tell_due(untold, now=now)
        for one in untold:
            one.row.reminded_of = one.review_by


def retire(slug: str, *, replaced_by: str | None = None, by: int, now: datetime) -> None:
    """No longer listed, shown or found; kept, and can be put back. ``replaced_by``: the address of
    the text to be read instead.
    """
    with transaction() as session:
        article = article_at(session, slug)
        _refuse(Step.RETIRE, article, clock.local_day(now))
        instead = article_by_slug(replaced_by) if replaced_by else None
        is_shown = instead is not None and instead.retired_at is None and instead is not article
        refuse(
            EditingRefusal.NO_REPLACEMENT if replaced_by and not is_shown else None,
            field="replaced_by",
        )
        take_out(article, now=now)
        article.replaced_by_id = instead.id if instead else None
        write_down("knowledge.retire", article, by=by, now=now, replaced_by=replaced_by)


def put_back(slug: str, *, by: int, now: datetime) -> None:
    with transaction() as session:
        article = article_at(session, slug)
        _refuse(Step.PUT_BACK, article, clock.local_day(now))
        facts, _faults = facts_in(present_facts(article))
        refuse(following.refusal_to_publish(facts, agreements_of(article.id)))
        show_again(Library(session), article, facts, now=now)
        write_down("knowledge.put_back", article, by=by, now=now)


def _refuse(step: Step, article: Article, today: date) -> None:
    state = state_of_text(retired_at=article.retired_at, review_by=article.review_by, today=today)
    refuse(refusal_to_step(step, state))
