"""How long a search takes among many documents: `python -m benchmarks.searching`.

The documents are put together from the sentences that the club ships, so that words are as common
and as rare as in its texts; each has a number of its own besides. Times are whole searches, as the
page asks for them: counts of all kinds, the twenty best, titles and extracts with words marked.
They are times of a processor, in this process and in the database's for it, since others may use
the machine, too.
``--url`` names an empty PostgreSQL database; without it a SQLite file is made and removed.
"""

import random
import re
import statistics
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from benchmarks import engines, measuring
from club import clock
from club.content import CONTENT
from club.db import db, transaction
from club.search.models import FoundKind, SearchDocument, code_of
from club.search.operations import learn
from club.search.queries import find
from club.search.words import text_terms, title_terms
from club.vietnamese import tidy_line

FIGURES = Path(__file__).parent / "search.json"
_LENGTH = 2700
_KINDS = [FoundKind.CASE] * 6 + [FoundKind.COURSE, FoundKind.TOOL, FoundKind.ARTICLE]
_KINDS += [FoundKind.EXPERT, FoundKind.DOCUMENT]
#: From what nearly every text has to what only one has.
QUESTIONS = [
    "công ty", "và các", "năng suất", "nang suat", "năng suất lao động", "đào tạo", "dao tao",
    "cải tiến liên tục", "cai tien lien tuc", "tiết kiệm điện", "kaizen", "5S", "lean", "oee",
    "ISO 9001", "giảm tỷ lệ hàng lỗi", "cong nang", "chuyền may", "chuyen may", "may",
    "nghiê", "nghie", "tha", "thờ", "kiểm soát chất lượng sản phẩm", "bảo trì máy", "số 4711",
    "ma5000", "ma50", "xưởng gỗ tiết kiệm", "người của công ty và các", "không có từ nàyxyz",
    "natex", "xưởng natex", "kaiz vinat", "tiet kie nang luo", "chuye natex",
]  # fmt: skip


def sentences() -> list[str]:
    found = []
    for path in sorted(CONTENT.rglob("*.md")):
        body = path.read_text(encoding="utf-8").split("\n---", 1)[-1]
        for piece in re.split(r"(?<=[.!?])\s+|\n+", body):
            line = tidy_line(re.sub(r"[#*_>|`\[\]]", " ", piece))
            if 30 < len(line) < 400:
                found.append(line)
    return found


def documents(count: int) -> Iterator[dict[str, Any]]:
    chance, pool, now = random.Random(1), sentences(), clock.now()
    for number in range(count):
        kind = chance.choice(_KINDS)
        title = " ".join([*chance.choice(pool).split()[:9], f"ma{number}"])
        lines = [f"Số {chance.randrange(count)}."]
        while sum(map(len, lines)) < _LENGTH:
            lines.append(chance.choice(pool))
        body = " ".join(lines)
        yield {
            "kind": kind, "ref": f"{kind}:bench-{number}", "language": "vi",
            "code": code_of(kind, "vi"), "url": f"/bench/{number}", "boost": 1.0,
            "updated_at": now, "title": title, "body": body,
            "title_terms": title_terms(title), "terms": text_terms(f"{title} . {body}"),
        }  # fmt: skip


def fill(count: int) -> None:
    made, batch = documents(count), 1000
    for _ in range(0, count, batch):
        with transaction() as session:
            rows = list(islice(made, batch))
            session.execute(insert(SearchDocument), rows)
            learn((term for row in rows for term in row["terms"].split(" ")), session)


def timed(rounds: int) -> dict[str, float]:
    """Milliseconds of a search for each question: the middle of some, after one to warm up."""
    find(QUESTIONS[0], language="vi")
    worker = engines.database_process()
    found = {}
    for asked in QUESTIONS:
        find(asked, language="vi", else_in="en")
        taken = []
        for _ in range(rounds):
            begin = measuring.spent(worker)
            find(asked, language="vi", else_in="en")
            taken.append((measuring.spent(worker) - begin) * 1000)
        found[asked] = round(statistics.median(taken), 1)
    db.session.rollback()
    return found


def summary(found: dict[str, float]) -> dict[str, float]:
    ordered = sorted(found.values())
    return {
        "median": round(statistics.median(ordered), 1),
        "95 of 100": ordered[int(len(ordered) * 0.95)],
        "slowest": ordered[-1],
    }


def main() -> None:
    parser = engines.arguments(__doc__)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    with engines.empty_site("searching", asked.url) as engine:
        fill(asked.documents)
        found = timed(asked.rounds)
    figures = {"milliseconds": summary(found), "questions": found}
    engines.keep(FIGURES, engine, {"documents": asked.documents} | figures)
    for words, ms in found.items():
        print(f"{words:40} {ms:8.1f} ms")
    print(summary(found))


if __name__ == "__main__":
    main()
