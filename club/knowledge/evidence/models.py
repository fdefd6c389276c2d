from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from club.db import Model


class Problem(Model):
    """What goes wrong in a firm, and what says so or helps against it."""

    __tablename__ = "problem"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    name_en: Mapped[str]
    position: Mapped[int]
    #: Kinds of measures that show whether it got better.
    about: Mapped[list[str]] = mapped_column(JSON, default=list)
    #: Keys of the tools that help, the nearest first.
    tools: Mapped[list[str]] = mapped_column(JSON, default=list)
    #: A text that has one of them speaks of it.
    words: Mapped[list[str]] = mapped_column(JSON, default=list)
    #: ``content/problems.yaml`` names it no longer.
    retired: Mapped[bool] = mapped_column(default=False)


class ArticleProblem(Model):
    """A text speaks of a problem in its title, its summary or what it says was wrong."""

    __tablename__ = "article_problem"

    article_id: Mapped[int] = mapped_column(ForeignKey("article.id"), primary_key=True)
    problem_id: Mapped[int] = mapped_column(ForeignKey("problem.id"), primary_key=True, index=True)
