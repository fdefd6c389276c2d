import secrets
import uuid

from sqlalchemy import select

from club.certification.candidacy.operations import applying
from club.certification.candidacy.queries import uses_in
from club.certification.models import Expert
from club.certification.objections.operations import complaining
from club.db import transaction
from club.files.receiving import add_file
from tests.certification.assessment import kit as assessments
from tests.certification.awards import kit as awards
from tests.certification.candidacy import kit as candidates
from tests.certification.helping import kit as helping
from tests.certification.kit import checked
from tests.certification.objections import kit as objections
from tests.certification.scheme_kit import a_requirement, a_scheme, a_version, published
from tests.support.factories import NOW, a_person, an_account, an_employment, an_organisation
from tests.sweeps.somebody_elses.calendar import a_wrong_token
from tests.sweeps.somebody_elses.finding import first


def expert_certificate():
    return {"public_id": checked(number=secrets.token_hex(4)).public_id}


def certificate_with_a_paper():
    found = checked(number=secrets.token_hex(4))
    with transaction():
        file = add_file(candidates.a_paper().file, by=None, now=NOW)
        found.file_id = file.id
    return {"public_id": found.public_id}


def draft_of_a_scheme():
    scheme = a_scheme(key=f"scheme_{secrets.token_hex(4)}")
    return {"key": scheme.key, "number": a_version(scheme=scheme).number}


def level_of_a_draft():
    return {**draft_of_a_scheme(), "level": "expert"}


def level_and_person():
    return {**level_of_a_draft(), "public_id": a_person().public_id}


def requirement_of_a_draft():
    scheme = a_scheme(key=f"scheme_{secrets.token_hex(4)}")
    a_requirement(a_version(scheme=scheme))
    return {"key": scheme.key, "number": 1, "level": "expert", "asked": "training"}


def published_scheme():
    version = published(a_version(scheme=a_scheme(key=f"scheme_{secrets.token_hex(4)}")))
    return {"key": version.scheme.key}


def expert_who_did_not_agree():
    person = a_person()
    checked(person, number=secrets.token_hex(4))
    return {"code": first(select(Expert).where(Expert.person_id == person.id)).code}


def request_for_help():
    return {"public_id": helping.asked().public_id}


def _new_level():
    return candidates.a_level(a_scheme(secrets.token_hex(4)))


def level_to_apply_for():
    level = _new_level()
    return {"scheme": level.version.scheme.key, "number": level.version.number, "level": level.key}


def candidacy():
    return {"public_id": candidates.admitted(_new_level()).public_id}


def candidacy_under_assessment():
    return {"public_id": assessments.under_assessment().public_id}


def candidacy_that_is_recognised():
    return {"public_id": awards.holder().public_id}


def certificate_of_a_recognition():
    return {"public_id": awards.paper_of(awards.recognised()).public_id}


def candidacy_to_recognise():
    return {"public_id": awards.certified().public_id}


def task_of_an_assessor():
    return {"public_id": assessments.asked(assessments.under_assessment()).public_id}


def paper_of_a_task():
    task = assessments.asked(assessments.under_assessment())
    paper = uses_in(task.candidate_id)[0].evidence
    return {"public_id": task.public_id, "evidence_id": paper.public_id}


def appeal():
    return {"public_id": objections.appealed(objections.decided()).public_id}


def paper_of_an_appeal():
    paper = candidates.a_paper().file
    made = objections.appealed(objections.decided(), paper=paper)
    return {"public_id": made.public_id, "paper_id": made.papers[0].public_id}


def complaint():
    return {"public_id": objections.a_complaint().public_id}


def paper_of_a_complaint():
    made = objections.a_complaint()
    paper = complaining.add_paper(made.id, candidates.a_paper().file, by=None, now=NOW)
    return {"public_id": made.public_id, "paper_id": paper.public_id}


def a_wrong_token_and_paper():
    return {**a_wrong_token(), "paper_id": uuid.uuid4()}


def hearing_about_a_complaint():
    return {"public_id": objections.heard(objections.a_complaint()).public_id}


def requirement_of_a_candidacy():
    return {**candidacy(), "key": "work"}


def piece_of_evidence():
    return {"public_id": candidates.handed_in(candidates.admitted(_new_level())).evidence.public_id}


def use_of_evidence():
    return {"public_id": candidates.handed_in(candidates.admitted(_new_level())).public_id}


def use_for_a_project():
    candidate = assessments.under_assessment()
    return {"public_id": uses_in(candidate.id)[0].public_id}


def nomination_of_another_organisation():
    firm, person = an_organisation(code=f"dn-{secrets.token_hex(4)}"), a_person()
    an_employment(person, firm)
    nomination = applying.Nomination(person.id, _new_level().id, firm.id)
    nominated = applying.nominate(nomination, by=an_account().id, now=NOW)
    return {"code": firm.code, "public_id": nominated.public_id}
