"""A person's transcript: what they learned here, or the part of it that is asked for."""

from dataclasses import dataclass

from club.knowledge.models import Topic
from club.people.models import Person
from club.records import queries
from club.records.certificates.models import CompletionCertificate
from club.records.certificates.queries import certificates_of
from club.records.models import TrainingRecord
from club.records.outside.models import OutsideState, OutsideTraining
from club.records.outside.queries import outside_training_of
from club.records.rules import YearOfLearning, hours_by_year
from club.records.transcripts.wanted import EVERYTHING, Wanted


@dataclass(frozen=True)
class Transcript:
    person: Person
    wanted: Wanted
    #: The latest first.
    records: list[TrainingRecord]
    #: Taken elsewhere, accepted or not, the latest first; it never counts among the club's own.
    entered: list[OutsideTraining]
    #: Those that are valid, by the id of their run.
    certificates: dict[int, CompletionCertificate]
    #: All topics by their key.
    topics: dict[str, Topic]
    #: What there is to choose from: years, the latest first, and keys of topics.
    years_offered: list[int]
    topics_offered: list[str]

    @property
    def years(self) -> list[YearOfLearning]:
        return hours_by_year(self.records)

    @property
    def minutes(self) -> int:
        return sum(record.attended_minutes for record in self.records)

    @property
    def elsewhere(self) -> list[OutsideTraining]:
        """What was accepted of it."""
        return _accepted(self.entered)

    @property
    def minutes_elsewhere(self) -> int:
        return sum(training.minutes for training in self.elsewhere)

    @property
    def completed(self) -> int:
        return sum(record.completed for record in self.records)


def transcript_of(person: Person, wanted: Wanted = EVERYTHING) -> Transcript:
    """Of the club's own it says what is final: closed classes."""
    everything = queries.records_of(person.id)
    entered = outside_training_of(person.id)
    elsewhere = _accepted(entered)
    topics = queries.topic_names()
    days = {r.day for r in everything} | {t.to_day for t in elsewhere}
    had = {r.topic_key for r in everything} | {_topic_of(t) for t in elsewhere}
    return Transcript(
        person=person,
        wanted=wanted,
        records=[r for r in everything if wanted.takes(r.day, r.topic_key)],
        entered=[t for t in entered if wanted.takes(t.to_day, _topic_of(t))],
        certificates={c.run_id: c for c in certificates_of(person.id) if c.is_valid},
        topics=topics,
        years_offered=sorted({day.year for day in days}, reverse=True),
        topics_offered=[key for key in topics if key in had],
    )


def _accepted(entered: list[OutsideTraining]) -> list[OutsideTraining]:
    return [training for training in entered if training.state is OutsideState.ACCEPTED]


def _topic_of(training: OutsideTraining) -> str | None:
    return training.topic.key if training.topic else None
