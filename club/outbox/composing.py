"""The message that goes out: the letter's words, the club's signature, headers that stay."""

import re
from dataclasses import dataclass
from email import policy
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr

from flask import current_app
from flask_babel import force_locale
from jinja2 import Environment
from markupsafe import Markup, escape

from club import clock
from club.config import Settings
from club.outbox.models import Letter
from club.outbox.turning_off import turn_off_address
from club.web.layout import ClubFacts

_METHOD = re.compile(r"^METHOD:([A-Z]+)\r?$", re.MULTILINE)
_CALENDAR = re.compile(r"BEGIN:VCALENDAR\r?\n.*?END:VCALENDAR\r?\n?", re.DOTALL)
_ADDRESS = re.compile(r"(https?://[^\s<>\"]+)")


@dataclass(frozen=True)
class Bodies:
    """The two forms of one letter."""

    text: str
    html: str


def composed(letter: Letter) -> EmailMessage:
    """The same letter gives the same message, so that a repeated delivery is recognisable.

    Raises ``ValueError`` where an address or the subject would break out of its header.
    """
    settings: Settings = current_app.extensions["club.settings"]
    if letter.recipient is None:
        msg = "a notice without an address is no letter"
        raise ValueError(msg)
    with force_locale(letter.language):
        club: ClubFacts = current_app.extensions["club.facts"]()
    bodies, sender = bodies_of(letter), _sender(settings, club)
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
    if address := turn_off_address(letter):
        message["List-Unsubscribe"] = f"<{address}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(bodies.text)
    message.add_alternative(bodies.html, subtype="html")
    if letter.calendar:
        _attach_calendars(message, letter.calendar)
    return message


def bodies_of(letter: Letter) -> Bodies:
    """Text and HTML in the letter's language, with the club's signature."""
    turn_off = turn_off_address(letter)
    text = signed(letter.body_text, language=letter.language, turn_off=turn_off)
    html = letter.body_html or _laid_out(
        "letter.html",
        language=letter.language,
        subject=letter.subject,
        body_text=letter.body_text,
        turn_off=turn_off,
        linked=_linked,
    )
    return Bodies(text, html)


def signed(text: str, *, language: str, turn_off: str | None = None) -> str:
    """A letter's own words as its plain text has them: with signature and foot."""
    whole = _laid_out("letter.txt", language=language, body_text=text, turn_off=turn_off)
    return whole.strip() + "\n"


def _laid_out(layout: str, *, language: str, **known: object) -> str:
    templates: Environment = current_app.jinja_env
    with force_locale(language):
        club: ClubFacts = current_app.extensions["club.facts"]()
        return templates.get_template(f"_layouts/{layout}").render(known, club=club)


def _linked(line: str, style: str) -> Markup:
    """A line of a letter with its addresses as links. Mail programs know no style sheets."""
    pieces = _ADDRESS.split(line)
    return Markup().join(
        Markup('<a href="{0}" style="{1}">{0}</a>').format(piece, style) if n % 2 else escape(piece)
        for n, piece in enumerate(pieces)
    )


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
