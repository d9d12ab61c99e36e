"""What is written down with given work and with its result; both go to the other body with it.

After a conclusion notice each body reports what it did and by which document (Nghị định 154/2026/NĐ-CP, Điều 25
khoản 2; Quy định 11-QĐi/TW, Điều 3).
"""

from tiepdan.sdk import Form

TASK = Form(
    key="task",
    version=1,
    title={"vi": "Xuất xứ của việc giao", "en": "Where the work comes from"},
    schema={
        "type": "object",
        "properties": {
            "from": {
                "type": "string",
                "enum": ["reception", "superior", "inspection", "own"],
                "x-width": "half",
                "x-label": {"vi": "Việc phát sinh từ", "en": "The work arose from"},
                "x-choices": {
                    "reception": {"vi": "Buổi tiếp công dân", "en": "A reception of citizens"},
                    "superior": {"vi": "Chỉ đạo của cấp trên", "en": "An instruction from above"},
                    "inspection": {"vi": "Kiểm tra, thanh tra, giám sát", "en": "An inspection or supervision"},
                    "own": {"vi": "Rà soát của đơn vị", "en": "The body's own review"},
                },
            },
            "document_number": {
                "type": "string",
                "maxLength": 60,
                "x-width": "half",
                "x-label": {"vi": "Số văn bản làm căn cứ", "en": "Number of the document"},
                "x-when": {"from": ["superior", "inspection"]},
            },
        },
    },
)

RESULT = Form(
    key="result",
    version=1,
    title={"vi": "Văn bản kết quả", "en": "Document of the result"},
    schema={
        "type": "object",
        "properties": {
            "outcome": {
                "type": "string",
                "enum": ["settled", "partly", "impossible"],
                "x-label": {"vi": "Mức độ giải quyết", "en": "How far it is settled"},
                "x-choices": {
                    "settled": {"vi": "Giải quyết xong", "en": "Settled"},
                    "partly": {"vi": "Giải quyết một phần", "en": "Partly"},
                    "impossible": {"vi": "Không giải quyết được", "en": "Cannot be settled"},
                },
            },
            "document_number": {
                "type": "string",
                "maxLength": 60,
                "x-width": "half",
                "x-label": {"vi": "Số văn bản trả lời", "en": "Number of the answer"},
            },
            "document_on": {
                "type": "string",
                "format": "date",
                "x-width": "half",
                "x-label": {"vi": "Ngày văn bản trả lời", "en": "Day of the answer"},
            },
            "left": {
                "type": "string",
                "maxLength": 2000,
                "x-label": {"vi": "Phần còn lại, vướng mắc", "en": "What is left, and why"},
                "x-when": {"outcome": ["partly", "impossible"]},
            },
        },
        "required": ["outcome", "left"],
    },
)
