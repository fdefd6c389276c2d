"""How many of a thing the demo club has."""

from sqlalchemy import func, select

from club.db import db


def count(model, *conditions):
    return db.session.scalar(select(func.count()).select_from(model).where(*conditions))
