"""A plugin whose registers and reports a test chooses: training classes, and reports about them."""

from typing import Any

from tiepdan.core.plugin_loading import InstalledPlugin
from tiepdan.core.plugins import manager
from tiepdan.extensions.catalogue import installed_plugins, remember_installed
from tiepdan.sdk import Count, Figure, Manifest, Register, ReportDefinition, Section, Span, hookimpl

NAME = "reporting"
MANIFEST = Manifest(NAME, {"vi": "Báo cáo", "en": "Reporting"}, {"vi": "Có báo cáo.", "en": "Reports."}, api=">=1.0,<2")


def words(text: str) -> dict[str, str]:
    return {"vi": text, "en": f"{text} (en)"}


CLASSES = Register(
    "classes",
    1,
    words("Lớp tập huấn"),
    words("lớp"),
    words("Mỗi lớp một mục."),
    {
        "type": "object",
        "properties": {
            "topic": {"type": "string", "x-label": words("Chủ đề")},
            "held_on": {"type": "string", "format": "date", "x-label": words("Ngày")},
            "people": {"type": "integer", "minimum": 0, "x-label": words("Số người")},
            "kind": {
                "type": "string",
                "enum": ["law", "skill"],
                "x-label": words("Loại"),
                "x-choices": {"law": words("Pháp luật"), "skill": words("Kỹ năng")},
            },
            "place": {"type": "string", "x-label": words("Nơi")},
            "trainer": {"type": "string", "x-label": words("Giảng viên"), "x-private": True},
        },
        "required": ["topic", "held_on"],
    },
    title_field="topic",
    date_field="held_on",
    list_fields=("kind", "people"),
    numbered=True,
)
FOR_HEAD = Register(
    "secrets", 1, words("Sổ kín"), words("mục"), words("Kín."), CLASSES.schema, "topic", "held_on", for_head=True
)


def figure(code: str, count: Count, **more: Any) -> Figure:
    return Figure(code, words(f"Chỉ tiêu {code}"), words("lớp"), count, words(f"Đếm {code}."), **more)


FIGURES = (
    figure("DT-01", Count("register:classes"), by="kind", headline=True),
    figure("DT-02", Count("register:classes", "sum:people"), by="kind"),
    figure("DT-03", Count("register:classes", where={"kind": "law"}), out_of=Count("register:classes")),
    figure("DT-04", Count("register:classes", "distinct:place")),
    figure("DT-05", Count("petitions"), out_of=Count("petitions", dated=False)),
)
SECTIONS = (
    Section(words("Tập huấn"), ("DT-01", "DT-02", "DT-03", "DT-04"), ("classes",), words("Đánh giá")),
    Section(words("Đơn thư"), ("DT-05",), (), words("Kiến nghị")),
)


def report(key: str = "training", **changes: Any) -> ReportDefinition:
    given = {
        "version": 1,
        "title": words("Báo cáo tập huấn"),
        "source": "Kế hoạch 120-KH/QU",
        "figures": FIGURES,
        "sections": SECTIONS,
        "spans": (Span.MONTH, Span.QUARTER, Span.YEAR, Span.YEARS),
        "to": "superior",
    }
    return ReportDefinition(key, **{**given, **changes})


class Reporting:
    """Answers with what the test puts into it."""

    PLUGIN = MANIFEST

    def __init__(self) -> None:
        self.books: list[Register] = [CLASSES]
        self.given: Any = [report()]

    @hookimpl
    def registers(self) -> list[Register]:
        return self.books

    @hookimpl
    def report_definitions(self) -> Any:
        return self.given


def load(plugin: Reporting) -> dict[str, InstalledPlugin]:
    """Load the plugin; return what was installed before."""
    before = dict(installed_plugins())
    manager.register(plugin, NAME)
    found = InstalledPlugin(NAME, "1.0", "", MANIFEST, ("registers", "report_definitions"))
    remember_installed((*before.values(), found))
    return before
