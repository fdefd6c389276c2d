"""Single values of settings: what was typed, written in a file or kept as JSON, made sure of."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any


class SettingRefusal(StrEnum):
    UNKNOWN = "There is no such setting here."
    NO_NUMBER = "Write a number."
    NO_WHOLE_NUMBER = "Write a whole number."
    TOO_SMALL = "The number is too small."
    TOO_BIG = "The number is too big."
    NO_DAY = "Write a day."
    NO_TEXT = "Write some words."
    NO_LIST = "Write a list."
    NO_CHOICE = "Choose one of the possibilities."
    NO_YES_OR_NO = "Say yes or no."


class WrongValueError(Exception):
    def __init__(self, problem: SettingRefusal) -> None:
        super().__init__(problem)
        self.problem = problem


def plain(value: object) -> object:
    match value:
        case dict():
            return {str(key): plain(inner) for key, inner in value.items()}
        case tuple():
            return [plain(inner) for inner in value]
        case Decimal():
            return format(value.normalize(), "f")
        case StrEnum():
            return value.value
        case date():
            return value.isoformat()
    return value


def check_limits(
    value: object, *, lowest: Decimal = Decimal(0), highest: Decimal = Decimal(0)
) -> None:
    for number in value.values() if isinstance(value, dict) else [value]:
        if highest and isinstance(number, int | Decimal):
            if number < lowest:
                raise WrongValueError(SettingRefusal.TOO_SMALL)
            if number > highest:
                raise WrongValueError(SettingRefusal.TOO_BIG)


def yes_or_no(given: object) -> bool:
    if not isinstance(given, bool):
        raise WrongValueError(SettingRefusal.NO_YES_OR_NO)
    return given


def words(given: object) -> str:
    if not isinstance(given, str) or not given.strip():
        raise WrongValueError(SettingRefusal.NO_TEXT)
    return given.strip()


def decimal(given: object) -> Decimal:
    """A number, or digits as JSON keeps a decimal."""
    if isinstance(given, bool) or not isinstance(given, int | float | str | Decimal):
        raise WrongValueError(SettingRefusal.NO_NUMBER)
    try:
        number = Decimal(str(given))
    except InvalidOperation as nonsense:
        raise WrongValueError(SettingRefusal.NO_NUMBER) from nonsense
    if not number.is_finite():
        raise WrongValueError(SettingRefusal.NO_NUMBER)
    return number


def whole(given: object) -> int:
    number = decimal(given)
    if number != number.to_integral_value():
        raise WrongValueError(SettingRefusal.NO_WHOLE_NUMBER)
    return int(number)


def day(given: object) -> date:
    """YAML gives a day, JSON its ISO form."""
    if isinstance(given, date):
        return given
    try:
        return date.fromisoformat(str(given))
    except ValueError as nonsense:
        raise WrongValueError(SettingRefusal.NO_DAY) from nonsense


def words_list(given: object) -> tuple[str, ...]:
    if not isinstance(given, list | tuple):
        raise WrongValueError(SettingRefusal.NO_LIST)
    return tuple(words(one) for one in given)


def choice(kind: type[StrEnum]) -> Callable[[object], StrEnum]:
    def chosen(given: object) -> StrEnum:
        try:
            return kind(str(given))
        except ValueError as nonsense:
            raise WrongValueError(SettingRefusal.NO_CHOICE) from nonsense

    return chosen


def amounts_by(kind: type[StrEnum]) -> Callable[[object], dict[StrEnum, Decimal]]:
    name_of = choice(kind)

    def amounts(given: object) -> dict[StrEnum, Decimal]:
        if not isinstance(given, Mapping):
            raise WrongValueError(SettingRefusal.NO_LIST)
        return {name_of(name): decimal(most) for name, most in given.items()}

    return amounts


def or_nothing(read: Callable[[object], Any]) -> Callable[[object], Any]:
    return lambda given: None if given is None else read(given)
