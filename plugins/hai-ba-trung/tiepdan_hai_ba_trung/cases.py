"""Cases under a superior's instruction: crowded, complex, prolonged ones, reviewed under the named plans."""

from tiepdan.sdk import Register

SUPERIORS = {
    "prime_minister": {"vi": "Thủ tướng, Phó Thủ tướng Chính phủ", "en": "Prime Minister or a deputy"},
    "ministry": {"vi": "Bộ, ngành Trung ương", "en": "Ministries and central bodies"},
    "city_party": {"vi": "Thành ủy", "en": "City party committee"},
    "city": {"vi": "UBND Thành phố", "en": "City people's committee"},
    "district": {"vi": "UBND quận", "en": "District people's committee"},
}
PLANS = {
    "kh363": {"vi": "Kế hoạch 363/KH-TTCP ngày 20/3/2019", "en": "Plan 363/KH-TTCP of 20/3/2019"},
    "kh191": {"vi": "Kế hoạch 191/KH-UBND ngày 19/8/2019", "en": "Plan 191/KH-UBND of 19/8/2019"},
    "qd1849": {"vi": "Tổ công tác theo QĐ 1849/QĐ-TTg ngày 27/12/2018", "en": "Working group of QĐ 1849/QĐ-TTg"},
    "none": {"vi": "Không thuộc kế hoạch nào", "en": "Under none of the plans"},
}
CRITERIA = {
    "instructed": {
        "vi": "Đã có chỉ đạo của Thủ tướng nhưng còn vướng mắc, công dân tiếp tục khiếu kiện",
        "en": "Directed by the Prime Minister, stuck, people persist",
    },
    "settled": {
        "vi": "Đã giải quyết đúng thẩm quyền, trình tự, quyết định có hiệu lực, công dân tiếp tục khiếu kiện",
        "en": "Settled lawfully, the decision in effect, people persist",
    },
    "other": {"vi": "Tiêu chí khác của kế hoạch", "en": "Another criterion of the plan"},
}
REVIEWS = {
    "waiting": {"vi": "Chưa rà soát", "en": "Not reviewed yet"},
    "team": {"vi": "Đã lập tổ, đoàn rà soát", "en": "A team reviews it"},
    "plan": {"vi": "Đã có phương án giải quyết", "en": "A plan to settle it was made"},
    "dialogue": {"vi": "Đã đối thoại", "en": "A dialogue was held"},
    "policy": {"vi": "Vướng mắc chính sách, đã báo cáo cấp trên", "en": "A problem of policy, reported upwards"},
}
OPEN = "open"
OUTCOMES = {
    OPEN: {"vi": "Đang giải quyết", "en": "Going on"},
    "withdrawn": {"vi": "Công dân rút đơn, chấm dứt khiếu kiện", "en": "Withdrawn"},
    "executed": {"vi": "Đã thực hiện xong phương án", "en": "The plan was carried out"},
    "ended": {"vi": "Đã thông báo chấm dứt xem xét", "en": "Notice that the review ends"},
    "in_court": {"vi": "Tòa án đang thụ lý", "en": "In court"},
    "policy": {"vi": "Dừng vì vướng mắc chính sách", "en": "Stopped by a difficulty of policy"},
    "other": {"vi": "Kết thúc khác", "en": "Ended otherwise"},
}
ENDED = [outcome for outcome in OUTCOMES if outcome != OPEN]

