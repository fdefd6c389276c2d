"""What people type, and what they must find first among what the club ships, on both engines."""

import pytest

from club.content import CONTENT, STEPS
from club.search.queries import find
from tests.support.factories import NOW

#: What is typed, and the names of the first things found. One language's things at a time.
EXPECTED = {
    # Names of tools, as they are written and as they are typed.
    "5S": "tool:5s course:5S",
    "5 s": "tool:5s course:5S",
    "5s": "tool:5s course:5S",
    "kaizen": "course:KAIZEN tool:kaizen",
    "lean": "tool:lean course:LEAN",
    "TPM": "tool:tpm course:TPM",
    "QCC": "tool:qcc-7-cong-cu course:QCC7",
    "MFCA": "tool:mfca course:MFCA",
    "twi": "tool:twi course:TWI",
    "haccp": "tool:iso-22000-haccp",
    "oee": "tool:oee",
    "SMED": "tool:smed",
    "kanban": "tool:kanban",
    "vsm": "tool:vsm",
    "score": "tool:score",
    "poka-yoke": "tool:poka-yoke",
    "poka yoke": "tool:poka-yoke",
    "ISO 9001": "tool:iso-9001 course:ISO9001",
    "iso 14001": "tool:iso-14001 course:ISO14001",
    "iso 22000": "course:ISO22000 tool:iso-22000-haccp",
    # Codes of courses.
    "ISO9001": "course:ISO9001",
    "iso-9001": "tool:iso-9001 course:ISO9001",
    "QCC7": "course:QCC7",
    "LSS-YB": "course:LSS-YB",
    "lss gb": "course:LSS-GB",
    "KPI-BSC": "course:KPI-BSC",
    "DX": "course:DX",
    "GP": "course:GP",
    "PUBPROD": "course:PUBPROD",
    "smart-city": "course:SMART-CITY",
    "IATF": "course:IATF tool:iatf-16949",
    # Vietnamese with its marks, without them, and with a wrong tone.
    "cải tiến liên tục": "course:KAIZEN tool:kaizen",
    "cai tien lien tuc": "course:KAIZEN tool:kaizen",
    "cãi tiến liên tục": "course:KAIZEN tool:kaizen",
    "sản xuất tinh gọn": "course:LEAN tool:lean",
    "san xuat tinh gon": "course:LEAN tool:lean",
    "sản xuât tinh gon": "course:LEAN tool:lean",
    "bảo trì năng suất tổng thể": "course:TPM",
    "bao tri": "course:TPM",
    "dòng nguyên liệu": "course:MFCA",
    "đai xanh": "course:LSS-GB",
    "huấn luyện tuyến đầu": "course:TWI",
    "tiết kiệm năng lượng": "tool:nang-luong-iso-50001",
    "tiet kiem nang luong": "tool:nang-luong-iso-50001",
    "thẻ điểm cân bằng": "course:KPI-BSC",
    "the diem can bang": "course:KPI-BSC",
    "đo lường năng suất": "tool:do-luong-nang-suat course:PROD-MEAS",
    "do luong nang suat": "tool:do-luong-nang-suat course:PROD-MEAS",
    "ĐO LƯỜNG NĂNG SUẤT": "tool:do-luong-nang-suat course:PROD-MEAS",
    "chuyển đổi số": "tool:chuyen-doi-so course:DX",
    "chuyen doi nhanh": "tool:smed",
    "sản xuất thông minh": "course:SMART-MFG tool:san-xuat-thong-minh",
    "đô thị thông minh": "course:SMART-CITY tool:do-thi-thong-minh",
    "năng suất xanh": "course:GP tool:nang-suat-xanh",
    "nang suat dich vu cong": "course:PUBPROD tool:nang-suat-dich-vu-cong",
    "sơ đồ chuỗi giá trị": "tool:vsm",
    "cân bằng chuyền": "tool:can-bang-chuyen",
    "can bang chuyen": "tool:can-bang-chuyen",
    "chống sai lỗi": "tool:poka-yoke",
    "bố trí mặt bằng": "tool:bo-tri-mat-bang",
    # The tone on either vowel.
    "tự động hóa": "tool:tu-dong-hoa",
    "tự động hoá": "tool:tu-dong-hoa",
    "tu\u031b\u0323 đo\u0323\u0302ng ho\u0301a": "tool:tu-dong-hoa",
    # Beginnings.
    "kaiz": "course:KAIZEN tool:kaizen",
    "chuẩn hóa công việ": "tool:chuan-hoa-cong-viec",
    "huan luyen quan ly tuy": "course:TWI",
    "năng suất xan": "course:GP tool:nang-suat-xanh",
    # Beginnings of any word, and words inside others.
    "kaiz lien tuc": "course:KAIZEN",
    "sigm six": "course:LSS-GB course:LSS-YB tool:lean-six-sigma",
    "tiet kie nang luo": "tool:nang-luong-iso-50001",
    "đo lườ năn suấ": "course:PROD-MEAS tool:do-luong-nang-suat",
    "the die can bang": "course:KPI-BSC",
    "group": "case:legroup",
    "natex": "case:soi-vinatex",
    "gamex": "case:may-dong-nai",
    # Firms and places of cases.
    "may nhà bè": "case:may-nha-be",
    "bệnh viện 108": "case:benh-vien-108",
    "benh vien phu tho": "case:benh-vien-phu-tho",
    "rạng đông": "case:bong-den-rang-dong",
    "rang dong": "case:bong-den-rang-dong",
    "gốm chăn thanh": "case:gom-chan-thanh",
    "cang cat lai": "case:cang-cat-lai",
    "Winners Vina": "case:winners-vina",
    # Documents and texts.
    "kế hoạch 2021-2030": "article:ke-hoach-2021-2030 document:ke-hoach-thuan-an-2021",
    "nghị quyết 57": "document:nghi-quyet-57-2024",
    "tcvn iso 9001:2015": "document:tcvn-iso-9001-2015",
    "đọc một điển hình": "article:doc-mot-dien-hinh",
    # English, which a Vietnamese reader may type too.
    "value stream map": "tool:vsm",
    "line balancing": "tool:can-bang-chuyen",
    "productivity measurement": "course:PROD-MEAS tool:do-luong-nang-suat",
    "green belt": "course:LSS-GB",
    "innovation management": "tool:doi-moi-sang-tao-iso-56000",
}


@pytest.mark.slow
def test_what_people_type_finds_what_they_mean_first():
    for _name, step in STEPS:
        step(CONTENT, now=NOW)
    wrong = {}
    for typed, names in EXPECTED.items():
        wanted = names.split()
        results = find(typed, language="vi", else_in="en").results
        found = [one.ref for one in results[: len(wanted)]]
        if found != wanted:
            wrong[typed] = found
    assert wrong == {}
    assert len(EXPECTED) >= 60
