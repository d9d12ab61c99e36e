"""Mediation at the grass roots (hòa giải ở cơ sở), and the cases that come first: crowded, complex, prolonged."""

from tiepdan.sdk import Form, Register
from tiepdan_dong_da.fields import choice, day, entry_of, line, number, when, words, yes_no

SUCCEEDED, IN_EFFECT = "succeeded", "in_effect"

_NO_NAMES = words("Tóm tắt, không ghi tên người.", "In short, without names.")

MEDIATIONS = Register(
    key="mediations",
    version=1,
    title=words("Hòa giải ở cơ sở", "Mediation at the grass roots"),
    entry=words("vụ hòa giải", "mediation"),
    summary=words(
        "Vụ việc hòa giải tại phường, tổ dân phố; không ghi đơn tố cáo.",
        "Matters mediated in wards and neighbourhoods; no denunciations.",
    ),
    schema=entry_of(
        ("matter", "mediated_on", "place", "field", "result"),
        matter=line("Nội dung", "Matter", longest=300, help=_NO_NAMES),
        mediated_on=day("Ngày hòa giải", "Day"),
        place=line("Phường, tổ dân phố", "Ward or neighbourhood"),
        field=choice(
            "Lĩnh vực",
            "Field",
            {
                "land": words("Đất đai, nhà ở", "Land and housing"),
                "family": words("Hôn nhân, gia đình", "Family"),
                "neighbours": words("Quan hệ láng giềng", "Neighbours"),
                "environment": words("Môi trường, trật tự đô thị", "Environment and urban order"),
                "other": words("Khác", "Other"),
            },
        ),
        people=number("Số người liên quan", "People concerned", smallest=1),
        result=choice(
            "Kết quả",
            "Result",
            {
                "pending": words("Đang hòa giải", "Under way"),
                SUCCEEDED: words("Hòa giải thành", "Settled"),
                "failed": words("Hòa giải không thành", "Not settled"),
            },
        ),
    ),
    title_field="matter",
    date_field="mediated_on",
    list_fields=("place", "field", "result"),
    order=70,
)

CRITERIA = {
    "mass": words("Đông người", "Crowded"),
    "complex": words("Phức tạp", "Complex"),
    "prolonged": words("Kéo dài", "Prolonged"),
}
OUTCOMES = {
    "open": words("Đang xem xét, giải quyết", "Being settled"),
    "carried_out": words("Đã thi hành xong phương án, quyết định", "The plan or decision was carried out"),
    "withdrawn": words("Công dân rút đơn", "The citizen withdrew"),
    "ended": words("Đã thông báo chấm dứt xem xét", "Notice that the review ended"),
    "in_court": words("Đang ở tòa án", "In court"),
    "policy": words("Vướng mắc chính sách", "A difficulty of policy"),
}
SETTLED = ("carried_out", "withdrawn", "ended")
ENFORCEMENT = {
    "none": words("Chưa có quyết định, kết luận có hiệu lực", "No decision in legal effect yet"),
    IN_EFFECT: words("Có hiệu lực, chưa thi hành xong", "In effect, not yet carried out"),
    "done": words("Đã thi hành xong", "Carried out"),
}

PRIORITY_CASES = Register(
    key="priority-cases",
    version=1,
    title=words("Vụ việc đông người, phức tạp, kéo dài", "Crowded, complex and prolonged cases"),
    entry=words("vụ việc", "case"),
    summary=words(
        "Vụ việc được ưu tiên rà soát, giải quyết dứt điểm, và việc thi hành quyết định, kết luận có hiệu lực.",
        "Cases reviewed and settled first, and the carrying out of decisions and conclusions in legal effect.",
    ),
    schema=entry_of(
        ("matter", "listed_on", "criterion", "outcome", "enforcement"),
        matter=line("Nội dung", "Matter", longest=300, help=_NO_NAMES),
        listed_on=day("Ngày đưa vào danh sách", "Day listed"),
        criterion=choice("Tính chất chính", "Mainly", CRITERIA),
        place=line("Địa bàn", "Area"),
        people=number("Số người", "People", smallest=1),
        since=day("Phát sinh từ", "Since"),
        level_skipping=yes_no("Vượt cấp", "Level-skipping"),
        leader=line("Lãnh đạo phụ trách", "Leader in charge", help=words("Ghi chức danh.", "The office held.")),
        representative=line(
            "Người đại diện, cách liên hệ",
            "Representative and how to reach them",
            help=words("Không ghi người tố cáo.", "Never a denouncer."),
            private=True,
        ),
        review=line("Kết quả rà soát, phương án", "Review and plan", longest=2_000),
        next_on=day("Mốc tiếp theo", "Next date"),
        outcome=choice("Kết quả", "Outcome", OUTCOMES),
        enforcement=choice(
            "Quyết định giải quyết khiếu nại, kết luận nội dung tố cáo", "Decision or conclusion", ENFORCEMENT
        ),
    ),
    title_field="matter",
    date_field="listed_on",
    list_fields=("criterion", "place", "outcome", "enforcement", "next_on"),
    for_head=True,
    order=80,
)

# Such petitions are settled first; the carrying out of what is in effect is checked (review of 14/5/2024).
PRIORITY = Form(
    key="priority",
    version=1,
    title=words("Ưu tiên giải quyết", "Settled first"),
    schema=entry_of(
        ("criterion",),
        priority=yes_no(
            "Vụ việc đông người, phức tạp, kéo dài cần ưu tiên", "Crowded, complex or prolonged: to be settled first"
        ),
        criterion=when(choice("Tính chất chính", "Mainly", CRITERIA), priority=True),
        leader=when(
            line("Lãnh đạo phụ trách", "Leader in charge", help=words("Ghi chức danh.", "The office held.")),
            priority=True,
        ),
        enforcement=when(
            choice("Quyết định, kết luận có hiệu lực", "Decision or conclusion in legal effect", ENFORCEMENT),
            priority=True,
        ),
    ),
)
