"""Steering documents (văn bản lãnh đạo, chỉ đạo) and conferences (hội nghị) that spread and review a programme."""

from tiepdan.sdk import Register
from tiepdan_dong_da.fields import choice, day, entry_of, line, number, words
from tiepdan_dong_da.programmes import PROGRAMMES

OWN = "district_committee"  # issued by the district committee or its standing committee

ISSUERS = {
    OWN: words("Quận ủy, Ban Thường vụ Quận ủy", "District party committee or its standing committee"),
    "district_peoples_committee": words("UBND quận", "District people's committee"),
    "district_office": words("Ban đảng, phòng, ngành của quận", "Office of the district"),
    "ward": words("Cấp ủy, UBND phường; cơ sở", "Ward or grass-roots body"),
}

KINDS = {
    "resolution": words("Nghị quyết", "Resolution"),
    "directive": words("Chỉ thị", "Directive"),
    "programme": words("Chương trình", "Programme"),
    "plan": words("Kế hoạch", "Plan"),
    "guidance": words("Hướng dẫn", "Guidance"),
    "decision": words("Quyết định", "Decision"),
    "notice": words("Thông báo, kết luận", "Notice or conclusion"),
    "letter": words("Công văn", "Official letter"),
    "report": words("Báo cáo", "Report"),
}

DOCUMENTS = Register(
    key="steering-documents",
    version=1,
    title=words("Văn bản lãnh đạo, chỉ đạo", "Steering documents"),
    entry=words("văn bản", "document"),
    summary=words(
        "Văn bản quận ban hành để thực hiện Chỉ thị 35, Quy định 11, Kết luận 01; mỗi văn bản một dòng.",
        "Documents issued to carry out Directive 35, Regulation 11, Conclusion 01; one line each.",
    ),
    schema=entry_of(
        ("subject", "number", "issued_on", "kind", "issuer", "programme"),
        subject=line("Trích yếu", "Subject", longest=300),
        number=line("Số, ký hiệu", "Number", longest=60, help=words("Ví dụ 85-KH/QU.", "Such as 85-KH/QU.")),
        issued_on=day("Ngày ban hành", "Day issued"),
        kind=choice("Loại văn bản", "Kind", KINDS),
        issuer=choice("Nơi ban hành", "Issued by", ISSUERS),
        programme=choice("Thực hiện", "Carries out", PROGRAMMES),
        carries_out=line(
            "Văn bản cấp trên được thực hiện",
            "Superior document it carries out",
            help=words("Khi có văn bản của Thành ủy, UBND thành phố.", "Where there is one of the city."),
        ),
    ),
    title_field="subject",
    date_field="issued_on",
    list_fields=("number", "kind", "issuer", "programme"),
    order=10,
)

SPREADING, INTERIM, FINAL, STUDY = "dissemination", "interim_review", "final_review", "study"

CONFERENCE_KINDS = {
    SPREADING: words("Phổ biến, quán triệt", "Dissemination"),
    INTERIM: words("Sơ kết", "Interim review"),
    FINAL: words("Tổng kết", "Final review"),
    STUDY: words("Học tập chuyên đề", "Study of the yearly topic"),
}

CONFERENCES = Register(
    key="conferences",
    version=1,
    title=words("Hội nghị quán triệt, sơ kết, tổng kết", "Conferences"),
    entry=words("hội nghị", "conference"),
    summary=words(
        "Hội nghị phổ biến, học tập, sơ kết, tổng kết; từ đây in giấy mời.",
        "Dissemination, study and review conferences; invitations are printed from here.",
    ),
    schema=entry_of(
        ("subject", "held_on", "kind", "programme"),
        subject=line("Nội dung hội nghị", "Subject", longest=300),
        held_on=day("Ngày tổ chức", "Day"),
        starts_at=line("Giờ", "Time", longest=20, help=words("Ví dụ 8 giờ 00.", "Such as 8:00.")),
        place=line("Địa điểm", "Place"),
        kind=choice("Loại hội nghị", "Kind", CONFERENCE_KINDS),
        programme=choice("Thực hiện", "Carries out", PROGRAMMES),
        form=choice(
            "Hình thức",
            "Form",
            {
                "in_person": words("Trực tiếp", "In person"),
                "online": words("Trực tuyến", "Online"),
                "both": words("Trực tiếp và trực tuyến", "In person and online"),
            },
        ),
        chaired_by=line("Chủ trì", "Chaired by", help=words("Ghi chức danh.", "The office held, not the name.")),
        attendance=number(
            "Số người dự", "Attendance", help=words("Ghi sau hội nghị.", "Written down after the conference.")
        ),
    ),
    title_field="subject",
    date_field="held_on",
    list_fields=("kind", "programme", "place", "attendance"),
    order=20,
)
