from sqlalchemy import select

from club.indicators.models import Calculator, Indicator, Observation, ObservationSeries
from tests.sweeps.somebody_elses.finding import first


def slug_of_a_calculator():
    return {"slug": first(select(Calculator)).slug}


def key_of_a_series():
    return {"key": first(select(ObservationSeries)).key}


def slug_of_an_indicator():
    return {"slug": first(select(Indicator)).slug}


def published_value():
    return {"public_id": first(select(Observation)).public_id}
