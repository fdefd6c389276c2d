"""The pages of appeals and complaints. Importing this package hangs all on the blueprint."""

from club.certification.views.objections import (
    appealing,
    complaining,
    complaint_papers,
    deciding,
    desk,
    handling,
)
from club.certification.views.objections.blueprint import bp

__all__ = ["appealing", "bp", "complaining", "complaint_papers", "deciding", "desk", "handling"]
