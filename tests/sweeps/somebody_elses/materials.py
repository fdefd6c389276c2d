from club.courses.models import RunState
from club.materials.models import Visibility
from tests.materials.kit import a_material
from tests.support.demo import TODAY
from tests.support.factories import a_run
from tests.sweeps.somebody_elses.finding import published_run


def material():
    return {"public_id": a_material(published_run()).public_id}


def material_for_everybody():
    return {"public_id": a_material(published_run(), visibility=Visibility.EVERYBODY).public_id}


def material_of_a_draft():
    draft = a_run(state=RunState.DRAFT, published_at=None)
    return {"public_id": a_material(draft, visibility=Visibility.EVERYBODY).public_id}


def material_taken_down():
    down = a_material(published_run(), visibility=Visibility.EVERYBODY, removed_at=TODAY)
    return {"public_id": down.public_id}


def version_of_a_material():
    return {"public_id": a_material(published_run()).public_id, "number": 1}
