"""Training classes (lớp tập huấn) on citizen reception and on settling complaints and denunciations."""

from tiepdan.sdk import Register
from tiepdan_dong_da.fields import choice, day, entry_of, line, number, words
from tiepdan_dong_da.programmes import LEVELS, PROGRAMMES

CLASSES = Register(
    key="training-classes",
    version=1,
    title=words("Lớp tập huấn", "Training classes"),
    entry=words("lớp tập huấn", "training class"),
    summary=words(
        "Lớp về tiếp công dân, giải quyết khiếu nại, tố cáo: chuyên đề, ngày, nơi tổ chức, số người, kinh phí.",
        "Classes on reception and on complaints and denunciations: topic, day, organiser, participants, budget.",
    ),
    schema=entry_of(
        ("topic", "opened_on", "organiser", "level", "programme", "participants"),
        topic=line("Chuyên đề", "Topic", longest=300),
        opened_on=day("Ngày khai giảng", "First day"),
        closed_on=day("Ngày bế giảng", "Last day", help=words("Bỏ trống nếu trong một ngày.", "Empty for one day.")),
        organiser=line("Đơn vị tổ chức", "Organiser"),
        level=choice(
            "Cấp tổ chức",
            "Level",
            LEVELS,
            help=words(
                "Lớp của Trung ương, thành phố mà quận cử người dự không tính là lớp của quận.",
                "A class of the centre or the city that the district's people attend is not the district's own.",
            ),
        ),
        programme=choice("Thực hiện", "Carries out", PROGRAMMES),
        participants=number("Số người dự", "Participants", smallest=1),
        budget=number("Kinh phí (triệu đồng)", "Budget (million đồng)"),
    ),
    title_field="topic",
    date_field="opened_on",
    list_fields=("organiser", "level", "programme", "participants"),
    order=30,
)
