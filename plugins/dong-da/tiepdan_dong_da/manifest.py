"""What the plugin says of itself, and its settings: an order has effect only once the document behind it is named."""

from tiepdan.sdk import Level, Manifest
from tiepdan_dong_da.fields import line, words

REVIEW_FROM_MONTH = 11

MANIFEST = Manifest(
    name="dong-da",
    title=words("Quận ủy Đống Đa", "Đống Đa district committee"),
    summary=words(
        "Sổ văn bản chỉ đạo, tập huấn, khen thưởng, học tập và làm theo, hòa giải, vụ việc kéo dài; sơ kết, tổng kết "
        "nhiều năm Chỉ thị 35, Quy định 11, Kết luận 01.",
        "Registers of steering documents, training, commendations, studying and following, mediation, prolonged cases; "
        "reviews over several years of Directive 35, Regulation 11, Conclusion 01.",
    ),
    api=">=1.1,<2",
    level=Level.DISTRICT,
    settings={
        "type": "object",
        "properties": {
            "appraise_from_month": {
                "type": "integer",
                "minimum": 1,
                "maximum": 12,
                "default": REVIEW_FROM_MONTH,
                "x-label": words("Nhắc đánh giá đăng ký từ tháng", "Remind of the appraisal from month"),
                "x-help": words(
                    "Cuối năm, cùng kiểm điểm, đánh giá cán bộ, đảng viên.",
                    "At the year's end, together with the appraisal of officials.",
                ),
            },
            "handling_days": {
                "type": "integer",
                "minimum": 1,
                "maximum": 10,
                "x-label": words("Hạn xử lý đơn ban đầu của quận", "The district's limit of initial handling"),
                "x-help": words(
                    "Số ngày làm việc, nhiều nhất 10 (luật). Bỏ trống: theo luật.",
                    "Working days, at most 10 (the law's). Empty: as the law says.",
                ),
            },
            "handling_source": line("Văn bản quy định hạn đó", "Document that orders that limit"),
            "review_source": line(
                "Văn bản yêu cầu gửi sơ kết hằng năm lên cấp trên",
                "Document that orders the yearly review to be sent up",
                help=words(
                    "Bỏ trống: báo cáo sơ kết giữ tại quận.", "Empty: the yearly review stays with the district."
                ),
            ),
            "overdue_body": {
                "type": "string",
                "pattern": "^[a-z0-9-]+$",
                "maxLength": 100,
                "x-label": words("Cơ quan đôn đốc việc quá hạn", "Body that urges overdue work"),
                "x-help": words(
                    "Mã đơn vị, như phần sau /t/ trong địa chỉ trang. Bỏ trống: theo bậc của nền tảng.",
                    "Its code, as after /t/ in its address. Empty: as the platform's ladder says.",
                ),
            },
            "overdue_source": line("Văn bản giao cơ quan đó đôn đốc", "Document that gives it this task"),
        },
    },
)
