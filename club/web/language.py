"""Vietnamese first, English second: which one a reader gets, and how things are written."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote, urlencode

from flask import Flask, Response, current_app, g, has_request_context, request
from flask_babel import Babel, force_locale, format_decimal, get_locale, gettext
from markupsafe import Markup

from club import clock
from club.hours import DIGITS, hours_of
from club.web.catalogues import VIETNAMESE, RoomCatalogues

LANGUAGES = (VIETNAMESE, "en")
T = TypeVar("T")
_COOKIE = "lang"
_YEAR = 365 * 24 * 3600
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def init_language(app: Flask, *, kept_in: Path) -> None:
    """``kept_in``: the folder for the merged catalogues."""
    babel = Babel(
        app,
        default_locale=LANGUAGES[0],
        default_timezone=str(clock.LOCAL_ZONE),
        locale_selector=wanted_language,
    )
    catalogues = app.extensions["club.catalogues"] = RoomCatalogues(kept_in)
    babel.domain_instance = catalogues
    _speak_in_templates(app, catalogues)
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    app.jinja_env.filters.update(
        day=day,
        local_day=clock.local_day,
        weekday_day=weekday_day,
        weekday_moment=weekday_moment,
        clock=wall_clock,
        moment=moment,
        number=number,
        percent=percent,
        hours=hours,
        in_hours=in_hours,
        time_range=time_range,
        month_name=month_name,
    )
    app.jinja_env.globals.update(language_url=language_url, get_locale=get_locale, said=said)
    app.after_request(_remember_language)


def _speak_in_templates(app: Flask, catalogues: RoomCatalogues) -> None:
    """Templates ask the catalogues themselves: a page has a hundred sentences."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda text: catalogues.get_translations().ugettext(text),
        lambda one, many, n: catalogues.get_translations().ungettext(one, many, n),
        newstyle=True,
        pgettext=lambda context, text: catalogues.get_translations().upgettext(context, text),
        npgettext=lambda context, one, many, n: catalogues.get_translations().unpgettext(
            context, one, many, n
        ),
    )

    @lru_cache(maxsize=10_000)
    def sentence(_language: str, text: str) -> Markup:
        return Markup(catalogues.get_translations().ugettext(text))  # noqa: S704  our own words

    def say(text: str, /, **values: object) -> Markup:
        """What Jinja's own ``_`` does, without looking itself up anew for each sentence."""
        locale = get_locale()
        said = sentence(locale.language if locale else LANGUAGES[0], text)
        return said % values if "%" in said else said

    app.jinja_env.globals["_"] = say


def wanted_language() -> str:
    """``?lang=`` decides, else the remembered choice, else Vietnamese."""
    if not has_request_context():
        return str(g.get("letter_language", LANGUAGES[0])) if g else LANGUAGES[0]
    for choice in (request.args.get("lang"), request.cookies.get(_COOKIE)):
        if choice in LANGUAGES:
            return choice
    return LANGUAGES[0]


def is_english() -> bool:
    locale = get_locale()
    return locale is not None and locale.language == "en"


def said(vietnamese: str | None, english: str | None) -> str:
    """Of a text that is data in both languages, the reader's; Vietnamese where English lacks."""
    return (english if is_english() and english else vietnamese) or ""


def in_both(say: Callable[[], T]) -> dict[str, T]:
    """What is said in each language, by its code."""
    told = {}
    for language in LANGUAGES:
        with force_locale(language):
            told[language] = say()
    return told


def language_url(code: str) -> str:
    """The present address in another language."""
    kept = [(k, v) for k, v in request.args.items(multi=True) if k != "lang"]
    query = urlencode([*kept, ("lang", code)])
    return f"{quote(request.path)}?{query}"


def _remember_language(response: Response) -> Response:
    if request.args.get("lang") in LANGUAGES and response.content_type.startswith("text/html"):
        response.set_cookie(
            _COOKIE,
            request.args["lang"],
            max_age=_YEAR,
            samesite="Lax",
            httponly=True,
            secure=current_app.config["SESSION_COOKIE_SECURE"],
        )
    return response


def _local_day(value: date | datetime) -> date:
    return clock.local_day(value) if isinstance(value, datetime) else value


def day(value: date | datetime | None) -> str:
    """03/12/2026"""
    return f"{_local_day(value):%d/%m/%Y}" if value else ""


def weekday_day(value: date | datetime) -> str:
    """Thứ Năm, 03/12/2026"""
    local = _local_day(value)
    return f"{gettext(_WEEKDAYS[local.weekday()])}, {local:%d/%m/%Y}"


def weekday_moment(value: datetime) -> str:
    """7:30 Thứ Năm, 03/12/2026"""
    return f"{wall_clock(value)} {weekday_day(value)}"


def month_name(value: date | datetime) -> str:
    """tháng 12/2026, December 2026"""
    local = _local_day(value)
    if is_english():
        return f"{local:%B %Y}"
    return f"tháng {local.month}/{local.year}"


def wall_clock(value: datetime) -> str:
    """7:30"""
    local = clock.local(value)
    return f"{local.hour}:{local.minute:02d}"


def time_range(starts_at: datetime, ends_at: datetime) -> Markup:
    """7:30 – 11:30, never broken over two lines"""
    return Markup('<span class="nowrap">{} – {}</span>').format(
        wall_clock(starts_at), wall_clock(ends_at)
    )


def moment(value: datetime | None) -> str:
    """03/12/2026 07:30"""
    return f"{clock.local(value):%d/%m/%Y %H:%M}" if value else ""


def number(value: float | Decimal | None, digits: int = 1) -> str:
    """1.184,5 in Vietnamese, 1,184.5 in English; at most ``digits`` decimals."""
    if value is None:
        return ""
    return str(format_decimal(round(value, digits), format="#,##0." + "#" * digits))


def percent(share: float | Decimal) -> str:
    """84,6% of a share between 0 and 1"""
    return f"{number(share * 100)}%"


def hours(minutes: int) -> str:
    """Hours of so many minutes: 7,5 or 0,33"""
    return in_hours(hours_of(minutes))


def in_hours(value: float | Decimal) -> str:
    """The same, of what is in hours already."""
    return number(value, DIGITS)


def weekday_names() -> Iterable[Any]:
    """Marks the names of the days for the catalogue."""
    return (
        gettext("Monday"),
        gettext("Tuesday"),
        gettext("Wednesday"),
        gettext("Thursday"),
        gettext("Friday"),
        gettext("Saturday"),
        gettext("Sunday"),
    )
