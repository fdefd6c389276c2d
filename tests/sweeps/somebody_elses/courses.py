from sqlalchemy import select

from club.accounts.models import Account
from club.courses.models import Course, Run, RunState, RunTrainer
from club.db import transaction
from tests.support.factories import a_course, a_person, a_run
from tests.sweeps.somebody_elses.finding import first, published_run


def code_of_a_run():
    return {"code": published_run().code}


def course_slug():
    return {"slug": first(select(Course)).slug}


def course_code():
    return {"code": first(select(Course)).code}


def session_of_a_run():
    run = published_run()
    return {"code": run.code, "public_id": run.sessions[0].public_id}


def trainer_of_a_run():
    run, person = published_run(), a_person()
    with transaction() as session:
        session.add(RunTrainer(run=run, person=person))
    return {"code": run.code, "public_id": person.public_id}


def code_of_a_closed_run():
    """One that no visitor teaches."""
    taught = select(RunTrainer.run_id).where(RunTrainer.person_id.in_(select(Account.person_id)))
    return {
        "code": first(select(Run).where(Run.state == RunState.CLOSED, Run.id.not_in(taught))).code
    }


def code_of_a_draft():
    return {"code": a_run(state=RunState.DRAFT, published_at=None).code}


def code_of_an_untaught_course():
    return {"code": a_course().code}
