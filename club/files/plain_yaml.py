"""YAML of the house itself, taken as it stands; ``strict_yaml`` reads what has to be checked."""

from functools import cache
from pathlib import Path
from typing import Any


@cache
def safe_loader() -> Any:
    """The one written in C, where the library has it, is ten times faster."""
    import yaml

    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(path: Path) -> Any:
    return parsed_yaml(path.read_text(encoding="utf-8"))


def parsed_yaml(text: str) -> Any:
    import yaml

    return yaml.load(text, safe_loader())  # noqa: S506  it is safe
