"""The public code of an expert: short, stable, and saying nothing about the person."""

import secrets
from collections.abc import Callable

_ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"


def new_expert_code(choose: Callable[[str], str] = secrets.choice) -> str:
    """Such as ``cg-7k3m9x``."""
    return "cg-" + "".join(choose(_ALPHABET) for _ in range(6))
