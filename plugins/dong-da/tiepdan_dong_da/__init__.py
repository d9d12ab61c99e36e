"""Đống Đa: what its district committee reviewed on 14/5/2024, as registers, reviews, a page and documents.

Ten years of Chỉ thị 35-CT/TW, five of Quy định 11-QĐi/TW, and Kết luận 01-KL/TW. Every figure is counted from
records; nothing is ordered until the committee names the document that orders it.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from tiepdan.sdk import (
    Card,
    Count,
    DayUnit,
    DeadlineRule,
    DocumentTemplate,
    EscalationStep,
    Form,
    Overdue,
    Page,
    Record,
    Records,
    Register,
    ReportDefinition,
    Tenant,
    hookimpl,
)
from tiepdan_dong_da.commending import COMMENDATIONS
from tiepdan_dong_da.conciliation import MEDIATIONS, PRIORITY, PRIORITY_CASES
from tiepdan_dong_da.manifest import MANIFEST, REVIEW_FROM_MONTH
from tiepdan_dong_da.papers import COMMENDING, INVITING
from tiepdan_dong_da.reviews import RECEPTION_REVIEW, STUDY_REVIEW, YEARLY_SOURCE, yearly_review
from tiepdan_dong_da.steering import CONFERENCES, DOCUMENTS
from tiepdan_dong_da.study import BOOKLETS, JUDGED, REGISTRATIONS
from tiepdan_dong_da.training import CLASSES
from tiepdan_dong_da.trend import TREND

PLUGIN = MANIFEST

REGISTERS = (
    DOCUMENTS,
    CONFERENCES,
    CLASSES,
    COMMENDATIONS,
    BOOKLETS,
    REGISTRATIONS,
    MEDIATIONS,
    PRIORITY_CASES,
)


@hookimpl
def registers() -> Sequence[Register]:
    """Give the district its registers."""
    return REGISTERS


@hookimpl
def report_definitions(settings: Mapping[str, object]) -> Sequence[ReportDefinition]:
    """Give the reviews; the yearly one goes up where a document orders it."""
    ordered = _named(settings, "review_source")
    yearly = yearly_review(ordered or YEARLY_SOURCE, to="superior" if ordered else "")
    return [RECEPTION_REVIEW, STUDY_REVIEW, yearly]


@hookimpl
def pages() -> Sequence[Page]:
    """Show ten years side by side."""
    return [TREND]


@hookimpl
def documents() -> Sequence[DocumentTemplate]:
    """Give the decision that commends, and the invitation to a conference."""
    return [COMMENDING, INVITING]


@hookimpl
def form_parts(record: Record) -> Sequence[Form]:
    """Ask, when a petition is registered, whether its matter is one of those settled first."""
    return [PRIORITY] if record is Record.PETITION else []


@hookimpl
def home_cards(on: date, records: Records, settings: Mapping[str, object]) -> Sequence[Card]:
    """Remind, at the end of the year, of registrations that nobody has appraised yet."""
    if on.month < int(str(settings.get("appraise_from_month", REVIEW_FROM_MONTH))):
        return []
    year = (date(on.year, 1, 1), date(on.year, 12, 31))
    made = records.count(Count("register:registrations"), *year)
    judged = records.count(Count("register:registrations", where={"appraisal": JUDGED}), *year)
    if made == judged:
        return []
    return [
        Card(
            key="appraise",
            title={"vi": "Đánh giá đăng ký học tập và làm theo", "en": "Appraise the yearly registrations"},
            text={
                "vi": f"Còn {made - judged} trên {made} đăng ký năm {on.year} chưa đánh giá.",
                "en": f"{made - judged} of {made} registrations of {on.year} are not appraised yet.",
            },
            url="/registers/",
            tone="warning",
        )
    ]


@hookimpl
def deadline_rules(settings: Mapping[str, object]) -> Sequence[DeadlineRule]:
    """Order the district's own limit of initial handling, where it is set and its document named."""
    source = _named(settings, "handling_source")
    if not source or "handling_days" not in settings:
        return []
    days = int(str(settings["handling_days"]))
    return [DeadlineRule("petition.initial_handling", days, DayUnit.WORKING, source)]


@hookimpl
def escalation_routes(tenant: Tenant, overdue: Overdue, settings: Mapping[str, object]) -> Sequence[EscalationStep]:
    """Tell the body that urges of what is overdue, from the first day, where a document gives it this task."""
    body, source = _named(settings, "overdue_body"), _named(settings, "overdue_source")
    if not body or not source or body == tenant.slug:
        return []
    return [EscalationStep(1, f"body:{body}", source)]


def _named(settings: Mapping[str, object], name: str) -> str:
    return str(settings.get(name, "")).strip()
