"""What may be entered as training elsewhere, and who may decide on it when."""

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum

from club.records.outside.models import OutsideState, OutsideTraining

#: How many of one person may wait to be checked.
MOST_WAITING = 20
LONGEST_TEXT = 200
LONGEST_REMARK = 500
_MINUTES_A_DAY = 24 * 60
EARLIEST_YEAR = 1950
DECISIONS = (OutsideState.ACCEPTED, OutsideState.RETURNED, OutsideState.REFUSED)


class OutsideRefusal(StrEnum):
    FROM_AFTER_TO = "The last day lies before the first day."
    NOT_OVER = "Enter training once it is over: the last day lies ahead."
    TOO_LONG_AGO = "Check the year: this is before 1950."
    HOURS = "Write how many hours it took, for example 16."
    TOO_MANY_HOURS = "These are more hours than the days between first and last day have."
    NO_EVIDENCE = "Choose the evidence: a certificate, a letter or a list as PDF or picture."
    TOO_MANY_WAIT = "Twenty of your entries wait to be checked. Enter more once they are decided."
    ENTERED_ALREADY = "You have entered this training already; correct that entry instead."
    NOT_OPEN = "This entry has been decided on, so it stays as it is."
    OWN = "This is your own training; another coordinator has to check it."
    CHANGED = "The person has corrected this entry in the meantime. Look it over once more."
    DECIDED = "Somebody has decided on this entry already."
    REMARK_MISSING = "Write what is missing or why, so that the person knows what to do."


Verdict = tuple[OutsideRefusal, str | None]


def verdicts_on_days(
    from_day: date | None, to_day: date | None, *, today: date
) -> Iterator[Verdict]:
    if to_day and to_day > today:
        yield OutsideRefusal.NOT_OVER, "to_day"
    if from_day and from_day.year < EARLIEST_YEAR:
        yield OutsideRefusal.TOO_LONG_AGO, "from_day"
    if from_day and to_day and to_day < from_day:
        yield OutsideRefusal.FROM_AFTER_TO, "to_day"


def refusal_of_length(
    minutes: int, from_day: date | None, to_day: date | None
) -> OutsideRefusal | None:
    if minutes <= 0:
        return OutsideRefusal.HOURS
    if from_day and to_day and from_day <= to_day:
        days = (to_day - from_day).days + 1
        if minutes > days * _MINUTES_A_DAY:
            return OutsideRefusal.TOO_MANY_HOURS
    return None


def refusal_to_add(
    known: Iterable[OutsideTraining], *, title: str, provider: str, from_day: date
) -> OutsideRefusal | None:
    """``known``: what the person has entered before."""
    known = list(known)
    if sum(one.state is OutsideState.WAITING for one in known) >= MOST_WAITING:
        return OutsideRefusal.TOO_MANY_WAIT
    same = (title.casefold(), provider.casefold(), from_day)
    standing = (o for o in known if o.state not in {OutsideState.REFUSED, OutsideState.WITHDRAWN})
    if any((o.title.casefold(), o.provider.casefold(), o.from_day) == same for o in standing):
        return OutsideRefusal.ENTERED_ALREADY
    return None


def refusal_to_change(training: OutsideTraining) -> OutsideRefusal | None:
    """Of correcting it, and of taking it back."""
    if training.state in {OutsideState.WAITING, OutsideState.RETURNED}:
        return None
    return OutsideRefusal.NOT_OPEN


def refusal_to_decide(
    training: OutsideTraining, state: OutsideState, *, person_id: int, seen: int, remark: str | None
) -> Verdict | None:
    """``person_id`` is who decides, ``seen`` the version that was looked at. What was accepted by
    mistake can still be returned or refused.
    """
    mendable = training.state is OutsideState.ACCEPTED and state is not OutsideState.ACCEPTED
    if training.person_id == person_id:
        return OutsideRefusal.OWN, None
    if training.state is not OutsideState.WAITING and not mendable:
        return OutsideRefusal.DECIDED, None
    if training.version != seen:
        return OutsideRefusal.CHANGED, None
    if state is not OutsideState.ACCEPTED and not remark:
        return OutsideRefusal.REMARK_MISSING, "remark"
    return None
