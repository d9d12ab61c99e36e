"""Commendations (khen thưởng): Chỉ thị 35, Quy định 11 and Kết luận 01 are commended for separately."""

from tiepdan.sdk import Register
from tiepdan_dong_da.fields import choice, day, entry_of, line, words
from tiepdan_dong_da.programmes import LEVELS, PROGRAMMES

COLLECTIVE, INDIVIDUAL = "collective", "individual"

COMMENDATIONS = Register(
    key="commendations",
    version=1,
    title=words("Khen thưởng", "Commendations"),
    entry=words("khen thưởng", "commendation"),
    summary=words(
        "Mỗi tập thể, cá nhân được khen một dòng, theo từng chuyên đề; từ đây in quyết định khen thưởng.",
        "One line for each collective or individual and topic; the decision is printed from here.",
    ),
    schema=entry_of(
        ("recipient", "decided_on", "recipient_kind", "award", "topic", "level"),
        recipient=line(
            "Tập thể, cá nhân được khen",
            "Who is commended",
            help=words(
                "Tên tập thể; với cá nhân: họ tên, chức vụ, đơn vị như trong quyết định công bố.",
                "The collective; for an individual name, office and unit as in the published decision.",
            ),
        ),
        decided_on=day("Ngày quyết định", "Day of the decision"),
        decision=line("Số quyết định", "Decision", longest=60, help=words("Ví dụ 210-QĐ/QU.", "Such as 210-QĐ/QU.")),
        recipient_kind=choice(
            "Đối tượng",
            "Collective or individual",
            {COLLECTIVE: words("Tập thể", "Collective"), INDIVIDUAL: words("Cá nhân", "Individual")},
        ),
        award=choice(
            "Hình thức khen",
            "Award",
            {
                "certificate": words("Giấy khen", "Certificate of merit"),
                "diploma": words("Bằng khen", "Diploma of merit"),
                "letter": words("Thư khen, biểu dương", "Letter of praise"),
            },
        ),
        topic=choice("Chuyên đề khen", "Commended for", PROGRAMMES),
        level=choice("Cấp khen", "Level", LEVELS),
        merit=line("Thành tích", "Merit", longest=2_000),
    ),
    title_field="recipient",
    date_field="decided_on",
    list_fields=("recipient_kind", "award", "topic", "level", "decision"),
    order=40,
)