CASES = Register(
    key="instructed-cases",
    version=1,
    title={"vi": "Vụ việc có ý kiến chỉ đạo", "en": "Cases under instruction"},
    entry={"vi": "vụ việc", "en": "case"},
    summary={
        "vi": "Vụ việc khiếu nại, tố cáo đã có chỉ đạo của Thủ tướng, bộ ngành, Thành phố, quận; đông người, phức tạp, "
        "kéo dài.",
        "en": "Cases that the Prime Minister, a ministry, the city or the district has directed; crowded, complex, "
        "prolonged.",
    },
    schema={
        "type": "object",
        "properties": {
            "subject": {
                "type": "string",
                "maxLength": 200,
                "x-label": {"vi": "Vụ việc", "en": "Case"},
                "x-help": {"vi": "Không ghi tên công dân.", "en": "Without names of citizens."},
            },
            "followed_on": {
                "type": "string",
                "format": "date",
                "x-label": {"vi": "Ngày đưa vào theo dõi", "en": "Followed since"},
            },
            "superior": {
                "type": "string",
                "enum": list(SUPERIORS),
                "x-label": {"vi": "Cấp chỉ đạo", "en": "Who directed it"},
                "x-choices": SUPERIORS,
            },
            "document_number": {
                "type": "string",
                "maxLength": 60,
                "x-label": {"vi": "Số văn bản chỉ đạo", "en": "Number of the document"},
                "x-help": {"vi": "Ví dụ 1094/UBND-BTCD.", "en": "Such as 1094/UBND-BTCD."},
            },
            "document_on": {
                "type": "string",
                "format": "date",
                "x-label": {"vi": "Ngày văn bản chỉ đạo", "en": "Day of the document"},
            },
            "plan": {
                "type": "string",
                "enum": list(PLANS),
                "x-label": {"vi": "Thuộc kế hoạch", "en": "Under the plan"},
                "x-choices": PLANS,
            },
            "criterion": {
                "type": "string",
                "enum": list(CRITERIA),
                "x-label": {"vi": "Tiêu chí", "en": "Criterion"},
                "x-choices": CRITERIA,
            },
            "since_on": {
                "type": "string",
                "format": "date",
                "x-label": {"vi": "Khiếu kiện từ ngày", "en": "Going on since"},
            },
            "people_count": {
                "type": "integer",
                "minimum": 1,
                "maximum": 100000,
                "x-label": {"vi": "Số người", "en": "Number of people"},
            },
            "people": {
                "type": "string",
                "maxLength": 2000,
                "x-private": True,
                "x-label": {"vi": "Họ tên, địa chỉ công dân", "en": "Names and addresses of the citizens"},
                "x-help": {
                    "vi": "Giữ kín: không vào danh sách, báo cáo, tệp xuất.",
                    "en": "Kept in the vault: never listed, reported or exported.",
                },
            },
            "hotspot": {"type": "boolean", "x-label": {"vi": "Điểm nóng", "en": "Hot spot"}},
            "level_skipping": {"type": "boolean", "x-label": {"vi": "Vượt cấp", "en": "Level-skipping"}},
            "review": {
                "type": "string",
                "enum": list(REVIEWS),
                "x-label": {"vi": "Kết quả kiểm tra, rà soát", "en": "Result of the review"},
                "x-choices": REVIEWS,
            },
            "review_note": {
                "type": "string",
                "maxLength": 2000,
                "x-label": {"vi": "Nội dung rà soát, phương án", "en": "What the review found, the plan"},
                "x-help": {"vi": "Không ghi tên công dân.", "en": "Without names of citizens."},
            },
            "outcome": {
                "type": "string",
                "enum": list(OUTCOMES),
                "x-label": {"vi": "Kết quả", "en": "Outcome"},
                "x-choices": OUTCOMES,
            },
            "leader": {
                "type": "string",
                "maxLength": 120,
                "x-label": {"vi": "Lãnh đạo được giao", "en": "Leader in charge"},
            },
            "next_on": {
                "type": "string",
                "format": "date",
                "x-label": {"vi": "Ngày làm việc tiếp theo", "en": "Next date"},
            },
        },
        "required": [
            "subject", "followed_on", "superior", "document_number", "document_on", "plan", "people_count", "review",
            "outcome",
        ],
    },
    title_field="subject",
    date_field="followed_on",
    list_fields=("superior", "plan", "people_count", "outcome", "next_on"),
    numbered=True,
    for_head=True,
    order=10,
)  # fmt: skip
