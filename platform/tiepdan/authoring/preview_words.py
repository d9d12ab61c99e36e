"""The words of a preview: what the tables and keys of a plugin written as data are called on the page."""

from flask_babel import lazy_gettext as _l

_TABLES = {
    "form": _l("Phần thêm vào biểu mẫu"),
    "register": _l("Sổ"),
    "report": _l("Báo cáo"),
    "deadline": _l("Thời hạn chặt hơn luật"),
    "escalation": _l("Báo quá hạn cho ai"),
    "card": _l("Thẻ trên trang đầu"),
    "share": _l("Chia sẻ lên cấp trên"),
    "hint": _l("Gợi ý phân loại"),
    "objection": _l("Ý kiến về thẩm quyền"),
    "reply": _l("Kiểm tra văn bản trả lời"),
    "document": _l("Mẫu văn bản"),
    "page": _l("Trang"),
    "notice": _l("Nhắc việc khi có sự kiện"),
}
_FIELDS = {
    "about": _l("Trích yếu"),
    "after_days": _l("Sau số ngày quá hạn"),
    "any_of": _l("Từ ngữ"),
    "at_least": _l("Ít nhất"),
    "at_most": _l("Nhiều nhất"),
    "because": _l("Vì sao"),
    "blocking": _l("Chặn lại"),
    "blocks": _l("Các phần"),
    "body": _l("Nội dung"),
    "due_day": _l("Hạn gửi, ngày trong tháng"),
    "field": _l("Lĩnh vực"),
    "first_day": _l("Ngày chốt số liệu"),
    "forbids": _l("Không được có"),
    "key": _l("Khóa"),
    "kind": _l("Loại"),
    "menu": _l("Có trong danh mục"),
    "message": _l("Lời nhắc"),
    "needs": _l("Phải có"),
    "reason": _l("Lý do"),
    "receivers": _l("Nơi nhận"),
    "sections": _l("Bố cục"),
    "signer": _l("Người ký"),
    "source": _l("Văn bản"),
    "spans": _l("Kỳ báo cáo"),
    "text": _l("Nội dung"),
    "to": _l("Gửi tới"),
    "tone": _l("Mức độ"),
    "url": _l("Dẫn tới"),
    "valid_from": _l("Từ ngày"),
    "valid_to": _l("Đến ngày"),
    "version": _l("Phiên bản"),
    "warn_before": _l("Nhắc trước số ngày"),
}


def name_table(table: str) -> str:
    """Name what a table adds."""
    return str(_TABLES.get(table, table))


def name_field(field: str) -> str:
    """Name a key; one that is new to this page by its own word."""
    return str(_FIELDS.get(field, field))
