"""What becomes of records when two entries of one person become one."""

from flask_babel import lazy_gettext

from club.web.personal_data import MOMENT, Moves

MOVES = {
    "attendance_mark": Moves(lazy_gettext("Attendance marks")),
    "walk_in": Moves(lazy_gettext("Classes come to without registering")),
    "person_result": Moves(lazy_gettext("Results")),
    "inquiry": Moves(lazy_gettext("Questions after classes")),
    # Of one class the record of the entry that stays holds; as if the class had been closed anew.
    "training_record": Moves(lazy_gettext("Training records"), left={"superseded_at": MOMENT}),
    "completion_certificate": Moves(lazy_gettext("Certificates of completion")),
    "certificate_exception": Moves(lazy_gettext("Certificates by exception")),
    "outside_training": Moves(lazy_gettext("Training taken elsewhere")),
}
