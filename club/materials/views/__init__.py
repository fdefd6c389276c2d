"""The room's pages. Importing this package hangs all of them on the blueprint."""

from club.materials.views import desk, material
from club.materials.views.blueprint import bp

__all__ = ["bp", "desk", "material"]
