"""What a province's committee needs beside the platform: hot areas, the meeting pack, its own stricter rules.

Every rule of the province's own is a setting, off until the document that orders it is named.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from tiepdan.sdk import (
    Card,
    DayUnit,
    DeadlineRule,
    EscalationStep,
    Handling,
    Level,
    Manifest,
    Objection,
    Overdue,
    Page,
    PetitionKind,
    Records,
    Register,
    ReportDefinition,
    ShareLevel,
    ShareRule,
    Tenant,
    hookimpl,
)
from tiepdan_level_province import hot_areas, meetings
from tiepdan_level_province.settings import SETTINGS

PLUGIN = Manifest(
    name="level-province",
    title={"vi": "Cấp tỉnh", "en": "Province level"},
    summary={
        "vi": "Sổ địa bàn nóng, trang và tài liệu giao ban; hạn, nơi báo quá hạn, phần chia sẻ, thẩm quyền theo văn "
        "bản của tỉnh.",
        "en": "Register of hot areas, page and pack of the meetings; limits, routes, sharing and competence as the "
        "province's documents order.",
    },
    api=">=1.1,<2",
    level=Level.PROVINCE,
    settings=SETTINGS,
)


@hookimpl
def registers() -> Sequence[Register]:
    """Give the province its registers of hot areas and of meetings."""
    return [hot_areas.REGISTER, meetings.REGISTER]


@hookimpl
def report_definitions(tenant: Tenant, on: date, settings: Mapping[str, object]) -> Sequence[ReportDefinition]:
    """Give the meeting pack, where something orders it."""
    due_day = int(str(settings.get("report_due_day", meetings.DUE_DAY)))
    pack = meetings.meeting_pack(tenant, on, source=_text(settings, "report_source"), due_day=due_day)
    return [pack] if pack is not None else []


@hookimpl
def pages() -> Sequence[Page]:
    """Show the numbers of the meeting."""
    return [meetings.PAGE]


@hookimpl
def home_cards(on: date, records: Records) -> Sequence[Card]:
    """Remind of areas that are due for review."""
    return hot_areas.due_for_review(records, on)


@hookimpl
def deadline_rules(settings: Mapping[str, object]) -> Sequence[DeadlineRule]:
    """Order the province's own limit of initial handling, if its document is named."""
    source = _text(settings, "limit_source")
    if not source or "handling_days" not in settings:
        return []
    days = int(str(settings["handling_days"]))
    return [DeadlineRule("petition.initial_handling", days, DayUnit.WORKING, source)]


@hookimpl
def escalation_routes(tenant: Tenant, overdue: Overdue, settings: Mapping[str, object]) -> Sequence[EscalationStep]:
    """Tell the body that the province's document names."""
    body, source = _text(settings, "overdue_body"), _text(settings, "overdue_source")
    if not body or not source or tenant.slug == body:
        return []
    return [EscalationStep(int(str(settings.get("overdue_days", 1))), f"body:{body}", source)]


@hookimpl
def share_profiles(settings: Mapping[str, object]) -> Sequence[ShareRule]:
    """Withhold what the province's document keeps below: no more than counts, or no text."""
    source = _text(settings, "share_source")
    if not source:
        return []
    at_most = ShareLevel.COUNTS if settings.get("share_counts_only") else ShareLevel.SUMMARY
    return [ShareRule(kind, at_most, source) for kind in (*PetitionKind, None)]


@hookimpl
def competence_objections(handling: Handling, settings: Mapping[str, object]) -> Sequence[Objection]:
    """Warn before a matter of the judiciary is taken on, if the document that says so is named."""
    source = _text(settings, "judicial_source")
    if not source or handling.step != "accept" or handling.field != "judicial":
        return []
    return [
        Objection(
            {
                "vi": "Lĩnh vực tư pháp: xem có thuộc thẩm quyền của tòa án, viện kiểm sát, cơ quan thi hành án không.",
                "en": "A matter of the judiciary: is it for the courts, the procuracy or the enforcement of judgments?",
            },
            source,
            blocking=False,
        )
    ]


def _text(settings: Mapping[str, object], name: str) -> str:
    return str(settings.get(name, "")).strip()
