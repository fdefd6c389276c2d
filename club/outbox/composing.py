"""The message that goes out: the letter's words, the club's signature, headers that stay."""

import re
from email import policy
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr

from flask import current_app
from flask_babel import force_locale
from jinja2 import Environment

from club import clock
from club.config import Settings
from club.outbox.models import Letter
from club.web.layout import ClubFacts

_METHOD = re.compile(r"^METHOD:([A-Z]+)\r?$", re.MULTILINE)
_CALENDAR = re.compile(r"BEGIN:VCALENDAR\r?\n.*?END:VCALENDAR\r?\n?", re.DOTALL)
#: Long random parts of an address let whoever reads them act for the letter's reader.
_SECRET = re.compile(r"(?<=[/=])(?![0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b)[\w.~-]{20,}")


def composed(letter: Letter) -> EmailMessage:
    """The same letter gives the same message, so that a repeated delivery is recognisable.

    Raises ``ValueError`` where an address or the subject would break out of its header.
    """
    settings: Settings = current_app.extensions["club.settings"]
    with force_locale(letter.language):
        club: ClubFacts = current_app.extensions["club.facts"]()
        text, html = _bodies(letter, club)
    sender = _sender(settings, club)
    message = EmailMessage(policy=policy.SMTP)
    message["Message-ID"] = f"<{letter.public_id}@{sender.domain}>"
    message["Date"] = format_datetime(clock.local(letter.created_at))
    message["From"] = sender
    message["To"] = _address(letter.recipient)
    message["Subject"] = letter.subject
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = letter.language
    if club.contact_email:
        message["Reply-To"] = _address(club.contact_email)
    message.set_content(text)
    message.add_alternative(html, subtype="html")
    if letter.calendar:
        _attach_calendars(message, letter.calendar)
    return message


def shown_text(letter: Letter) -> str:
    """The text as staff may see it: with the signature, without secret links."""
    with force_locale(letter.language):
        text, _ = _bodies(letter, current_app.extensions["club.facts"]())
    return _SECRET.sub("…", text)


def _bodies(letter: Letter, club: ClubFacts) -> tuple[str, str]:
    templates: Environment = current_app.jinja_env
    known = {"club": club, "subject": letter.subject, "body_text": letter.body_text}
    text = templates.get_template("_layouts/letter.txt").render(known)
    html = letter.body_html or templates.get_template("_layouts/letter.html").render(known)
    return text.strip() + "\n", html


def _sender(settings: Settings, club: ClubFacts) -> Address:
    name, address = parseaddr(settings.mail_from)
    return _address(address, name=name or club.full_name)


def _address(spec: str, *, name: str = "") -> Address:
    try:
        return Address(display_name=name, addr_spec=spec)
    except (ValueError, IndexError, MessageError) as error:
        msg = f"not an e-mail address: {spec}"
        raise ValueError(msg) from error


def _attach_calendars(message: EmailMessage, calendars: str) -> None:
    """Each VCALENDAR as a file of its own: a calendar program looks at one per attachment."""
    for number, calendar in enumerate(_CALENDAR.findall(calendars), start=1):
        found = _METHOD.search(calendar)
        message.add_attachment(
            calendar,
            subtype="calendar",
            filename="lich-hoc.ics" if number == 1 else f"lich-hoc-{number}.ics",
            params={"method": found[1]} if found else {},
        )
