"""The words people agree to. What was shown is stored with each consent.

Whoever changes a wording gives it a new version: old consents keep the words they were given to.
"""

from dataclasses import dataclass

from club.accounts.models import ConsentPurpose


@dataclass(frozen=True)
class ConsentWords:
    version: str
    vi: str
    en: str

    def in_language(self, language: str) -> str:
        return self.en if language == "en" else self.vi


CONSENT_WORDS: dict[ConsentPurpose, ConsentWords] = {
    ConsentPurpose.PERSONAL_DATA: ConsentWords(
        "1",
        "Tôi đồng ý để câu lạc bộ xử lý dữ liệu cá nhân tôi khai (họ tên, thư điện tử và những "
        "gì tôi ghi thêm sau này) cùng việc đăng ký, dự lớp và kết quả học của tôi, nhằm giữ chỗ "
        "lớp học, ghi nhận học tập, cấp giấy chứng nhận và lập số liệu tổng hợp. Tôi biết mình có "
        "thể xem, sửa, yêu cầu xóa dữ liệu và rút đồng ý bất cứ lúc nào.",
        "I agree that the club processes the personal data I give (name, e-mail and what I add "
        "later) together with my registrations, attendance and results, in order to keep places "
        "in courses, record my training, issue certificates and draw up aggregate figures. I know "
        "that I can see, correct and ask for deletion of my data and withdraw this consent at any "
        "time.",
    ),
    ConsentPurpose.NEWS: ConsentWords(
        "1",
        "Gửi cho tôi thư báo lớp mới và tin của câu lạc bộ. Tôi có thể ngừng nhận bất cứ lúc nào.",
        "Send me letters about new courses and the club's news. I can stop them at any time.",
    ),
    ConsentPurpose.RECORDS_FOR_EMPLOYER: ConsentWords(
        "1",
        "Cho đơn vị tôi đang làm việc xem lớp tôi đã học, số giờ dự và giấy chứng nhận của tôi "
        "trong thời gian tôi làm việc ở đó.",
        "Let the organisation I work for see the courses I took, the hours I attended and my "
        "certificates while I work there.",
    ),
    ConsentPurpose.PUBLIC_EXPERT_REGISTER: ConsentWords(
        "2",
        "Ghi trong danh sách chuyên gia công khai trên trang này: tên tôi, các chứng nhận chuyên "
        "gia của tôi và tình trạng của chúng (kể cả khi bị đình chỉ hay thu hồi, nếu quy định của "
        "chương trình nêu rõ là công khai), và những gì tôi tự khai ở trang chuyên gia của mình.",
        "Show in the public register of experts on this site: my name, my expert certifications "
        "and how they stand (suspended or withdrawn, too, where the scheme says that this is "
        "public), and what I say myself on my expert page.",
    ),
}
#: What a person may give and take back by a button of their own.
FREE_PURPOSES = (
    ConsentPurpose.NEWS,
    ConsentPurpose.RECORDS_FOR_EMPLOYER,
    ConsentPurpose.PUBLIC_EXPERT_REGISTER,
)
