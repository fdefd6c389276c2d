"""What is looked at when somebody checks a certificate, each thing in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, auto

from flask_babel import gettext

from club import clock
from club.files.models import StoredFile
from club.files.reading import LostFileError, content_of
from club.files.storage import StorageError
from club.records.certificates.kinds import Standing, standing_of
from club.records.certificates.models import Certificate, CertificateState, SigningKey
from club.records.certificates.states import MEANINGS
from club.web.language import day as written_day
from club.web.language import moment, said


@dataclass(frozen=True)
class Check:
    #: For programs: ``number issuer standing dates signature``.
    name: str
    words: str
    #: ``None``: there was nothing to look at.
    passed: bool | None = True
    #: What whoever has the file can do next; said to nobody who has just done it.
    next_step: str = ""


def checks_of(certificate: Certificate, *, now: datetime) -> list[Check]:
    """In the order in which people ask: does it exist, who issued it, does it still hold."""
    return list(_checks(certificate, clock.local_day(now)))


def _checks(it: Certificate, today: date) -> Iterator[Check]:
    yield Check("number", gettext("The code belongs to certificate %(number)s.", number=it.number))
    issued_by = gettext(
        "It was issued by %(issuer)s on %(day)s.",
        issuer=said(it.issuer_name, it.issuer_name_en),
        day=written_day(it.issued_on),
    )
    yield Check("issuer", issued_by)
    standing = standing_of(it, day=today)
    has_expired = standing.state is CertificateState.EXPIRED
    holds = has_expired or MEANINGS[standing.state].holds
    yield Check("standing", _standing(standing), holds)
    yield Check("dates", _dates(it, today), not has_expired)
    yield _signature(it)


def _standing(standing: Standing) -> str:
    if standing.since is None:
        return str(gettext("It is neither suspended nor revoked nor replaced."))
    day, reason = written_day(standing.since), standing.reason or gettext("not stated")
    if standing.state is CertificateState.SUSPENDED:
        return str(gettext("It is suspended since %(day)s: %(reason)s", day=day, reason=reason))
    if standing.state is CertificateState.REVOKED:
        return str(gettext("It was revoked on %(day)s: %(reason)s", day=day, reason=reason))
    return str(
        gettext(
            "It was replaced by %(number)s on %(day)s: %(reason)s",
            number=standing.replaced_by or "–",
            day=day,
            reason=reason,
        )
    )


def _dates(it: Certificate, today: date) -> str:
    if it.expires_on is None:
        return str(gettext("No last day stands on it."))
    day = written_day(it.expires_on)
    if today > it.expires_on:
        return str(gettext("It expired: its last day was %(day)s.", day=day))
    return str(gettext("The last day that stands on it is %(day)s.", day=day))


class _Copy(Enum):
    """What became of the file that the club keeps."""

    WHOLE = auto()
    LOST = auto()
    OUT_OF_REACH = auto()


def _copy_of(file: StoredFile | None) -> _Copy:
    try:
        if file is None:
            return _Copy.LOST
        content_of(file)
    except LostFileError:
        return _Copy.LOST
    except StorageError:
        return _Copy.OUT_OF_REACH
    return _Copy.WHOLE


def _signature(it: Certificate) -> Check:
    """The file that the club keeps, read and compared with what was signed."""
    key = it.signing_key
    if key is None:
        words = gettext("Its PDF file has not been made yet, so there is none to compare.")
        return Check("signature", words, passed=None)
    # When it was signed is what the club itself wrote down, not what the file says.
    is_older = bool(key.distrusted_from and it.file and it.file.uploaded_at < key.distrusted_from)
    if key.distrusted_from and not is_older:
        step = gettext(
            "Hand in the file you have: it is compared with the one that the club keeps."
        )
        return Check(
            "signature", _distrusted(key, it.file, proves=False), passed=False, next_step=step
        )
    copy = _copy_of(it.file)
    if copy is not _Copy.WHOLE:
        return _not_compared(copy)
    if key.distrusted_from:
        step = gettext(
            "Hand in the file you have to see whether it is the one that the club keeps."
        )
        return Check("signature", _distrusted(key, it.file, proves=True), next_step=step)
    words = gettext(
        "The PDF file that the club keeps is whole and signed with the club's key %(key)s.",
        key=key.fingerprint[:16],
    )
    step = gettext("Hand in the file you have to see whether it is unchanged.")
    return Check("signature", words, next_step=step)


def _not_compared(copy: _Copy) -> Check:
    if copy is _Copy.OUT_OF_REACH:
        words = gettext(
            "The PDF file that the club keeps cannot be read at this moment, so its signature"
            " was not looked at. Try again in a few minutes."
        )
        return Check("signature", words, passed=None)
    words = gettext(
        "The PDF file that the club kept is lost or damaged, so its signature was not looked"
        " at. It is made anew when its holder next opens it."
    )
    step = gettext("You can hand in the file you have: it is compared all the same.")
    return Check("signature", words, passed=None, next_step=step)


def _distrusted(key: SigningKey, file: StoredFile | None, *, proves: bool) -> str:
    """What it means for a signature that its key may have been in wrong hands."""
    told = {
        "key": key.fingerprint[:16],
        "since": moment(key.distrusted_from),
        "reason": key.distrust_reason,
        "signed": moment(file.uploaded_at) if file else "–",
    }
    if proves:
        return str(
            gettext(
                "Its PDF file was signed with the club's key %(key)s on %(signed)s. Others may have"
                " had that key from %(since)s on (%(reason)s); this signature is older and stands.",
                **told,
            )
        )
    return str(
        gettext(
            "Its PDF file was signed with the club's key %(key)s on %(signed)s, and others may have"
            " had that key from %(since)s on (%(reason)s). The signature alone proves nothing.",
            **told,
        )
    )
