"""What ties bodies to other things: reporting lines, hosts and plugins of a tenant.toml."""

import re
from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _

from tiepdan.sdk import Level, TenantKind
from tiepdan.tenancy.bodies import Body, PluginSetting, ReportingLine
from tiepdan.tenancy.expansion import Expansion
from tiepdan.tenancy.faults import did_you_mean
from tiepdan.tenancy.source_lines import KeyPath

_HOST = re.compile(r"(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+")
_NAME = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*")


class Links:
    """Reads the linking tables of one expanded document; faults go into the document."""

    def __init__(self, expansion: Expansion) -> None:
        self.document = expansion.document
        self.bodies = expansion.bodies
        self.since = expansion.since
        self.committees = {
            (body.kind, body.level, body.unit.code): body.slug for body in self.bodies.values() if body.of_group
        }

    def reporting_lines(self) -> tuple[ReportingLine, ...]:
        """Return all reporting lines; the same line twice is a fault."""
        lines: dict[tuple[str, str, str], ReportingLine] = {}
        for number, table in self.document.tables("reporting_lines"):
            place: KeyPath = ("reporting_lines", number)
            if not _NAME.fullmatch(table["report"]):
                self.document.fault(
                    (*place, "report"),
                    _(
                        "Mã báo cáo “%(report)s” chỉ gồm chữ thường, số, “-”, “_”, “.”.",
                        report=table["report"],
                    ),
                )
                continue
            for line in self._lines_of(place, table):
                key = (line.sender, line.receiver, line.report)
                if key in lines:
                    self.document.fault(
                        place,
                        _(
                            "Đường báo cáo “%(report)s” từ “%(sender)s” đến “%(receiver)s” đã khai ở trên.",
                            report=line.report,
                            sender=line.sender,
                            receiver=line.receiver,
                        ),
                    )
                lines[key] = line
        return tuple(lines.values())

    def _lines_of(self, place: KeyPath, table: dict[str, Any]) -> Iterable[ReportingLine]:
        since, until = table.get("since", self.since), table.get("until")
        if until is not None and until < since:
            self.document.fault(
                (*place, "until"),
                _("Ngày kết thúc %(until)s trước ngày bắt đầu %(since)s.", until=until, since=since),
            )
            return
        if ("from" in table) == ("from_kinds" in table):
            self.document.fault(place, _("Ghi đúng một trong hai: from (các slug) hoặc from_kinds (các loại cơ quan)."))
            return
        if ("to" in table) == ("to_kind" in table):
            self.document.fault(place, _("Ghi đúng một trong hai: to (một slug) hoặc to_kind (cấp ủy cùng đơn vị)."))
            return
        if "from_levels" in table and "from" in table:
            self.document.fault((*place, "from_levels"), _("from_levels chỉ đi với from_kinds."))
            return
        receiver = self._known((*place, "to"), table["to"]) if "to" in table else None
        if "to" in table and receiver is None:
            return
        for sender in self._chosen(place, table, ("from", "from_kinds", "from_levels")):
            to = receiver or self.committees.get((TenantKind(table["to_kind"]), sender.level, sender.unit.code))
            if to is None:
                self.document.fault(
                    (*place, "to_kind"),
                    _(
                        '%(unit)s không có “%(kind)s” trong tệp để nhận báo cáo của “%(sender)s”; ghi to = "…".',
                        unit=sender.unit.name,
                        kind=table["to_kind"],
                        sender=sender.slug,
                    ),
                )
            elif to == sender.slug:
                self.document.fault((*place, "to"), _("“%(slug)s” không thể báo cáo cho chính mình.", slug=to))
            else:
                yield ReportingLine(sender.slug, to, table["report"], since, until)

    def check_hosts(self) -> None:
        """Check the form of every host, fold it to lower case, and refuse one used twice."""
        used: dict[str, str] = {}
        for body in self.bodies.values():
            body.hosts = tuple(dict.fromkeys(host.lower() for host in body.hosts))
            for host in body.hosts:
                if not _HOST.fullmatch(host):
                    self.document.fault(
                        body.place_of("hosts"),
                        _("“%(host)s” không phải tên máy chủ; viết như “langson.example.vn”.", host=host),
                    )
                elif used.setdefault(host, body.slug) != body.slug:
                    self.document.fault(
                        body.place_of("hosts"),
                        _("Tên máy chủ “%(host)s” đã dùng cho “%(slug)s”.", host=host, slug=used[host]),
                    )

    def attach_plugins(self) -> None:
        """Give every body its plugins; a later table replaces an earlier one of the same name."""
        for number, table in self.document.tables("plugins"):
            place: KeyPath = ("plugins", number)
            if not _NAME.fullmatch(table["name"]):
                self.document.fault(
                    (*place, "name"),
                    _("Tên plugin “%(name)s” chỉ gồm chữ thường, số, “-”, “_”, “.”.", name=table["name"]),
                )
                continue
            plugin = PluginSetting(table["name"], table.get("locked", False), table.get("settings", {}))
            for body in self._chosen(place, table, ("bodies", "kinds", "levels")):
                others = tuple(other for other in body.plugins if other.name != plugin.name)
                body.plugins = (*others, plugin)

    def _chosen(self, place: KeyPath, table: dict[str, Any], keys: tuple[str, str, str]) -> list[Body]:
        """Choose bodies by their slugs, or by kinds and levels (all, where neither is given)."""
        by_slug, by_kind, by_level = keys
        if by_slug in table:
            named = [self._known((*place, by_slug), slug) for slug in table[by_slug]]
            return [self.bodies[slug] for slug in named if slug]
        kinds = {TenantKind(word) for word in table.get(by_kind, TenantKind)}
        levels = {Level(word) for word in table.get(by_level, Level)}
        chosen = [body for body in self.bodies.values() if body.kind in kinds and body.level in levels]
        if not chosen:
            self.document.fault(place, _("Không có cơ quan nào trong tệp thuộc loại và cấp này."))
        return chosen

    def _known(self, path: KeyPath, slug: str) -> str | None:
        if slug in self.bodies:
            return slug
        self.document.fault(
            path, _("Tệp này không có cơ quan “%(slug)s”.", slug=slug) + did_you_mean(slug, self.bodies)
        )
        return None
