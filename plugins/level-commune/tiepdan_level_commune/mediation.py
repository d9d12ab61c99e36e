"""Mediation at the grass roots (hòa giải ở cơ sở): on a petition's form, in a register of its own, as minutes.

Source: Luật Hòa giải ở cơ sở 35/2013/QH13.
"""

from tiepdan.sdk import DocumentTemplate, Form, Hint, Paper, PetitionKind, Register

LAW = "Luật Hòa giải ở cơ sở 35/2013/QH13"
AGREED, FAILED, GOING_ON = "agreed", "failed", "going_on"
OUTCOMES = {
    AGREED: {"vi": "Hòa giải thành", "en": "Settled"},
    FAILED: {"vi": "Hòa giải không thành", "en": "Not settled"},
    GOING_ON: {"vi": "Đang hòa giải", "en": "Going on"},
}
KINDS = {
    "living": {"vi": "Mâu thuẫn trong sinh hoạt", "en": "Living together"},
    "land": {"vi": "Đất đai, ranh giới, lối đi", "en": "Land, boundaries, ways"},
    "civil": {"vi": "Dân sự khác", "en": "Other civil disputes"},
    "family": {"vi": "Hôn nhân và gia đình", "en": "Marriage and family"},
    "environment": {"vi": "Vệ sinh, môi trường", "en": "Environment"},
    "other": {"vi": "Việc khác", "en": "Others"},
}

ON_PETITION = Form(
    key="mediation",
    version=2,
    title={"vi": "Hòa giải ở cơ sở", "en": "Mediation at the grass roots"},
    schema={
        "type": "object",
        "properties": {
            "mediated": {
                "type": "boolean",
                "x-goes-up": True,
                "x-label": {"vi": "Vụ việc đã được hòa giải ở cơ sở", "en": "The matter was mediated"},
                "x-help": {
                    "vi": "Bỏ qua với đơn tố cáo và việc không thuộc phạm vi hòa giải.",
                    "en": "Leave it for a denunciation and for what cannot be mediated.",
                },
            },
            "mediated_on": {
                "type": "string",
                "format": "date",
                "x-width": "half",
                "x-label": {"vi": "Ngày hòa giải gần nhất", "en": "Day of the last mediation"},
                "x-help": {"vi": "Ghi khi đã hòa giải.", "en": "When it was mediated."},
                "x-when": {"mediated": True},
            },
            "result": {
                "type": "string",
                "enum": list(OUTCOMES),
                "x-width": "half",
                "x-goes-up": True,
                "x-label": {"vi": "Kết quả hòa giải", "en": "Result of the mediation"},
                "x-help": {"vi": "Ghi khi đã hòa giải.", "en": "When it was mediated."},
                "x-when": {"mediated": True},
                "x-choices": OUTCOMES,
            },
        },
        "required": ["mediated_on", "result"],
    },
)

REGISTER = Register(
    key="mediations",
    version=1,
    title={"vi": "Sổ hòa giải ở cơ sở", "en": "Register of mediations"},
    entry={"vi": "vụ, việc hòa giải", "en": "mediation"},
    summary={
        "vi": "Vụ, việc do tổ hòa giải ở thôn, tổ dân phố hòa giải; tên các bên giữ kín.",
        "en": "What the mediation groups of hamlets dealt with; the parties' names stay in the vault.",
    },
    schema={
        "type": "object",
        "properties": {
            "subject": {
                "type": "string",
                "maxLength": 200,
                "x-label": {"vi": "Nội dung tranh chấp", "en": "What it is about"},
                "x-help": {"vi": "Không ghi tên các bên.", "en": "Without the parties' names."},
            },
            "mediated_on": {"type": "string", "format": "date", "x-label": {"vi": "Ngày hòa giải", "en": "Day"}},
            "kind": {
                "type": "string",
                "enum": list(KINDS),
                "x-label": {"vi": "Loại tranh chấp", "en": "Kind of dispute"},
                "x-choices": KINDS,
            },
            "hamlet": {
                "type": "string",
                "maxLength": 100,
                "x-label": {"vi": "Thôn, tổ dân phố", "en": "Hamlet"},
            },
            "group": {
                "type": "string",
                "maxLength": 100,
                "x-label": {"vi": "Tổ hòa giải", "en": "Mediation group"},
            },
            "parties": {
                "type": "string",
                "maxLength": 1000,
                "x-private": True,
                "x-label": {"vi": "Các bên", "en": "Parties"},
                "x-help": {
                    "vi": "Họ tên, địa chỉ; giữ kín, không vào danh sách và báo cáo.",
                    "en": "Names and addresses; kept in the vault, never listed or reported.",
                },
            },
            "outcome": {
                "type": "string",
                "enum": list(OUTCOMES),
                "x-label": {"vi": "Kết quả", "en": "Outcome"},
                "x-choices": OUTCOMES,
            },
            "agreement": {
                "type": "string",
                "maxLength": 2000,
                "x-private": True,
                "x-label": {"vi": "Nội dung thỏa thuận", "en": "What was agreed"},
                "x-when": {"outcome": AGREED},
            },
            "advice": {
                "type": "string",
                "maxLength": 500,
                "x-label": {"vi": "Đã hướng dẫn các bên", "en": "What the parties were told to do"},
                "x-help": {
                    "vi": "Nơi có thẩm quyền giải quyết tiếp; không ghi tên các bên.",
                    "en": "Who is competent next; without the parties' names.",
                },
                "x-when": {"outcome": FAILED},
            },
        },
        "required": ["subject", "mediated_on", "kind", "hamlet", "outcome"],
    },
    title_field="subject",
    date_field="mediated_on",
    list_fields=("kind", "hamlet", "group", "outcome"),
    numbered=True,
    order=10,
)

MINUTES = DocumentTemplate(
    key="mediation_minutes",
    version=1,
    title={"vi": "Biên bản hòa giải", "en": "Minutes of a mediation"},
    paper=Paper.REGISTER_ENTRY,
    register="mediations",
    kind="BIÊN BẢN",
    about="hòa giải ở cơ sở",
    body=(
        "Căn cứ " + LAW + ",",
        "Ngày {mediated_on}, tại {hamlet}, {group} tiến hành hòa giải vụ, việc: {subject}.",
        "Các bên: {parties}.",
        "Kết quả: {outcome}.",
        "Nội dung thỏa thuận: {agreement}",
        "Biên bản đã được đọc lại cho các bên nghe, các bên nhất trí và cùng ký tên.",
    ),
    receivers=("Các bên", "Tổ hòa giải", "Lưu"),
    signer="HÒA GIẢI VIÊN",
)

HINTS = (
    Hint(
        "neighbours",
        ("tranh chấp ranh giới", "tranh chấp lối đi", "lấn ranh", "hàng xóm lấn"),
        {
            "vi": "Tranh chấp giữa các hộ: hỏi đã hòa giải ở cơ sở chưa (" + LAW + ").",
            "en": "A dispute between households: ask whether it was mediated (Law 35/2013/QH13).",
        },
        field="land",
    ),
    Hint(
        "request",
        ("đề nghị hòa giải", "đề nghị hoà giải"),
        {
            "vi": "Đề nghị hòa giải là kiến nghị; chuyển tổ hòa giải của thôn, tổ dân phố (" + LAW + ").",
            "en": "A request for mediation is a proposal; the hamlet's group takes it (Law 35/2013/QH13).",
        },
        kind=PetitionKind.PROPOSAL,
    ),
)
