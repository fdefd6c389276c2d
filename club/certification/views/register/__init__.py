"""The pages of the register. Importing this package hangs all of them on the blueprint."""

from club.certification.views.register import profile, public
from club.certification.views.register.blueprint import bp

__all__ = ["bp", "profile", "public"]
