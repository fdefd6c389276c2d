"""Proposing a case: beginning, saving a part, handing in, withdrawing. Each function is one
transaction.
"""

from datetime import datetime

from club import clock
from club.accounts.models import Account
from club.db import transaction
from club.knowledge.editing.documents import blank
from club.knowledge.editing.models import Draft
from club.knowledge.editing.operations import drafting
from club.knowledge.editing.operations.holding import held_draft, refuse
from club.knowledge.editing.queries import slug_is_taken
from club.knowledge.editing.rules import Step, refusal_to_step
from club.knowledge.facts import Consent, Document, where_said
from club.knowledge.models import ArticleKind
from club.knowledge.proposals import queries, rules
from club.knowledge.proposals.permissions import may_propose
from club.knowledge.proposals.rules import ProposalRefusal
from club.knowledge.queries import known_keys
from club.membership.queries import is_member
from club.people.models import Organisation, Person, SizeClass
from club.vietnamese import slug

_LONGEST_SLUG = 60
#: As a case states it, in both languages. What nobody stated stays empty.
_SIZES = {
    SizeClass.MICRO: {"vi": "Doanh nghiệp siêu nhỏ", "en": "Micro enterprise"},
    SizeClass.SMALL: {"vi": "Doanh nghiệp nhỏ", "en": "Small enterprise"},
    SizeClass.MEDIUM: {"vi": "Doanh nghiệp vừa", "en": "Medium-sized enterprise"},
    SizeClass.LARGE: {"vi": "Doanh nghiệp lớn", "en": "Large enterprise"},
}


def begin(*, by: int, now: datetime) -> Draft:
    """A proposal about where the member works. One that was begun and never written on is taken up
    again.
    """
    with transaction() as session:
        account, today = session.get_one(Account, by), clock.local_day(now)
        # Two that are begun at once count each other.
        session.get_one(Person, account.person_id, with_for_update=True)
        begun = queries.open_proposals_of(account.person_id, written_by=by)
        untouched = next((one for one in begun if one.version == 1), None)
        if untouched:
            return untouched
        allowed = may_propose(account, is_member=is_member(account.person_id, on=today))
        refuse(rules.refusal_to_begin(may_propose=allowed, open_now=len(begun)))
        employer = next(iter(queries.employers_of(account.person_id, on=today)), None)
        told = drafting.Told(account.person_id, employer.id if employer else None)
        document = about(employer, blank(ArticleKind.CASE, today=today))
        return drafting.begin_told(document, told, by=by, now=now)


def about(employer: Organisation | None, document: Document) -> Document:
    """The document of a case that somebody of the firm tells, with what the club knows of it."""
    told = document | {"consent": Consent.AGREEMENT.value}
    if employer is None:
        return told
    return told | {
        "organisation": {"name": employer.name, "name_unconfirmed": False},
        "place": employer.ward.name if employer.ward else None,
        **where_said(unit=employer.ward.key if employer.ward else None),
        "sector": employer.sector or "",
        "size": _SIZES.get(employer.size_class),
    }


def save(draft_id: int, document: Document, *, seen: int, by: int, now: datetime) -> Draft:
    """Keep what was typed into a part, right or wrong; see ``drafting.save``."""
    with transaction() as session:
        note = held_draft(session, draft_id).note
        draft = drafting.save(draft_id, document, note=note, seen=seen, by=by, now=now)
        assert draft.proposer_id is not None
        name = document["organisation"]["name"]
        employers = queries.employers_of(draft.proposer_id, on=clock.local_day(now))
        draft.organisation_id = next((one.id for one in employers if one.name == name), None)
        return draft


def hand_in(draft_id: int, *, names_proposer: bool, by: int, now: datetime) -> None:
    """Ask the club for a review. What members are not asked for, editors complete."""
    with transaction() as session:
        draft = held_draft(session, draft_id)
        refuse(refusal_to_step(Step.HAND_IN, draft.state))
        wanting = rules.wanting(draft.facts, known_keys())
        refuse(ProposalRefusal.NOT_COMPLETE if any(wanting.values()) else None)
        draft.names_proposer = names_proposer
        draft.facts = _completed(draft, now=now)
        drafting.ask_for_review(session, draft, by=by, now=now)


def name_proposer(draft_id: int, *, wished: bool) -> None:
    """Whether readers are told who proposed it; the member may change it at any time."""
    with transaction() as session:
        held_draft(session, draft_id).names_proposer = wished


def _completed(draft: Draft, *, now: datetime) -> Document:
    """With the day, the source and an address, where nobody has written them yet."""
    facts, today = draft.facts, clock.local_day(now)
    told_by = {
        "title": f"Số liệu của {facts['organisation']['name']}, hội viên kể tháng {today:%m/%Y}",
        "url": None,
        "secondary": False,
    }
    return facts | {
        "slug": facts["slug"] or _free_address(draft),
        "checked_on": today.isoformat(),
        "sources": facts["sources"] or [told_by],
    }


def _free_address(draft: Draft) -> str:
    """Made of the title; told apart by the draft's own number where another text has it."""
    words = slug(draft.title)[:_LONGEST_SLUG].strip("-") or "dien-hinh"
    is_taken = slug_is_taken(words, by_other_than=draft.article_id)
    return f"{words}-{draft.public_id.hex[:6]}" if is_taken else words
