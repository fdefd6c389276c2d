"""The names of people and things. Their rooms lie above this one, so the roof tells."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import cast

from flask import Flask, current_app

#: From what the log keeps of things (codes, public ids) to their titles, in one query.
TitleSource = Callable[[Collection[str]], dict[str, str]]


@dataclass(frozen=True)
class LogNames:
    accounts: Callable[[Collection[int]], dict[int, str]]
    #: By kind of subject.
    titles: Mapping[str, TitleSource]
    #: Kinds of which officials read what was done, and neither about whom nor why.
    kept_back: Collection[str]
    #: Details that name a thing, and of which kind it is.
    things: Mapping[str, str]
    #: Details that are one of several choices, or a list of them.
    choices: Mapping[str, type[StrEnum]]


def init_audit(app: Flask, *, names: LogNames) -> None:
    app.extensions["club.log_names"] = names


def log_names() -> LogNames:
    return cast(LogNames, current_app.extensions["club.log_names"])


def names_of(account_ids: Collection[int]) -> dict[int, str]:
    """The names behind these accounts, in one query."""
    return log_names().accounts(account_ids) if account_ids else {}
