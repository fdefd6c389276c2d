"""Counts again what the site counts, from the marks on the attendance lists.

Written from the definitions in docs/figures.md, slowly and plainly. It shares no code with
``club.statistics`` and ``club.records``; it knows the tables only.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from club.db import db

LOCAL = timedelta(hours=7)


@dataclass
class Turn:
    """One person's completed attendance of one closed run."""

    person: int
    day: date
    minutes: int
    completed: bool
    #: Keys of every dimension but those of time.
    keys: dict


def table(name):
    with db.engine.connect() as connection:
        return connection.execute(select(db.metadata.tables[name])).mappings().all()


def word(value):
    return getattr(value, "value", value)


def held_sessions():
    """By run: the length in minutes and the end of every session that was not cancelled."""
    found = defaultdict(dict)
    for session in table("session"):
        if word(session["state"]) != "cancelled":
            length = session["ends_at"] - session["starts_at"]
            found[session["run_id"]][session["id"]] = (length.seconds // 60, session["ends_at"])
    return found


def presences():
    """By session: who was there, and the minutes where somebody stated them."""
    found = defaultdict(dict)
    for mark in table("attendance_mark"):
        if word(mark["mark"]) in ("present", "late"):
            found[mark["session_id"]][mark["person_id"]] = mark["minutes"]
    return found


def what_they_came_for():
    """By run and person: the registration or entry on the list, a confirmed one before others."""
    found = {}
    for row in sorted(table("registration"), key=lambda row: row["id"]):
        before = found.get((row["run_id"], row["person_id"]))
        if before is None or word(before["state"]) != "confirmed":
            found[row["run_id"], row["person_id"]] = row
    for row in table("walk_in"):
        found[row["run_id"], row["person_id"]] = row
    return found


def results_that_hold():
    """The results by run and person, and the maximum scores by run."""
    results = {
        (row["run_id"], row["person_id"]): row
        for row in table("person_result")
        if row["superseded_at"] is None
    }
    scales = {row["run_id"]: row for row in table("run_scale") if row["superseded_at"] is None}
    return results, scales


def achieved(run, result, scale):
    """Whether somebody has what a run asks for beside being there."""
    for asked, score in (("post_test_minimum", "post_test"), ("assignment_minimum", "assignment")):
        if run[asked] is not None:
            if result is None or result[score] is None:
                return False
            # Passed or not is 1 or 0 of 1.
            maximum = 1 if scale[score] is None else scale[score]
            if float(result[score]) / float(maximum) * 100 + 1e-9 < run[asked]:
                return False
    return not run["confirmation_needed"] or (result is not None and result["confirmed"])


def turns():
    sessions, attended, came_for = held_sessions(), presences(), what_they_came_for()
    rows = {
        name: {row["id"]: row for row in table(name)}
        for name in ("course", "topic", "person", "organisation", "unit")
    }
    results, scales = results_that_hold()
    for run in table("run"):
        if word(run["state"]) != "closed":
            continue
        held = sessions[run["id"]]
        planned = sum(length for length, _end in held.values())
        day = (max(end for _length, end in held.values()) + LOCAL).date()
        for person in sorted({person for session in held for person in attended[session]}):
            minutes = 0
            for session, (length, _end) in held.items():
                if person in attended[session]:
                    stated = attended[session][person]
                    minutes += length if stated is None else min(stated, length)
            percent = minutes / planned * 100 + 1e-9
            if percent >= run["counting_threshold"]:
                keys = keys_of(run, rows["person"][person], came_for[run["id"], person], rows)
                completed = percent >= run["completion_threshold"] and achieved(
                    run, results.get((run["id"], person)), scales.get(run["id"])
                )
                yield Turn(person, day, minutes, completed, keys)


def keys_of(run, person, entry, rows):
    firm = rows["organisation"].get(entry["organisation_id"])
    course = rows["course"][run["course_id"]]
    ward = rows["unit"].get(firm["ward_id"] if firm else person["ward_id"])
    return {
        "audience": word(entry["audience"]),
        "topic": rows["topic"][course["topic_id"]]["key"],
        "course": course["code"],
        "unit": ward["key"] if ward else None,
        "sector": firm["sector"] if firm else None,
        "sex": word(person["sex"]),
        "funding": word(run["funding"]),
    }


def time_keys(day, cut):
    """The year, quarter and month in which a day is reported."""
    year, month = day.year, day.month
    if cut == "report" and day.day >= 15:
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    quarter = {1: 1, 2: 1, 3: 1, 4: 2, 5: 2, 6: 2, 7: 3, 8: 3, 9: 3, 10: 4, 11: 4, 12: 4}[month]
    return {"year": f"{year}", "quarter": f"{year}-Q{quarter}", "month": f"{year}-{month:02d}"}


def figures(found, *, by, cut):
    """Turns, people, hours and completions of each combination of ``by`` that occurs."""
    groups = defaultdict(list)
    for turn in found:
        keys = turn.keys | time_keys(turn.day, cut)
        groups[tuple(keys[name] for name in by)].append(turn)
    return {
        key: (
            len(group),
            len({turn.person for turn in group}),
            round(sum(turn.minutes for turn in group) / 60, 2),
            sum(1 for turn in group if turn.completed),
        )
        for key, group in groups.items()
    }
