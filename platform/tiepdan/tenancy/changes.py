"""What applying a file would change, in words and as JSON."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Literal

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from tiepdan.tenancy.bodies import Body, PluginSetting, Province
from tiepdan.tenancy.stored import StoredProvince


class Action(StrEnum):
    """Kinds of change."""

    PROVINCE = "province"
    CREATE = "create"
    RENAME = "rename"
    REDIRECT = "redirect"
    UPDATE = "update"
    MOVE = "move"
    ACTIVATE = "activate"
    OPEN_LINE = "open_line"
    CLOSE_LINE = "close_line"
    ADD_HOST = "add_host"
    MOVE_HOST = "move_host"
    REMOVE_HOST = "remove_host"
    ENABLE_PLUGIN = "enable_plugin"
    CHANGE_PLUGIN = "change_plugin"
    DISABLE_PLUGIN = "disable_plugin"


ACTION_NAMES = {
    Action.PROVINCE: _l("ghi tỉnh"),
    Action.CREATE: _l("tạo"),
    Action.RENAME: _l("đổi slug"),
    Action.REDIRECT: _l("chuyển hướng địa chỉ cũ"),
    Action.UPDATE: _l("sửa"),
    Action.MOVE: _l("đổi cấp trên"),
    Action.ACTIVATE: _l("kích hoạt"),
    Action.OPEN_LINE: _l("mở đường báo cáo"),
    Action.CLOSE_LINE: _l("đóng đường báo cáo"),
    Action.ADD_HOST: _l("thêm tên máy chủ"),
    Action.MOVE_HOST: _l("chuyển tên máy chủ"),
    Action.REMOVE_HOST: _l("bỏ tên máy chủ"),
    Action.ENABLE_PLUGIN: _l("bật plugin"),
    Action.CHANGE_PLUGIN: _l("sửa plugin"),
    Action.DISABLE_PLUGIN: _l("tắt plugin"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One change to one body (or to the province itself): what, from which value, to which."""

    action: Action
    slug: str
    what: str = ""
    before: str | None = None
    after: str | None = None

    def __str__(self) -> str:
        sign = {
            Action.CREATE: "+",
            Action.REMOVE_HOST: "-",
            Action.CLOSE_LINE: "-",
            Action.DISABLE_PLUGIN: "-",
        }
        text = f"{sign.get(self.action, '~')} {self.slug}: {ACTION_NAMES[self.action]}"
        if self.what:
            text += f" {self.what}"
        if self.before is not None:
            return f"{text}: {self.before} → {self.after}"
        return f"{text}: {self.after}" if self.after is not None else text

    def as_json(self) -> dict[str, str | None]:
        """Return the change for `--json`."""
        return {
            "action": self.action.value,
            "slug": self.slug,
            "what": self.what,
            "before": self.before,
            "after": self.after,
        }


@dataclass(frozen=True, slots=True)
class LineStep:
    """One step on reporting_line: open a period, end the period that began on `valid_from`, or drop it.

    drop: the period would end before it began (opened and closed on one day).
    """

    verb: Literal["open", "end", "drop"]
    sender: str
    receiver: str
    report: str
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """A new superior (None: none any more) from a day on."""

    tenant_id: int
    superior: str | None
    since: date


@dataclass(slots=True)
class ProvincePlan:
    """The changes of one province: `changes` for people, the rest for the writer.

    ids: tenant of each body that has one, by the slug of the file. notes: worth knowing, changes nothing.
    """

    province: Province
    stored: StoredProvince
    ids: dict[str, int] = field(default_factory=dict)
    new: list[Body] = field(default_factory=list)
    updates: dict[int, dict[str, str]] = field(default_factory=dict)
    moves: list[Move] = field(default_factory=list)
    line_steps: list[LineStep] = field(default_factory=list)
    hosts: dict[str, str] = field(default_factory=dict)
    hosts_gone: list[str] = field(default_factory=list)
    plugins: list[tuple[str, PluginSetting]] = field(default_factory=list)
    plugins_gone: list[tuple[int, str]] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """Count the changes by action."""
        return dict(Counter(change.action.value for change in self.changes))


@dataclass(frozen=True, slots=True)
class Plan:
    """The changes of several provinces, in the order of their files."""

    provinces: list[ProvincePlan]

    @property
    def is_empty(self) -> bool:
        """Say whether applying would change nothing."""
        return not any(plan.changes for plan in self.provinces)

    def lines(self, limit: int = 40) -> Iterator[str]:
        """Give the plan as lines; of a long list of one province only the first `limit` and the counts."""
        for plan in self.provinces:
            yield f"{plan.province.slug} ({plan.province.unit.name}, {plan.province.as_of.isoformat()})"
            for change in plan.changes[:limit]:
                yield f"  {change}"
            if len(plan.changes) > limit:
                yield "  " + _("… và %(count)s thay đổi nữa", count=len(plan.changes) - limit)
            for note in plan.notes:
                yield f"  ! {note}"
            summary = ", ".join(f"{ACTION_NAMES[Action(word)]} {count}" for word, count in plan.counts().items())
            yield "  " + (summary or _("không có gì thay đổi"))

    def as_json(self) -> list[dict[str, object]]:
        """Return the plan for `--json`."""
        return [
            {
                "province": plan.province.slug,
                "file": plan.province.file,
                "counts": plan.counts(),
                "changes": [change.as_json() for change in plan.changes],
                "notes": plan.notes,
            }
            for plan in self.provinces
        ]
