"""What is in legal effect and has to be carried out, and inspections of who is responsible for it."""

from tiepdan.sdk import Register

KINDS = {
    "complaint": {"vi": "Quyết định giải quyết khiếu nại", "en": "Decision on a complaint"},
    "denunciation": {"vi": "Kết luận nội dung tố cáo", "en": "Conclusion on a denunciation"},
    "working_group": {"vi": "Kết luận của Tổ công tác (QĐ 1849/QĐ-TTg)", "en": "Conclusion of the working group"},
}
DONE = "done"
STATES = {
    "not_begun": {"vi": "Chưa thực hiện", "en": "Not begun"},
    "partly": {"vi": "Đang thực hiện", "en": "Partly done"},
    "stuck": {"vi": "Vướng mắc", "en": "Stuck"},
    DONE: {"vi": "Đã thực hiện xong", "en": "Done"},
}
NOT_DONE = [state for state in STATES if state != DONE]
SCOPES = {
    "reception": {"vi": "Tiếp công dân", "en": "Citizen reception"},
    "petitions": {"vi": "Giải quyết khiếu nại, tố cáo", "en": "Settling complaints and denunciations"},
    "both": {"vi": "Tiếp công dân, giải quyết khiếu nại, tố cáo", "en": "Both"},
}

ENFORCEMENTS = Register(
    key="enforcements",
    version=1,
    title={"vi": "Quyết định, kết luận có hiệu lực đang thực hiện", "en": "Effective decisions being carried out"},
    entry={"vi": "quyết định, kết luận", "en": "decision or conclusion"},
    summary={
        "vi": "Quyết định giải quyết khiếu nại, kết luận tố cáo đã có hiệu lực pháp luật, theo dõi đến khi xong.",
        "en": "Decisions on complaints and conclusions on denunciations in legal effect, followed until they are done.",
    },
    schema={
        "type": "object",
        "properties": {
            "document": {
                "type": "string",
                "maxLength": 200,
                "x-label": {"vi": "Số, ngày quyết định, kết luận", "en": "Number and day of the decision"},
                "x-help": {"vi": "Không ghi tên công dân.", "en": "Without names of citizens."},
            },
            "kind": {
                "type": "string",
                "enum": list(KINDS),
                "x-label": {"vi": "Loại", "en": "Kind"},
                "x-choices": KINDS,
            },
            "effective_on": {
                "type": "string",
                "format": "date",
                "x-label": {"vi": "Ngày có hiệu lực", "en": "In effect since"},
            },
            "body": {
                "type": "string",
                "maxLength": 200,
                "x-label": {"vi": "Đơn vị thực hiện", "en": "Who carries it out"},
            },
            "due_on": {"type": "string", "format": "date", "x-label": {"vi": "Hạn thực hiện", "en": "Due on"}},
            "state": {
                "type": "string",
                "enum": list(STATES),
                "x-label": {"vi": "Tình trạng", "en": "State"},
                "x-choices": STATES,
            },
            "obstacle": {
                "type": "string",
                "maxLength": 1000,
                "x-label": {"vi": "Vướng mắc, kiến nghị", "en": "What is in the way, proposals"},
                "x-help": {"vi": "Không ghi tên công dân.", "en": "Without names of citizens."},
                "x-when": {"state": "stuck"},
            },
            "done_on": {
                "type": "string",
                "format": "date",
                "x-label": {"vi": "Ngày xong", "en": "Done on"},
                "x-when": {"state": DONE},
            },
        },
        "required": ["document", "kind", "effective_on", "body", "state", "obstacle", "done_on"],
    },
    title_field="document",
    date_field="effective_on",
    list_fields=("kind", "body", "due_on", "state"),
    numbered=True,
    order=20,
)

INSPECTIONS = Register(
    key="inspections",
    version=1,
    title={"vi": "Thanh tra, kiểm tra trách nhiệm", "en": "Inspections of responsibility"},
    entry={"vi": "cuộc thanh tra, kiểm tra", "en": "inspection"},
    summary={
        "vi": "Kiểm tra trách nhiệm trong tiếp công dân, giải quyết khiếu nại, tố cáo; đề xuất chấn chỉnh.",
        "en": "Inspections of responsibility for receiving citizens and settling complaints and denunciations.",
    },
    schema={
        "type": "object",
        "properties": {
            "body": {
                "type": "string",
                "maxLength": 200,
                "x-label": {"vi": "Đơn vị được thanh tra, kiểm tra", "en": "Who was inspected"},
            },
            "begun_on": {"type": "string", "format": "date", "x-label": {"vi": "Ngày bắt đầu", "en": "Begun on"}},
            "decision": {
                "type": "string",
                "maxLength": 100,
                "x-label": {"vi": "Quyết định, kế hoạch", "en": "Decision or plan"},
            },
            "scope": {
                "type": "string",
                "enum": list(SCOPES),
                "x-label": {"vi": "Nội dung", "en": "Scope"},
                "x-choices": SCOPES,
            },
            "concluded": {"type": "boolean", "x-label": {"vi": "Đã kết luận", "en": "Concluded"}},
            "shortcomings": {
                "type": "integer",
                "minimum": 0,
                "maximum": 1000,
                "x-label": {"vi": "Số hạn chế, thiếu sót nêu ra", "en": "Shortcomings named"},
                "x-when": {"concluded": True},
            },
            "proposals": {
                "type": "string",
                "maxLength": 2000,
                "x-label": {"vi": "Biện pháp chấn chỉnh đề xuất", "en": "Measures proposed"},
                "x-when": {"concluded": True},
            },
        },
        "required": ["body", "begun_on", "scope", "concluded", "shortcomings"],
    },
    title_field="body",
    date_field="begun_on",
    list_fields=("scope", "decision", "concluded", "shortcomings"),
    numbered=True,
    order=30,
)
