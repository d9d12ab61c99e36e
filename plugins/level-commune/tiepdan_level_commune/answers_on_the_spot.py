"""How a reception went, written down with its conclusion notice: what was answered at once, and where people met.

Source: Nghị định 154/2026/NĐ-CP, Điều 25 khoản 2; Quy định 11-QĐi/TW, Điều 4.
"""

from tiepdan.sdk import Form

ON_CONCLUSION = Form(
    key="reception",
    version=1,
    title={"vi": "Diễn biến buổi tiếp", "en": "How the reception went"},
    schema={
        "type": "object",
        "properties": {
            "answered": {
                "type": "integer",
                "minimum": 0,
                "maximum": 1000,
                "x-width": "half",
                "x-label": {"vi": "Ý kiến trả lời ngay tại buổi tiếp", "en": "Questions answered at once"},
            },
            "left": {
                "type": "integer",
                "minimum": 0,
                "maximum": 1000,
                "x-width": "half",
                "x-label": {"vi": "Ý kiến giao cơ quan trả lời sau", "en": "Questions to be answered later"},
            },
            "on_site": {
                "type": "boolean",
                "x-label": {"vi": "Có kiểm tra thực địa", "en": "The place was inspected"},
            },
            "hamlet": {
                "type": "string",
                "maxLength": 100,
                "x-label": {"vi": "Thôn, tổ dân phố nơi kiểm tra", "en": "Hamlet that was inspected"},
                "x-when": {"on_site": True},
            },
        },
        "required": ["hamlet"],
    },
)
