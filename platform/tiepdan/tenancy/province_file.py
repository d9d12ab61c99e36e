"""Read tenant.toml files into provinces: all of them sound, or one exception with every fault."""

from collections.abc import Iterable
from pathlib import Path

from flask_babel import gettext as _

from tiepdan.sdk import Level
from tiepdan.tenancy.bodies import Province
from tiepdan.tenancy.catalogue import UncoveredDay, catalogue
from tiepdan.tenancy.expansion import Expansion
from tiepdan.tenancy.faults import Fault, InvalidFiles, did_you_mean
from tiepdan.tenancy.file_format import Document, read_document
from tiepdan.tenancy.hierarchy import in_order, resolve_superiors
from tiepdan.tenancy.links import Links
from tiepdan.tenancy.names import is_slug
from tiepdan.tenancy.regimes import regime_on
from tiepdan.tenancy.source_lines import KeyPath, line_of, written


def read_provinces(paths: Iterable[Path]) -> list[Province]:
    """Read and check files (a folder stands for its tenant.toml).

    Raises InvalidFiles with every fault of every file, clashes between files included.
    """
    faults: list[Fault] = []
    provinces: list[Province] = []
    for path in paths:
        document = read_document(path / "tenant.toml" if path.is_dir() else path)
        province = resolve(document)
        faults += document.faults
        if province is not None:
            provinces.append(province)
    faults += _clashes(provinces)
    if faults:
        raise InvalidFiles(faults)
    return provinces


def resolve(document: Document) -> Province | None:
    """Spell a document out; what is wrong is added to its faults. None if not even the province is known."""
    head = document.province
    if not head:
        return None
    if not is_slug(head["slug"]):
        document.fault(
            ("province", "slug"),
            _("Slug “%(slug)s” chỉ được gồm chữ thường không dấu, số và dấu gạch nối.", slug=head["slug"]),
        )
    try:
        units = catalogue(head["as_of"])
    except UncoveredDay as error:
        document.fault(("province", "as_of"), str(error))
        return None
    regime = regime_on(head["as_of"])
    if head.get("regime", regime.name) != regime.name:
        document.fault(
            ("province", "regime"),
            _(
                "Ngày %(day)s thuộc chế độ “%(right)s”, không phải “%(regime)s”.",
                day=head["as_of"].isoformat(),
                right=regime.name,
                regime=head["regime"],
            ),
        )
    unit = units.find(Level.PROVINCE, head["code"])
    if unit is None:
        known = [code for level, code in units.units if level is Level.PROVINCE]
        document.fault(
            ("province", "code"),
            _(
                "Không có tỉnh mã “%(code)s” trong danh mục ngày %(day)s.",
                code=head["code"],
                day=head["as_of"].isoformat(),
            )
            + did_you_mean(head["code"].zfill(2), known),
        )
        return None
    expansion = Expansion(document, units, regime, unit)
    bodies = expansion.expand()
    if not bodies and not document.faults:
        document.fault((), _("Tệp chưa khai cơ quan nào; thêm [[bodies]] hoặc [[body]]."))
    resolve_superiors(document, units, bodies)
    links = Links(expansion)
    links.check_hosts()
    links.attach_plugins()
    lines = links.reporting_lines()
    ordered = in_order(document, bodies)
    return Province(document.file, head["slug"], unit, head["as_of"], regime, units, ordered, lines, document.lines)


def _clashes(provinces: list[Province]) -> Iterable[Fault]:
    """Find what two files both claim: the province, a slug, a host."""
    claims: dict[tuple[str, str], Province] = {}
    for province in provinces:
        wanted: list[tuple[tuple[str, str], KeyPath]] = [(("province", province.slug), ("province", "slug"))]
        wanted += [(("slug", body.slug), body.place) for body in province.bodies]
        wanted += [(("host", host), body.place_of("hosts")) for body in province.bodies for host in body.hosts]
        for claim, place in wanted:
            first = claims.setdefault(claim, province)
            if first is not province:
                what = {"province": _("Tỉnh"), "slug": _("Slug"), "host": _("Tên máy chủ")}[claim[0]]
                yield Fault(
                    province.file,
                    line_of(province.lines, place),
                    written(place),
                    _(
                        "%(what)s “%(name)s” đã có trong tệp %(file)s.",
                        what=what,
                        name=claim[1],
                        file=first.file,
                    ),
                )
