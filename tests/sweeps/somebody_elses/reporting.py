from club import clock
from club.reporting import queries as reporting_queries
from club.reporting.summaries.operations import compose_summary
from tests.reporting import kit as reporting


def department_report():
    """Of a unit that none of the visitors reports for; on the day of the visit."""
    [report] = reporting.asked(now=clock.now(), due_on=clock.today())
    return {"public_id": report.public_id}


def version_of_a_department_report():
    [report] = reporting.asked(now=clock.now(), due_on=clock.today())
    reporting.submitted(report, now=clock.now())
    return {"public_id": report.public_id, "number": 1}


def request_for_reports():
    [report] = reporting.asked(now=clock.now(), due_on=clock.today())
    return {"public_id": report.request.public_id}


def file_of_a_department_report():
    return reporting.attached()


def summary_of_reports():
    [report] = reporting.asked(now=clock.now(), due_on=clock.today())
    made = compose_summary(report.request, title="Tổng hợp", by=None, now=clock.now())
    return {"public_id": made.public_id}


def wording_of_a_summary():
    return summary_of_reports() | {"number": 1}


def reporter_of_a_unit():
    unit = reporting.a_department()
    reporting.a_reporter(unit)
    return {"reporter_id": reporting_queries.reporters()[-1].id}
