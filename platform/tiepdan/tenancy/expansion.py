"""From the tables of a tenant.toml to single bodies: groups spelled out, overrides laid on top."""

from datetime import date
from typing import Any

from flask_babel import gettext as _

from tiepdan.sdk import Branch, Level, TenantKind
from tiepdan.tenancy.bodies import BRANCHES, Body
from tiepdan.tenancy.catalogue import CODE_WIDTHS, Catalogue, Unit
from tiepdan.tenancy.faults import did_you_mean
from tiepdan.tenancy.file_format import Document
from tiepdan.tenancy.names import committee_name, committee_short_name, committee_slug, is_slug
from tiepdan.tenancy.regimes import Regime
from tiepdan.tenancy.source_lines import KeyPath, line_of

LEVEL_NAMES = {Level.PROVINCE: "tỉnh", Level.DISTRICT: "huyện", Level.COMMUNE: "xã"}


class Expansion:
    """Spells out one document; faults go into the document, `bodies` holds what is sound, by slug."""

    def __init__(self, document: Document, units: Catalogue, regime: Regime, province: Unit) -> None:
        self.document = document
        self.units = units
        self.regime = regime
        self.province = province
        self.since: date = document.province.get("since", regime.valid_from)
        self.state: str = document.province.get("state", "active")
        self.bodies: dict[str, Body] = {}

    def expand(self) -> dict[str, Body]:
        """Spell out all bodies."""
        for number, table in self.document.tables("bodies"):
            self._expand_group(("bodies", number), table)
        for number, table in self.document.tables("body"):
            self._add_single(("body", number), table)
        for number, table in self.document.tables("override"):
            self._override(("override", number), table)
        return self.bodies

    def _expand_group(self, place: KeyPath, table: dict[str, Any]) -> None:
        kind = TenantKind(table["kind"])
        within = [unit for unit in self._units_named(place, "within", table) if unit] or [self.province]
        left_out = {unit for unit in self._units_named(place, "except", table) if unit}
        for word in dict.fromkeys(table["levels"]):
            level = Level(word)
            if not self._level_exists(place, "levels", level):
                continue
            chosen = {unit: None for place_in in within for unit in self.units.units_within(place_in, level)}
            for unit in chosen:
                if unit not in left_out:
                    self._add(self._committee(place, table, kind, unit))

    def _committee(self, place: KeyPath, table: dict[str, Any], kind: TenantKind, unit: Unit) -> Body:
        return Body(
            slug=committee_slug(self.units, kind, unit),
            name=committee_name(kind, unit),
            short_name=committee_short_name(kind, unit),
            kind=kind,
            branch=BRANCHES[kind],
            unit=unit,
            since=table.get("since", self.since),
            state=table.get("state", self.state),
            place=place,
            of_group=True,
        )

    def _add_single(self, place: KeyPath, table: dict[str, Any]) -> None:
        unit = self._unit_named((*place, "unit"), table["unit"])
        kind = TenantKind(table["kind"])
        branch = Branch(table.get("branch", BRANCHES[kind]))
        if kind is not TenantKind.AGENCY and branch is not BRANCHES[kind]:
            self.document.fault(
                (*place, "branch"),
                _(
                    "Loại “%(kind)s” thuộc nhánh “%(right)s”, không phải “%(branch)s”.",
                    kind=kind.value,
                    right=BRANCHES[kind].value,
                    branch=branch.value,
                ),
            )
        if not self._slug_is_sound((*place, "slug"), table["slug"]) or unit is None:
            return
        if not self._level_exists(place, "unit", unit.level):
            return
        body = Body(
            slug=table["slug"],
            name=table["name"],
            short_name=table.get("short_name", table["name"]),
            kind=kind,
            branch=branch,
            unit=unit,
            since=self.since,
            state=self.state,
            place=place,
        )
        _lay_over(body, table, place)
        self._add(body)

    def _add(self, body: Body) -> None:
        first = self.bodies.setdefault(body.slug, body)
        if first is not body:
            line = line_of(self.document.lines, first.place)
            key = "slug" if not body.of_group else "levels"
            self.document.fault(
                (*body.place, key),
                _(
                    "“%(slug)s” (%(name)s) đã được khai ở dòng %(line)s; mỗi cơ quan chỉ khai một lần.",
                    slug=body.slug,
                    name=body.name,
                    line=line,
                ),
            )

    def _override(self, place: KeyPath, table: dict[str, Any]) -> None:
        body = self.bodies.get(table["body"])
        if body is None:
            self.document.fault(
                (*place, "body"),
                _("Tệp này không có cơ quan “%(slug)s”.", slug=table["body"])
                + did_you_mean(table["body"], self.bodies),
            )
            return
        _lay_over(body, table, place)
        if "name" in table and "short_name" not in table:
            body.short_name = table["name"]
        new_slug = table.get("slug", body.slug)
        if new_slug != body.slug and self._slug_is_sound((*place, "slug"), new_slug):
            if new_slug in self.bodies:
                self.document.fault(
                    (*place, "slug"),
                    _("Slug “%(slug)s” đã có cơ quan khác dùng; chọn slug khác.", slug=new_slug),
                )
                return
            body.was = body.was or body.slug
            del self.bodies[body.slug]
            body.slug = new_slug
            self.bodies[new_slug] = body

    def _slug_is_sound(self, path: KeyPath, slug: str) -> bool:
        if is_slug(slug):
            return True
        self.document.fault(
            path,
            _(
                "Slug “%(slug)s” chỉ được gồm chữ thường không dấu, số và dấu gạch nối giữa các từ, tối đa 63 ký tự.",
                slug=slug,
            ),
        )
        return False

    def _level_exists(self, place: KeyPath, key: str, level: Level) -> bool:
        if level in self.regime.tenant_levels:
            return True
        self.document.fault(
            (*place, key),
            _(
                "Chế độ “%(regime)s” (từ %(since)s) không có cấp %(level)s; bỏ “%(word)s” hoặc đổi as_of.",
                regime=self.regime.name,
                since=self.regime.valid_from.isoformat(),
                level=LEVEL_NAMES[level],
                word=level.value,
            ),
        )
        return False

    def _units_named(self, place: KeyPath, key: str, table: dict[str, Any]) -> list[Unit | None]:
        return [self._unit_named((*place, key), reference) for reference in table.get(key, ())]

    def _unit_named(self, path: KeyPath, reference: str) -> Unit | None:
        word, _slash, code = reference.partition("/")
        if word not in {level.value for level in Level} or not code.isdigit():
            self.document.fault(
                path,
                _(
                    "Đơn vị “%(text)s” phải viết là cấp/mã, ví dụ “district/183” hoặc “commune/05980”.",
                    text=reference,
                ),
            )
            return None
        unit = self.units.find(Level(word), code)
        if unit is None:
            padded = code.zfill(CODE_WIDTHS[Level(word)])
            here = [known.code for known in self.units.units_within(self.province, Level(word))]
            self.document.fault(
                path,
                _(
                    "Không có đơn vị cấp %(level)s mã %(code)s trong danh mục ngày %(day)s.",
                    level=LEVEL_NAMES[Level(word)],
                    code=padded,
                    day=self.document.province["as_of"].isoformat(),
                )
                + did_you_mean(padded, here),
            )
            return None
        if self.province not in self.units.ancestry(unit):
            self.document.fault(
                path,
                _(
                    "%(unit)s (mã %(code)s) không thuộc %(province)s.",
                    unit=unit.name,
                    code=unit.code,
                    province=self.province.name,
                ),
            )
            return None
        return unit


def _lay_over(body: Body, table: dict[str, Any], place: KeyPath) -> None:
    """Lay the stated keys of a table over a body."""
    for key in ("name", "short_name", "superior", "root", "since", "state", "was", "hosts"):
        if key in table:
            setattr(body, key, tuple(table[key]) if key == "hosts" else table[key])
            body.stated[key] = place
