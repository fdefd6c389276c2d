"""The figures about experts against ``recount``: for the demo club, and for chance ways."""

import random
from datetime import date, timedelta

import pytest
import time_machine

from club.accounts.models import RoleName
from club.certification.candidacy.rules import TRANSITIONS
from club.certification.models import WithdrawalKind
from club.certification.operations import Withdrawal, check_certificate, withdraw_certificate
from club.certification.papers import SuspensionFacts, suspend_certificate
from tests.certification.figures import recount
from tests.certification.figures.kit import a_level_of, an_award, at, on_the_way, step
from tests.certification.kit import recorded, with_schemes
from tests.people.merging_kit import joined
from tests.support.demo import TODAY, load_small_demo
from tests.support.factories import (
    a_person,
    a_unit,
    an_account,
    an_employment,
    an_organisation,
    reload,
)

HERE = "/office/certification/figures"
#: A report date, what is asked besides, and the days between which candidacies began.
QUESTIONS = [
    ("on=2026-06-01", {}),
    ("on=2026-06-01&period=2026&cut=report", {"first": date(2025, 12, 15), "last": date(2026, 12, 14)}),
    ("on=2026-06-01&period=2026-Q1&cut=calendar", {"first": date(2026, 1, 1), "last": date(2026, 3, 31)}),
    ("on=2025-12-31", {}),
    ("on=2024-02-29", {}),
    ("on=2024-02-28", {}),
    ("on=2026-03-01&as_of=2026-01-31", {"as_of": at(2026, 2, 1, 0)}),
    ("on=2026-06-01&scheme=apo_ps", {"scheme": "apo_ps"}),
    ("from=2025-11-01&to=2026-01-31", {"first": date(2025, 11, 1), "last": date(2026, 1, 31), "on": date(2026, 1, 31)}),
]  # fmt: skip


def agree(official, questions):
    for query, given in questions:
        asked = dict(given)
        answer = official.get(f"{HERE}.json?{query}").json
        on = asked.pop("on", None) or date.fromisoformat(query.partition("on=")[2][:10])
        assert answer["on"] == on.isoformat(), query
        beside = {name: asked[name] for name in ("as_of", "scheme") if name in asked}
        agree_on_experts(answer["experts"], recount.experts(on, **beside), query)
        for body, ways in recount.candidacies(on, **asked).items():
            said = answer["candidacies"][body]
            lines = [
                (
                    one["stage"],
                    one["people"],
                    one["candidacies"],
                    one["percent"],
                    one["median_days"],
                )
                for one in said["funnel"]
            ]
            assert lines == recount.funnel(ways, own=body == "own"), query
            at_states = {o["state"]: (o["people"], o["candidacies"]) for o in said["states"]}
            assert at_states == recount.states(ways), query
        own = answer["own_recognitions"]
        assert (own["recognised"], own["valid"]) == recount.own_recognitions(on, **beside), query
        agree_on_rows(official, query, answer)


def agree_on_experts(said, found, query):
    assert (said["people"], said["certificates"]) == recount.people_and_rows(found["counts"]), query
    supported = [row for row in found["counts"] if row["funded_by_plan"]]
    assert said["supported_by_plan"] == recount.people_and_rows(supported)[0], query
    for line in said["standing"]:
        counted = recount.people_and_rows(found[line["standing"]])
        assert (line["people"], line["certificates"]) == counted, (query, line)
    for name in ("scheme", "organisation", "ward", "funded"):
        lines = {line["key"]: (line["people"], line["certificates"]) for line in said[name]}
        assert lines == recount.dimension(found["counts"], name), (query, name)


def agree_on_rows(official, query, answer):
    """Each number has as many rows behind it as it says."""
    for body, said in answer["candidacies"].items():
        for line in said["funnel"]:
            asked = f"{query}&body={body}&stage={line['stage']}"
            agree_on_a_list(official, f"candidacies.csv?{asked}", line, "candidacies")
        for line in said["states"]:
            asked = f"{query}&body={body}&state={line['state']}"
            agree_on_a_list(official, f"candidacies.csv?{asked}", line, "candidacies")
    for line in answer["experts"]["standing"]:
        asked = f"{query}&standing={line['standing']}"
        agree_on_a_list(official, f"experts.csv?{asked}", line, "certificates")
    for name in ("organisation", "ward", "funded"):
        for line in answer["experts"][name]:
            asked = f"{query}&{name}={line['key']}"
            agree_on_a_list(official, f"experts.csv?{asked}", line, "certificates")


def agree_on_a_list(official, address, line, what):
    rows = official.get(f"{HERE}/{address}").text.splitlines()[1:]
    people = {row.partition(",")[0] for row in rows}
    assert len(rows) == line[what], address
    # Rows of a file name entries; two that became one are one person in the figure.
    assert len(people) >= line["people"], address


