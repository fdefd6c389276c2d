from club.statistics.dashboard.operations import save_view
from tests.statistics.elsewhere.kit import a_reported_training
from tests.statistics.reports.kit import a_draft
from tests.support.demo import TODAY
from tests.support.factories import a_person


def reported_training():
    return {"public_id": a_reported_training().public_id}


def saved_view():
    return {"public_id": save_view(a_person().id, "Của người khác", "", now=TODAY).public_id}


def drafted_report():
    return {"public_id": a_draft(now=TODAY).report.public_id}


def version_of_a_report():
    return {**drafted_report(), "number": 1}


def wording_of_a_report():
    return {**version_of_a_report(), "wording": 1}


def a_chart():
    return {"chart": "topic"}
