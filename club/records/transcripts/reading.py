"""A person's transcript: what they learned here, or the part of it that is asked for."""

from dataclasses import dataclass

from club.knowledge.models import Topic
from club.people.models import Person
from club.records import queries
from club.records.certificates.queries import certificates_of
from club.records.models import TrainingRecord
from club.records.rules import YearOfLearning, hours_by_year
from club.records.transcripts.wanted import EVERYTHING, Wanted


@dataclass(frozen=True)
class Transcript:
    person: Person
    wanted: Wanted
    #: The latest first.
    records: list[TrainingRecord]
    #: Numbers of the certificates that are valid, by the id of their run.
    certificates: dict[int, str]
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
    def completed(self) -> int:
        return sum(record.completed for record in self.records)


def transcript_of(person: Person, wanted: Wanted = EVERYTHING) -> Transcript:
    """Whatever it says, it says of closed classes: nothing else is final."""
    everything = queries.records_of(person.id)
    topics = queries.topic_names()
    had = {record.topic_key for record in everything}
    return Transcript(
        person=person,
        wanted=wanted,
        records=[r for r in everything if wanted.takes(r.day, r.topic_key)],
        certificates={c.run_id: c.number for c in certificates_of(person.id) if c.is_valid},
        topics=topics,
        years_offered=sorted({record.day.year for record in everything}, reverse=True),
        topics_offered=[key for key in topics if key in had],
    )
