"""What every commune's committee needs beside the platform."""

from collections.abc import Mapping, Sequence
from datetime import date

from tiepdan.sdk import Card, Event, EventName, Form, Level, Manifest, Notice, Record, Tenant, hookimpl

# FBK-04: a conference of exchange and dialogue with the people, at least once a year.
# Source: Luật Thực hiện dân chủ ở cơ sở 10/2022/QH15, Điều 32.
IN_FORCE_FROM = date(2023, 7, 1)
URGENT_FROM_MONTH = 10

PLUGIN = Manifest(
    name="level-commune",
    title={"vi": "Cấp xã", "en": "Commune level"},
    summary={
        "vi": "Nhắc hội nghị trao đổi, đối thoại với nhân dân mỗi năm một lần; ghi việc hòa giải ở cơ sở vào đơn.",
        "en": "Reminds of the yearly conference with the people; notes mediation at the grass roots on petitions.",
    },
    api=">=1.0,<2",
    level=Level.COMMUNE,
    settings={
        "type": "object",
        "properties": {
            "conference_held_in": {
                "type": "integer",
                "minimum": 2023,
                "maximum": 2100,
                "x-label": {"vi": "Năm gần nhất đã tổ chức hội nghị", "en": "Last year the conference was held"},
                "x-help": {"vi": "Ví dụ 2024. Bỏ trống: chưa tổ chức.", "en": "For example 2024. Empty: never yet."},
            },
        },
    },
)

# Mediation at the grass roots (hòa giải ở cơ sở), under Luật Hòa giải ở cơ sở 35/2013/QH13.
MEDIATION = Form(
    key="mediation",
    version=1,
    title={"vi": "Hòa giải ở cơ sở", "en": "Mediation at the grass roots"},
    schema={
        "type": "object",
        "properties": {
            "mediated": {
                "type": "boolean",
                "x-label": {"vi": "Vụ việc đã được hòa giải ở cơ sở", "en": "The matter was mediated"},
                "x-help": {
                    "vi": "Bỏ qua với đơn tố cáo và việc không thuộc phạm vi hòa giải.",
                    "en": "Leave it for a denunciation and for what cannot be mediated.",
                },
            },
            "mediated_on": {
                "type": "string",
                "format": "date",
                "x-label": {"vi": "Ngày hòa giải gần nhất", "en": "Day of the last mediation"},
                "x-help": {"vi": "Ghi khi đã hòa giải.", "en": "When it was mediated."},
                "x-when": {"mediated": True},
            },
            "result": {
                "type": "string",
                "enum": ["agreed", "failed", "going_on"],
                "x-label": {"vi": "Kết quả hòa giải", "en": "Result of the mediation"},
                "x-help": {"vi": "Ghi khi đã hòa giải.", "en": "When it was mediated."},
                "x-when": {"mediated": True},
                "x-choices": {
                    "agreed": {"vi": "Hòa giải thành", "en": "Settled"},
                    "failed": {"vi": "Hòa giải không thành", "en": "Not settled"},
                    "going_on": {"vi": "Đang hòa giải", "en": "Going on"},
                },
            },
        },
        "required": ["mediated_on", "result"],
    },
)


@hookimpl
def home_cards(tenant: Tenant, on: date, settings: Mapping[str, object]) -> Sequence[Card]:
    """Remind of this year's conference until it was held."""
    held_in = settings.get("conference_held_in")
    if on < IN_FORCE_FROM or held_in == on.year:
        return []
    return [
        Card(
            key="conference",
            title={
                "vi": f"Hội nghị trao đổi, đối thoại với nhân dân năm {on.year} chưa tổ chức",
                "en": f"The conference with the people of {on.year} has not been held",
            },
            text={
                "vi": "Mỗi năm ít nhất một lần (Luật Thực hiện dân chủ ở cơ sở 10/2022/QH15, Điều 32). "
                "Khi đã tổ chức, ghi năm vào thiết lập của plugin Cấp xã.",
                "en": "At least once a year (Law on Grass-roots Democracy 10/2022/QH15, Article 32). "
                "Once it was held, write the year into the settings of the plugin Commune level.",
            },
            url="/receptions/",
            tone="warning" if on.month >= URGENT_FROM_MONTH else "info",
        )
    ]


@hookimpl
def form_parts(record: Record) -> Sequence[Form]:
    """Ask, when a petition is registered, whether the dispute was mediated."""
    return [MEDIATION] if record is Record.PETITION else []


@hookimpl
def event_happened(event: Event, settings: Mapping[str, object]) -> Sequence[Notice]:
    """Ask for an explanation before the superior does, on the first day something is overdue."""
    if event.name is not EventName.TASK_OVERDUE:
        return []
    return [
        Notice(
            title={"vi": "Có việc vừa quá hạn", "en": "Something has just become overdue"},
            text={
                "vi": "Cấp trên được báo trong hôm nay. Xem việc, xử lý ngay và ghi giải trình ở mục Báo quá hạn.",
                "en": "The superior is told today. Look at it, act, and explain under Overdue notices.",
            },
            url="/clocks/?filter=overdue",
        )
    ]
