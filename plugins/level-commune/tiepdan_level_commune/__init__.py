"""What every commune's committee needs beside the platform: mediation and the yearly conference with the people."""

from collections.abc import Mapping, Sequence
from datetime import date

from tiepdan.sdk import (
    Card,
    Count,
    DocumentTemplate,
    Event,
    EventName,
    Form,
    Hint,
    Level,
    Manifest,
    Notice,
    Page,
    Record,
    Records,
    Register,
    ReportDefinition,
    hookimpl,
)
from tiepdan_level_commune import conference, mediation
from tiepdan_level_commune.answers_on_the_spot import ON_CONCLUSION
from tiepdan_level_commune.yearly import PAGE, yearly_report

PLUGIN = Manifest(
    name="level-commune",
    title={"vi": "Cấp xã", "en": "Commune level"},
    summary={
        "vi": "Sổ hòa giải ở cơ sở và hội nghị với nhân dân: nhắc, ghi, in biên bản và giấy mời, báo cáo năm.",
        "en": "Registers of mediations and of conferences with the people: reminders, papers, a yearly report.",
    },
    api=">=1.1,<2",
    level=Level.COMMUNE,
    settings={
        "type": "object",
        "properties": {
            "conference_held_in": {
                "type": "integer",
                "minimum": 2023,
                "maximum": 2100,
                "x-label": {"vi": "Năm gần nhất đã tổ chức hội nghị", "en": "Last year the conference was held"},
                "x-help": {
                    "vi": "Chỉ cần khi hội nghị không ghi vào sổ. Ví dụ 2024.",
                    "en": "Only where the conference is not in the register. For example 2024.",
                },
            },
            "report_source": {
                "type": "string",
                "maxLength": 200,
                "x-label": {
                    "vi": "Văn bản yêu cầu gửi báo cáo năm lên cấp trên",
                    "en": "Document that orders the yearly report upwards",
                },
                "x-help": {"vi": "Bỏ trống: báo cáo lưu tại xã.", "en": "Empty: the report stays here."},
            },
        },
    },
)


@hookimpl
def registers() -> Sequence[Register]:
    """Give the commune its registers of mediations and of conferences."""
    return [mediation.REGISTER, conference.REGISTER]


@hookimpl
def report_definitions(settings: Mapping[str, object]) -> Sequence[ReportDefinition]:
    """Give the yearly report; it goes up once a document orders that."""
    return [yearly_report(to="superior" if str(settings.get("report_source", "")).strip() else "")]


@hookimpl
def pages() -> Sequence[Page]:
    """Show both registers on one page."""
    return [PAGE]


@hookimpl
def documents() -> Sequence[DocumentTemplate]:
    """Offer the minutes of a mediation and the invitation to a conference."""
    return [mediation.MINUTES, conference.INVITATION]


@hookimpl
def classification_hints() -> Sequence[Hint]:
    """Point to disputes between neighbours, which are mediated where they live."""
    return mediation.HINTS


@hookimpl
def home_cards(on: date, records: Records, settings: Mapping[str, object]) -> Sequence[Card]:
    """Remind of this year's conference until it was held."""
    if on < conference.IN_FORCE_FROM or settings.get("conference_held_in") == on.year:
        return []
    held = records.count(Count("register:conferences"), date(on.year, 1, 1), on)
    return [] if held else [conference.reminder(on)]


@hookimpl
def form_parts(record: Record) -> Sequence[Form]:
    """Ask whether a petition's dispute was mediated, and with a conclusion notice how the reception went."""
    forms = {Record.PETITION: mediation.ON_PETITION, Record.CONCLUSION: ON_CONCLUSION}
    return [forms[record]] if record in forms else []


@hookimpl
def event_happened(event: Event) -> Sequence[Notice]:
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
