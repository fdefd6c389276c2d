"""The pages of recognitions. Importing this package hangs all of them on the blueprint."""

from club.certification.views.awards import papers, recognising, standing
from club.certification.views.awards.blueprint import bp

__all__ = ["bp", "papers", "recognising", "standing"]
