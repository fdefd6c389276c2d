from club.db import transaction
from club.pilots.models import PilotProject
from tests.pilots import kit as pilots
from tests.support.demo import TODAY
from tests.sweeps.somebody_elses.finding import another_organisation


def part_in_a_pilot():
    return {"public_id": pilots.taking_part().public_id}


def measure_of_a_pilot():
    return {"public_id": pilots.measured().public_id}


def pilot_project_of_a_firm():
    project = pilots.a_project()
    return {"code": project.organisation.code, "public_id": project.public_id}


def part_in_a_pilot_of_a_firm():
    part = pilots.taking_part()
    return {"code": part.project.organisation.code, "public_id": part.public_id}


def pilot_project():
    firm = another_organisation()
    with transaction() as session:
        project = PilotProject(
            organisation_id=firm.id,
            size_class=firm.size_class,
            title="Giảm thời gian chờ",
            started_on=TODAY.date(),
            evidence="Biên bản số 1",
            recorded_at=TODAY,
        )
        session.add(project)
    return {"public_id": project.public_id}
