"""The province's settings: each rule has its document, and without it the rule is off."""

from tiepdan_level_province.meetings import DUE_DAY


def _document(vi: str, en: str, help_vi: str, help_en: str) -> dict[str, object]:
    return {
        "type": "string",
        "maxLength": 200,
        "x-label": {"vi": vi, "en": en},
        "x-help": {"vi": help_vi, "en": help_en},
    }


SETTINGS: dict[str, object] = {
    "type": "object",
    "properties": {
        "report_source": _document(
            "Văn bản yêu cầu gửi tài liệu giao ban",
            "Document that orders the pack to be sent",
            "Có văn bản thì gửi cấp trên; bỏ trống: lưu tại đơn vị.",
            "Named: it goes to the superior. Empty: it stays here.",
        ),
        "report_due_day": {
            "type": "integer",
            "minimum": 1,
            "maximum": 28,
            "default": DUE_DAY,
            "x-label": {"vi": "Ngày chốt tài liệu giao ban", "en": "Day the pack is due"},
            "x-help": {"vi": "Ngày của tháng sau kỳ báo cáo.", "en": "Of the month after the period."},
        },
        "limit_source": _document(
            "Văn bản quy định hạn xử lý đơn ban đầu",
            "Document on the limit of initial handling",
            "Bỏ trống: theo luật.",
            "Empty: as the law says.",
        ),
        "handling_days": {
            "type": "integer",
            "minimum": 1,
            "maximum": 10,
            "x-label": {"vi": "Xử lý đơn ban đầu (ngày làm việc)", "en": "Initial handling (working days)"},
            "x-help": {
                "vi": "Nhiều nhất 10 (Luật Tiếp công dân 42/2013/QH13, Điều 28).",
                "en": "At most 10 (Law on Citizen Reception 42/2013/QH13, Article 28).",
            },
        },
        "overdue_source": _document(
            "Văn bản quy định báo việc quá hạn",
            "Document that orders overdue work to be told",
            "Bỏ trống: chỉ báo theo bậc của nền tảng.",
            "Empty: only as the platform's ladder says.",
        ),
        "overdue_body": {
            "type": "string",
            "pattern": "^[a-z0-9-]+$",
            "maxLength": 63,
            "x-label": {"vi": "Cơ quan được báo việc quá hạn", "en": "Body told of overdue work"},
            "x-help": {"vi": "Mã đơn vị, như phần sau /t/.", "en": "Its code, as after /t/ in its address."},
        },
        "overdue_days": {
            "type": "integer",
            "minimum": 1,
            "maximum": 60,
            "default": 1,
            "x-label": {"vi": "Báo từ ngày quá hạn thứ", "en": "Told from the day overdue"},
        },
        "share_source": _document(
            "Văn bản quy định phần chia sẻ lên cấp trên",
            "Document on what is shared upwards",
            "Bỏ trống: theo nền tảng.",
            "Empty: as the platform does.",
        ),
        "share_counts_only": {
            "type": "boolean",
            "default": False,
            "x-label": {"vi": "Chỉ chia sẻ số đếm", "en": "Share counts only"},
            "x-help": {
                "vi": "Không chọn: chia sẻ tóm tắt, không kèm nội dung. Chỉ có hiệu lực khi nêu văn bản.",
                "en": "Otherwise summaries without the text. It holds only when the document is named.",
            },
        },
        "judicial_source": _document(
            "Văn bản về đơn lĩnh vực tư pháp",
            "Document on petitions about the judiciary",
            "Có văn bản thì nhắc xem thẩm quyền trước khi thụ lý.",
            "Named: a warning before such a petition is taken on.",
        ),
    },
}
