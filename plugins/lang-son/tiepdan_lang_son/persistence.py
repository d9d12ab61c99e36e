"""Prolonged and level-skipping petitions: said when one is registered, and told earlier when it is overdue."""

from collections.abc import Mapping

from tiepdan.sdk import EscalationStep, Form, Level, Overdue, Tenant

PERSISTENCE = Form(
    key="persistence",
    version=1,
    title={"vi": "Kéo dài, vượt cấp", "en": "Prolonged, level-skipping"},
    schema={
        "type": "object",
        "properties": {
            "prolonged": {
                "type": "boolean",
                "x-goes-up": True,
                "x-label": {"vi": "Vụ việc đã kéo dài", "en": "The matter has gone on for long"},
            },
            "level_skipping": {
                "type": "boolean",
                "x-goes-up": True,
                "x-label": {"vi": "Đã gửi vượt cấp", "en": "Sent over the competent level"},
                "x-help": {
                    "vi": "Gửi cấp trên trước hoặc thay vì nơi có thẩm quyền.",
                    "en": "Sent to a level above before, or instead of, the one that is competent.",
                },
            },
            "hot": {
                "type": "boolean",
                "x-step": {"vi": "Điểm nóng", "en": "Hot spot"},
                "x-goes-up": True,
                "x-label": {"vi": "Có nguy cơ thành điểm nóng", "en": "It may become a hot spot"},
            },
            "situation": {
                "type": "string",
                "maxLength": 1000,
                "x-label": {"vi": "Tình hình tại chỗ", "en": "The situation on the spot"},
                "x-help": {"vi": "Không ghi danh tính người tố cáo.", "en": "Name no denouncer."},
            },
        },
    },
)
EMERGENCY = "Điểm nóng"


def routes_for(tenant: Tenant, overdue: Overdue, settings: Mapping[str, object]) -> list[EscalationStep]:
    """Return the steps the province orders; nothing is told without the document that orders it."""
    source = str(settings.get("source", "")).strip()
    return [*_to_body(tenant, overdue, settings, source), *_upwards(overdue, settings, source)] if source else []


def _upwards(overdue: Overdue, settings: Mapping[str, object], source: str) -> list[EscalationStep]:
    """Tell of a hot spot at once, and ask the direct superior to take over what is left lying for long."""
    steps = []
    if overdue.answers.get(f"{PERSISTENCE.key}.hot") is True and "hot_to" in settings:
        steps.append(EscalationStep(1, str(settings["hot_to"]), source, emergency=EMERGENCY))
    if "takeover_days" in settings:
        steps.append(EscalationStep(int(str(settings["takeover_days"])), "superior", source, takes_over=True))
    return steps


def _to_body(tenant: Tenant, overdue: Overdue, settings: Mapping[str, object], source: str) -> list[EscalationStep]:
    """Tell the body the province names: of communes' work, and sooner of what persists or is described in its words."""
    body = str(settings.get("overdue_body", "")).strip()
    if not body or tenant.slug == body:
        return []
    after = []
    if tenant.level is Level.COMMUNE:
        after.append(int(str(settings.get("overdue_days", 5))))
    if any(overdue.answers.get(f"{PERSISTENCE.key}.{name}") is True for name in ("prolonged", "level_skipping")):
        after.append(int(str(settings.get("persistent_days", 1))))
    words = tuple(word.strip() for word in str(settings.get("hot_words", "")).split(",") if len(word.strip()) > 1)
    steps = [EscalationStep(1, f"body:{body}", source, if_words=words)] if words else []
    return [*steps, EscalationStep(min(after), f"body:{body}", source)] if after else steps
