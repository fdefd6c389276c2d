"""The pages of appeals. Importing this package hangs all of them on the blueprint."""

from club.certification.views.objections import appealing, deciding, desk
from club.certification.views.objections.blueprint import bp

__all__ = ["appealing", "bp", "deciding", "desk"]
