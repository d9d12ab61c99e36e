"""The assessment that goes with the figures of a report (Quy định 11-QĐi/TW, Điều 3): written when they are frozen."""

from tiepdan.sdk import Form

ASSESSMENT = Form(
    key="assessment",
    version=1,
    title={"vi": "Phần nhận xét", "en": "Assessment"},
    schema={
        "type": "object",
        "properties": {
            "results": {
                "type": "string",
                "maxLength": 4000,
                "x-step": {"vi": "Kết quả", "en": "Results"},
                "x-label": {"vi": "Kết quả nổi bật", "en": "Main results"},
            },
            "shortcomings": {
                "type": "string",
                "maxLength": 4000,
                "x-label": {"vi": "Hạn chế, nguyên nhân", "en": "Shortcomings and reasons"},
            },
            "plans": {
                "type": "string",
                "maxLength": 4000,
                "x-step": {"vi": "Thời gian tới", "en": "What comes next"},
                "x-label": {"vi": "Nhiệm vụ trọng tâm", "en": "Main tasks"},
            },
            "proposals": {
                "type": "string",
                "maxLength": 4000,
                "x-label": {"vi": "Kiến nghị với cấp trên", "en": "Proposals to the superior"},
            },
        },
    },
)