@pytest.mark.slow
def test_the_figures_of_the_demo_club(sign_in):
    with time_machine.travel(TODAY, tick=False):
        load_small_demo()
        today = TODAY.date()
        days = [today, today - timedelta(days=60), today - timedelta(days=1200)]
        agree(sign_in(an_account(RoleName.OFFICIAL)), [(f"on={day}", {}) for day in days])


@pytest.mark.slow
def test_the_figures_of_chance_ways_and_certificates(sign_in):
    with time_machine.travel(at(2026, 6, 1, 12), tick=False):
        chance = random.Random(7)
        _Club(chance).fill()
        agree(sign_in(an_account(RoleName.OFFICIAL)), QUESTIONS)


class _Club:
    #: Moments at which days, months and years turn, where the club is.
    TURNS = (
        at(2023, 12, 31, 23, 30), at(2024, 2, 28, 23, 59), at(2024, 2, 29, 0, 0),
        at(2024, 2, 29, 23, 30), at(2025, 12, 14, 23, 59), at(2025, 12, 15, 0, 0),
        at(2025, 12, 31, 23, 30), at(2026, 1, 1, 0, 0), at(2026, 3, 31, 23, 59),
    )  # fmt: skip

    def __init__(self, chance):
        self.chance = chance
        with_schemes()
        wards = [a_unit(), a_unit()]
        firms = [an_organisation(ward_id=ward.id) for ward in wards]
        self.people = [a_person(ward_id=chance.choice([None, wards[0].id])) for _ in range(12)]
        for person in self.people[:8]:
            an_employment(
                person, chance.choice(firms), from_day=date(2020, 1, 1),
                to_day=chance.choice([None, date(2024, 2, 28), date(2025, 12, 31)]),
            )  # fmt: skip

    def fill(self):
        levels = [a_level_of("apo_demo"), a_level_of("club_demo", own=True)]
        for number in range(26):
            self._go(levels[number % 2], self.people[number % len(self.people)], number)
        for number in range(24):
            self._certify(number)
        # Entered twice, and put together since.
        joined(self.people[1], self.people[0])

    def _go(self, level, person, number):
        chance = self.chance
        moment = chance.choice(self.TURNS)
        candidate = on_the_way(self._once(level, number), [moment], person=person)
        for _ in range(chance.randrange(9)):
            state = reload(candidate).state
            nexts = sorted(
                (after, min(why)) for (b, after), why in TRANSITIONS.items() if b is state
            )
            later = [turn for turn in self.TURNS if turn >= moment]
            moment = min(
                chance.choice([*later, moment + timedelta(days=chance.randrange(40), hours=3)]),
                at(2026, 6, 1, 11),
            )
            if not nexts:
                return
            after, reason = chance.choice(nexts)
            step(candidate, after, reason, moment)
            if after == "valid" and state == "certified" and level.version.scheme.awarded_by_club:
                first = (moment + timedelta(hours=7)).date()
                last = chance.choice([None, date(2025, 12, 31), first])
                an_award(candidate, first=first, last=last, moment=moment)

    def _once(self, level, number):
        """A level of its own key each time, so that nobody is on two open ways to one."""
        return a_level_of(
            f"{level.version.scheme.key}_{number}", own=level.version.scheme.awarded_by_club
        )

    def _certify(self, number):
        chance = self.chance
        issued = chance.choice([date(2024, 2, 29), date(2025, 12, 31), date(2022, 5, 1)])
        ends = chance.choice([None, date(2025, 12, 31), date(2026, 2, 28), issued])
        certificate = recorded(
            chance.choice(self.people), f"N-{number}", issued_on=issued, expires_on=ends,
            scheme_key=chance.choice(["apo_ps", "apo_ps", "tcvn_13751", "aps"]),
            funded_by_plan=chance.random() < 0.4,
        )  # fmt: skip
        by = an_account(RoleName.COORDINATOR).id
        moments = [
            at(2026, 1, 31, 23, 59),
            at(2026, 2, 1, 0, 0),
            at(2026, 5, 1),
        ]
        if chance.random() < 0.8:
            check_certificate(certificate.id, by=by, now=chance.choice(moments))
            if chance.random() < 0.3:
                withdrawal = Withdrawal(
                    WithdrawalKind.TAKEN_BACK,
                    "Thu hồi",
                    max(issued, date(2025, 12, 31)),
                    "Sổ của tổ chức",
                )
                withdraw_certificate(certificate.id, withdrawal, by=by, now=chance.choice(moments))
            elif chance.random() < 0.4:
                self._suspend(certificate, by, chance.choice(moments))
        elif chance.random() < 0.5:
            withdrawal = Withdrawal(WithdrawalKind.MISTAKE, "Nhầm")
            withdraw_certificate(certificate.id, withdrawal, by=by, now=chance.choice(moments))

    def _suspend(self, certificate, by, moment):
        first = max(certificate.issued_on, date(2025, 12, 31))
        until = self.chance.choice([None, first, date(2026, 2, 27)])
        facts = SuspensionFacts(first, "Sổ của tổ chức", "Chưa giải trình", until)
        suspend_certificate(certificate.id, facts, by=by, now=moment)
