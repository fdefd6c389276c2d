"""All tables of the house, whether or not the room of each was asked for yet."""

from importlib import import_module
from pathlib import Path

from sqlalchemy import Table

from club.db import Model

_HOUSE = Path(__file__).parent.parent


def all_tables() -> list[Table]:
    """In an order in which rows can be inserted: what is pointed to comes first."""
    for models in sorted([*_HOUSE.rglob("models.py"), *_HOUSE.rglob("models/__init__.py")]):
        folders = models.relative_to(_HOUSE).parent.parts
        name = folders[:-1] if models.name == "__init__.py" else folders
        import_module(".".join(["club", *name, "models"]))
    return list(Model.metadata.sorted_tables)
