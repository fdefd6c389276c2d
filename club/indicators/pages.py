"""Pages of the whole room, for the roof."""

from club.indicators.views.calculators import bp as calculators_bp
from club.indicators.views.data import bp as data_bp
from club.indicators.views.entry import bp as entry_bp
from club.indicators.views.value_lists import bp as value_lists_bp

BLUEPRINTS = [data_bp, calculators_bp, entry_bp, value_lists_bp]
