"""Counts again what the figures about experts count, from a dump of the tables.

Written from docs/figures.md, slowly and plainly. It shares no code with
``club.certification``; it knows the tables only.
"""

from collections import defaultdict
from datetime import date, timedelta

from sqlalchemy import select

from club.db import db

LOCAL = timedelta(hours=7)
STAGES = ["begun", "applied", "admitted", "collecting", "assessed", "certified", "recognised"]
#: How far somebody has come who is, or was, in a state.
FAR = {
    "nominated": 0, "applied": 1, "admitted": 2, "collecting": 3, "under_assessment": 4,
    "not_yet": 4, "certified": 5, "held": 5, "expired": 5, "valid": 6, "renewal_due": 6, "renewed": 6,
    "renewal_under_assessment": 6, "lapsed": 6,
    "suspended": 6, "refused": 0, "withdrawn": 0, "appealed": 0,
}  # fmt: skip


def table(name):
    with db.engine.connect() as connection:
        rows = connection.execute(select(db.metadata.tables[name])).mappings()
        return [dict(row) for row in rows]


def word(value):
    return getattr(value, "value", value)


def local(moment):
    return (moment + LOCAL).date()


def who(person_id):
    into = {row["id"]: row["merged_into_id"] for row in table("person")}
    while into[person_id] is not None:
        person_id = into[person_id]
    return person_id


def experts(on, *, as_of=None, scheme=None):
    """Certificates by how they stood, each with its person and what it is counted under."""
    schemes = {row["id"]: row for row in table("certification_scheme")}
    found = defaultdict(list)
    for row in table("expert_certificate"):
        known = lambda moment: moment is not None and (as_of is None or moment <= as_of)  # noqa: E731
        if not known(row["recorded_at"]):
            continue
        of = schemes[row["scheme_id"]]
        if scheme is not None and of["key"] != scheme:
            continue
        gone = word(row["withdrawal"]) if known(row["withdrawn_at"]) else None
        if gone == "mistake" or row["issued_on"] > on:
            continue
        kind = how_it_stood(row, of, on, gone, known)
        found[kind].append(row | {"scheme": of["key"]})
    return found


def how_it_stood(row, scheme, on, gone, known):
    suspended = [
        one for one in table("certificate_suspension") if one["certificate_id"] == row["id"]
    ]
    if not known(row["checked_at"]):
        return "unchecked"
    if gone == "taken_back" and row["withdrawn_from"] <= on:
        return "taken_back"
    if row["expires_on"] is not None and row["expires_on"] < on:
        return "ended"
    if any(covers(one, on, known) for one in suspended):
        return "suspended"
    return "counts" if scheme["counts_for_plan"] else "no_standard"


def covers(one, on, known):
    """Whether a suspension that was known by then holds that day."""
    lifted = one["lifted_from"] if known(one["lifted_at"]) else None
    over = one["until_on"] is not None and one["until_on"] < on
    return (
        known(one["recorded_at"])
        and one["from_on"] <= on
        and not over
        and (lifted is None or lifted > on)
    )


def dimension(rows, name):
    """People and certificates by scheme, organisation, ward, or who paid."""
    organisations = {row["id"]: row["code"] for row in table("organisation")}
    wards = {row["id"]: row["key"] for row in table("unit")}
    keys = {
        "scheme": lambda row: row["scheme"],
        "organisation": lambda row: organisations.get(row["organisation_id"], "none"),
        "ward": lambda row: wards.get(row["ward_id"], "none"),
        "funded": lambda row: "plan" if row["funded_by_plan"] else "other",
    }
    groups = defaultdict(list)
    for row in rows:
        groups[keys[name](row)].append(row)
    return {key: people_and_rows(group) for key, group in groups.items()}


def people_and_rows(rows):
    return len({who(row["person_id"]) for row in rows}), len(rows)


def candidacies(on, *, first=date.min, last=date.max, as_of=None, scheme=None):
    """By who certifies: what each candidacy had come to, as dictionaries."""
    own = {row["id"]: row["awarded_by_club"] for row in table("certification_scheme")}
    keys = {row["id"]: row["key"] for row in table("certification_scheme")}
    found = {"outside": [], "own": []}
    for candidate in table("candidate"):
        if scheme is not None and keys[candidate["scheme_id"]] != scheme:
            continue
        steps = [
            step
            for step in sorted(table("candidate_step"), key=lambda row: row["id"])
            if step["candidate_id"] == candidate["id"]
            and local(step["at"]) <= on
            and (as_of is None or step["at"] <= as_of)
        ]
        if not steps or not first <= local(steps[0]["at"]) <= last:
            continue
        reached = {}
        for step in steps:
            for stage in range(FAR[word(step["to_state"])] + 1):
                reached[stage] = min(reached.get(stage, step["at"]), step["at"])
        reached[0] = steps[0]["at"]
        body = "own" if own[candidate["scheme_id"]] else "outside"
        found[body].append(
            {
                "id": candidate["id"],
                "person": who(candidate["person_id"]),
                "reached": reached,
                "state": word(steps[-1]["to_state"]),
                "steps": steps,
            }
        )
    return found


def funnel(ways, *, own):
    lines = []
    for stage in range(7 if own else 6):
        here = [way for way in ways if stage in way["reached"]]
        before = [way for way in ways if stage - 1 in way["reached"]]
        percent = median = None
        if stage and before:
            percent = round(len(here) / len(before) * 100, 1)
        if stage and here:
            days = sorted(
                (way["reached"][stage] - way["reached"][stage - 1]) / timedelta(days=1)
                for way in here
            )
            middle = len(days) // 2
            median = days[middle] if len(days) % 2 else (days[middle - 1] + days[middle]) / 2
            median = round(median, 1)
        people = len({way["person"] for way in here})
        lines.append((STAGES[stage], people, len(here), percent, median))
    return lines


def states(ways):
    groups = defaultdict(list)
    for way in ways:
        groups[way["state"]].append(way)
    return {
        state: (len({w["person"] for w in group}), len(group)) for state, group in groups.items()
    }


def own_recognitions(on, *, as_of=None, scheme=None):
    """People whom the club had recognised, and those whose recognition stood on the day."""
    ways = candidacies(on, as_of=as_of, scheme=scheme)["own"]
    recognised = [way for way in ways if 6 in way["reached"]]
    of = {row["id"]: row["candidate_id"] for row in table("award")}
    within = {
        of[row["award_id"]]
        for row in table("award_period")
        if local(row["decided_at"]) <= on
        and (as_of is None or row["decided_at"] <= as_of)
        and row["valid_from"] <= on
        and (row["valid_until"] is None or on <= row["valid_until"])
    }
    valid = [way for way in recognised if way["id"] in within and stands(way, on)]
    return len({way["person"] for way in recognised}), len({way["person"] for way in valid})


def stands(way, on):
    """Neither suspended nor taken away, step by step since it was given."""
    until = {row["step_id"]: row["until_on"] for row in table("award_suspension")}
    running = {"valid", "renewal_due", "renewal_under_assessment", "renewed", "lapsed"}
    given, suspended, last, gone = False, False, None, False
    for step in way["steps"]:
        state = word(step["to_state"])
        given = given or word(step["reason"]) == "recognised"
        if not given:
            continue
        if state == "suspended" and not suspended:
            suspended, last = True, until.get(step["id"])
        elif state in running:
            suspended = False
        if state == "withdrawn":
            gone = True
        elif state != "appealed":
            gone = False
    return not gone and not (suspended and (last is None or on <= last))
