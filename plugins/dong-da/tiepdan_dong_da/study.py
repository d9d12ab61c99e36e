"""Studying and following (học tập và làm theo): a topic each year, booklets handed out, registrations, year-end review.

Every cell and official registers what they will do; at the end of the year that is judged with the yearly appraisal.
"""

from tiepdan.sdk import Register
from tiepdan_dong_da.fields import choice, day, entry_of, line, number, when, words

# A choice, not a number, so that a figure over several years can be broken down by it; Kết luận 01 is of 2021.
YEARS = {str(year): words(str(year), str(year)) for year in range(2021, 2031)}

BOOKLETS = Register(
    key="booklets",
    version=1,
    title=words("Cấp phát tài liệu học tập chuyên đề", "Booklets of the yearly topic"),
    entry=words("lần cấp phát", "issue"),
    summary=words(
        "Cuốn học tập chuyên đề cấp cho chi bộ, đảng bộ và cán bộ chủ chốt; mỗi nơi nhận một dòng.",
        "Booklets handed to cells, party bodies and key officials; one line for each receiver.",
    ),
    schema=entry_of(
        ("receiver", "issued_on", "study_year", "copies"),
        receiver=line("Nơi nhận", "Receiver"),
        issued_on=day("Ngày cấp phát", "Day issued"),
        study_year=choice("Chuyên đề năm", "Topic of", YEARS),
        topic=line("Tên chuyên đề", "Topic", longest=300),
        copies=number("Số cuốn", "Copies", smallest=1),
    ),
    title_field="receiver",
    date_field="issued_on",
    list_fields=("study_year", "copies"),
    order=50,
)

CELL, OFFICIAL = "cell", "official"
JUDGED = ("excellent", "done", "partly", "not_done")
PENDING = "pending"

REGISTRATIONS = Register(
    key="registrations",
    version=1,
    title=words("Đăng ký học tập và làm theo", "Yearly registrations"),
    entry=words("đăng ký", "registration"),
    summary=words(
        "Đăng ký của chi bộ và của từng cán bộ trong năm; cuối năm ghi kết quả đánh giá vào chính dòng đó.",
        "What cells and officials register for the year; at its end the appraisal is written into the same line.",
    ),
    schema=entry_of(
        ("unit", "registered_on", "study_year", "by", "person", "pledge"),
        unit=line("Chi bộ, đơn vị", "Cell or unit"),
        registered_on=day("Ngày đăng ký", "Day registered"),
        study_year=choice("Năm đăng ký", "Year", YEARS),
        by=choice(
            "Đăng ký của",
            "Registered by",
            {CELL: words("Chi bộ, tập thể", "Cell or collective"), OFFICIAL: words("Cá nhân", "Official")},
        ),
        person=when(
            line(
                "Họ tên, chức vụ",
                "Name and office",
                help=words("Chỉ hiện với người giữ sổ.", "Shown only to those who keep the register."),
                private=True,
            ),
            by=OFFICIAL,
        ),
        pledge=line("Nội dung đăng ký", "What was registered", longest=2_000),
        appraisal=choice(
            "Đánh giá cuối năm",
            "Year-end appraisal",
            {
                PENDING: words("Chưa đánh giá", "Not yet"),
                "excellent": words("Hoàn thành xuất sắc", "Done excellently"),
                "done": words("Hoàn thành", "Done"),
                "partly": words("Hoàn thành một phần", "Partly done"),
                "not_done": words("Không hoàn thành", "Not done"),
            },
            help=words("Kết hợp với kiểm điểm, đánh giá cuối năm.", "Together with the appraisal at the year's end."),
        ),
    ),
    title_field="unit",
    date_field="registered_on",
    list_fields=("study_year", "by", "appraisal"),
    order=60,
)
