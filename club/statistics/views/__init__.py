"""Trainee figures and the rows behind them. Importing this package hangs all of its pages on the
blueprint.
"""

from club.statistics.views import rows, trainees
from club.statistics.views.blueprint import bp

__all__ = ["bp", "rows", "trainees"]
