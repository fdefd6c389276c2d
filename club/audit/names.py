"""Whose account it was. The rooms of people lie above this one, so the roof tells."""

from collections.abc import Callable, Collection

from flask import Flask, current_app

AccountNames = Callable[[Collection[int]], dict[int, str]]


def init_audit(app: Flask, *, account_names: AccountNames) -> None:
    app.extensions["club.account_names"] = account_names


def names_of(account_ids: Collection[int]) -> dict[int, str]:
    """The names behind these accounts, in one query."""
    if not account_ids:
        return {}
    account_names: AccountNames = current_app.extensions["club.account_names"]
    return account_names(account_ids)
