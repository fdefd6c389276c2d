"""What the two sides are told of a step. Addresses stand in letters of an acceptance only."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

from club.accounts.readers import reader
from club.certification.desk_letters import Waiting, tell_the_desk
from club.certification.helping.models import HelpRequest, HelpState, HelpStep, HelpStepKind
from club.certification.helping.rules import Party
from club.certification.models import Expert
from club.outbox.telling import tell
from club.people.models import Person
from club.people.queries import person_by_public_id

_K, _P = HelpStepKind, Party
#: Who is told what of which step; what is not in here is told to nobody.
_NEWS: dict[tuple[HelpStepKind, Party], LazyString] = {
    (_K.ASKED, _P.EXPERT): lazy_gettext("%(asker)s asks you for help through the club's site."),
    (_K.PASSED, _P.EXPERT): lazy_gettext("The club asks you whether you can help %(asker)s."),
    (_K.PASSED, _P.ASKER): lazy_gettext("The club has asked %(expert)s to help you."),
    (_K.ASKED_BACK, _P.ASKER): lazy_gettext("%(expert)s has a question before answering you."),
    (_K.ANSWERED, _P.EXPERT): lazy_gettext("%(asker)s has answered your question."),
    (_K.ACCEPTED, _P.ASKER): lazy_gettext("%(expert)s will help you."),
    (_K.ACCEPTED, _P.EXPERT): lazy_gettext("You have agreed to help %(asker)s."),
    (_K.DECLINED, _P.ASKER): lazy_gettext(
        "%(expert)s cannot help you. Choose somebody else, or let the club find somebody."
    ),
    (_K.HANDED_ON, _P.ASKER): lazy_gettext(
        "%(expert)s has handed your request on to the club, which looks for somebody else."
    ),
    (_K.EXPERT_LEFT, _P.ASKER): lazy_gettext(
        "%(expert)s does not stand in the register any more; the club looks for somebody else."
    ),
    (_K.ASKED_CLUB, _P.EXPERT): lazy_gettext(
        "%(asker)s has asked the club to find somebody; you need not answer any more."
    ),
    (_K.WITHDRAWN, _P.EXPERT): lazy_gettext(
        "%(asker)s needs no help any more; you need not answer."
    ),
    (_K.CLOSED, _P.ASKER): lazy_gettext("The club has closed your request."),
    (_K.CLOSED, _P.EXPERT): lazy_gettext(
        "The club has closed the request of %(asker)s; you need not answer any more."
    ),
    (_K.HELPED, _P.EXPERT): lazy_gettext("It is noted that your help for %(asker)s was of use."),
    (_K.HELPED, _P.ASKER): lazy_gettext("It is noted that the help of %(expert)s was of use."),
    (_K.NOT_HELPED, _P.EXPERT): lazy_gettext(
        "It is noted that %(asker)s could not be helped this time."
    ),
    (_K.NOT_HELPED, _P.ASKER): lazy_gettext("It is noted that you could not be helped this time."),
}
_REMINDERS: dict[HelpState, tuple[Party, LazyString]] = {
    HelpState.WITH_EXPERT: (
        _P.EXPERT,
        lazy_gettext("%(asker)s still waits for your answer. If you cannot help, say so."),
    ),
    HelpState.WITH_ASKER: (_P.ASKER, lazy_gettext("%(expert)s still waits for your answer.")),
    HelpState.DECLINED: (
        _P.ASKER,
        lazy_gettext(
            "%(expert)s could not help you. Do you still need somebody? Let the club find one, or"
            " withdraw the request."
        ),
    ),
    HelpState.UNDER_WAY: (
        _P.ASKER,
        lazy_gettext("%(expert)s accepted your request some weeks ago. Did it help? Note it here."),
    ),
}


#: With these the expert reads for the first time what it is about.
_NEW_TO_READER = {HelpStepKind.ASKED, HelpStepKind.PASSED}
_PASSED_BY = lazy_gettext("The club has asked somebody else to help %(asker)s.")


@dataclass(frozen=True)
class Contact:
    """How to reach somebody, for the other side of an accepted request."""

    name: str
    email: str | None
    #: E.164.
    phone: str | None


def contact_of(person: Person) -> Contact:
    return Contact(person.full_name, reader(person.id).email, person.phone)


def person_of(expert: Expert) -> Person:
    """Whose code it is, also where that entry became part of another one."""
    return person_by_public_id(expert.person.public_id) or expert.person


def tell_of(request: HelpRequest, step: HelpStep, *, by: Collection[Party], now: datetime) -> None:
    """In the caller's transaction. ``by``: what whoever took the step is in this request; nobody
    is told of an own step, but of addresses that come with it.
    """
    for party in (Party.EXPERT, Party.ASKER):
        said = _NEWS.get((step.kind, party))
        to_oneself = party in by and step.kind is not HelpStepKind.ACCEPTED
        if said and not to_oneself:
            _write("help_news", request, step, (party, said), now=now)


def tell_desk(request: HelpRequest, step: HelpStep, *, now: datetime) -> None:
    """That the club is to find an expert."""
    event = f"{request.public_id}:{step.id}"
    tell_the_desk(Waiting.HELP, f"/help-requests/{request.public_id}", event=event, now=now)


def tell_passed_by(request: HelpRequest, step: HelpStep, former: Expert, *, now: datetime) -> None:
    """The expert who has not answered, and need not any more."""
    _send("help_news", request, step, person_of(former), _PASSED_BY, now=now)


def remind(request: HelpRequest, step: HelpStep, *, now: datetime) -> None:
    _write("help_reminder", request, step, _REMINDERS[request.state], now=now)


def _write(
    kind: str,
    request: HelpRequest,
    step: HelpStep,
    news: tuple[Party, LazyString],
    *,
    now: datetime,
) -> None:
    party, said = news
    if party is Party.ASKER:
        _send(kind, request, step, request.person, said, now=now)
    elif step.expert:
        _send(kind, request, step, person_of(step.expert), said, now=now)


def _send(
    kind: str,
    request: HelpRequest,
    step: HelpStep,
    person: Person,
    said: LazyString,
    *,
    now: datetime,
) -> None:
    expert = person_of(step.expert) if step.expert else None
    other = expert if person.id == request.person_id else request.person
    shows_addresses = step.kind is HelpStepKind.ACCEPTED and other is not None
    tell(
        reader(person.id),
        f"certification.{kind}",
        event=f"{request.public_id}:{step.id}:{person.public_id}",
        words={
            "said": said,
            "names": {
                "asker": asker_name(request),
                "expert": expert.full_name if expert else "",
            },
            "remark": step.words,
            "problem": request.problem if step.kind in _NEW_TO_READER else None,
            "contact": contact_of(other) if other and shows_addresses else None,
            "path": f"/help-requests/{request.public_id}",
        },
        now=now,
    )


def asker_name(request: HelpRequest) -> str:
    """Who asks: a person, with the organisation that it is for."""
    if request.organisation is None:
        return request.person.full_name
    return f"{request.person.full_name} ({request.organisation.name})"
