"""Formulas that are data: written with + - * / and names, reckoned alike here and in the browser.

``static/js/calculating.js`` takes the same steps; a browser test holds the two against each other.
"""

import ast
from collections.abc import Mapping
from math import isfinite

#: A number, a name, or a sign that takes what the two steps before it left: ``["a", 2.0, "*"]``.
Steps = list[float | str]
_SIGNS: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}


class FormulaError(Exception):
    """The formula cannot be read; the message says what is wrong with it."""


def steps_of(formula: str, *, names: set[str]) -> Steps:
    """The formula in the order in which it is reckoned. Raises ``FormulaError``."""
    try:
        return _steps(ast.parse(formula, mode="eval").body, names)
    except (SyntaxError, ValueError, RecursionError) as error:
        raise FormulaError("is not written with + - * / ( ), numbers and keys") from error


def _steps(node: ast.expr, names: set[str]) -> Steps:
    match node:
        case ast.BinOp(left, op, right) if type(op) in _SIGNS:
            return [*_steps(left, names), *_steps(right, names), _SIGNS[type(op)]]
        case ast.Constant(int() | float() as number) if not isinstance(number, bool):
            return [float(number)]
        case ast.Name(name) if name in names:
            return [name]
        case ast.Name(name):
            raise FormulaError(f"names {name}, which is no input")
    raise FormulaError("is not written with + - * / ( ), numbers and keys")


def reckoned(steps: Steps, values: Mapping[str, float | None]) -> float | None:
    """What the formula comes to; ``None`` where a value is missing or something is divided by 0."""
    left: list[float] = []
    for step in steps:
        if isinstance(step, float):
            left.append(step)
        elif step not in _SIGNS.values():
            value = values.get(step)
            if value is None:
                return None
            left.append(value)
        else:
            second, first = left.pop(), left.pop()
            if step == "/" and second == 0:
                return None
            left.append(_two(first, step, second))
    return left[0] if isfinite(left[0]) else None


def _two(first: float, sign: str, second: float) -> float:
    match sign:
        case "+":
            return first + second
        case "-":
            return first - second
        case "*":
            return first * second
        case _:
            return first / second
