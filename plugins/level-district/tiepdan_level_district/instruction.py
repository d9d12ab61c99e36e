"""Under whose instruction a crowded, complex or prolonged matter is: a part of a petition's form.

Such matters are followed under KH 363/KH-TTCP of 20/3/2019 and QĐ 1849/QĐ-TTg of 27/12/2018; the instruction is
registered with the petition it is about.
"""

from tiepdan.sdk import Form

INSTRUCTION = Form(
    key="instruction",
    version=2,
    title={"vi": "Chỉ đạo của cấp trên", "en": "Instruction from above"},
    schema={
        "type": "object",
        "properties": {
            "instructed": {
                "type": "boolean",
                "x-goes-up": True,
                "x-label": {
                    "vi": "Vụ việc đông người, phức tạp, kéo dài có chỉ đạo của cấp trên",
                    "en": "A crowded, complex or prolonged matter under instruction",
                },
            },
            "document_number": {
                "type": "string",
                "maxLength": 60,
                "x-width": "half",
                "x-label": {"vi": "Số văn bản chỉ đạo", "en": "Number of the document"},
                "x-help": {"vi": "Ví dụ 1094/UBND-BTCD. Ghi khi có chỉ đạo.", "en": "Such as 1094/UBND-BTCD."},
                "x-when": {"instructed": True},
            },
            "document_on": {
                "type": "string",
                "format": "date",
                "x-width": "half",
                "x-label": {"vi": "Ngày văn bản chỉ đạo", "en": "Day of the document"},
                "x-when": {"instructed": True},
            },
            "issuer": {
                "type": "string",
                "maxLength": 200,
                "x-label": {"vi": "Cơ quan chỉ đạo", "en": "Body that instructs"},
                "x-when": {"instructed": True},
            },
        },
        "required": ["document_number", "document_on", "issuer"],
    },
)
