"""A workbook that swells when it is unzipped never reaches the reader."""

from datetime import date
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest

from tiepdan.core.errors import Invalid
from tiepdan.receptions import workbook, workbook_size
from tiepdan.receptions.register_import import import_register

ON = date(2024, 6, 28)
MIB = 1024**2


@pytest.fixture
def never_opened(monkeypatch):
    """The reader of workbooks may not be called; the limit is one MiB."""

    def open_it(*_args, **_options):
        raise AssertionError("openpyxl was asked to open it")

    monkeypatch.setattr(workbook.openpyxl, "load_workbook", open_it)
    monkeypatch.setattr(workbook_size, "MOST_UNZIPPED", MIB)


def zipped(path, **sizes):
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, size in sizes.items():
            archive.writestr(f"xl/{name}.xml", bytes(size))
    return path


@pytest.mark.parametrize("sizes", [{"sheet": 40 * MIB}, {f"part{number}": MIB // 2 for number in range(3)}])
def test_a_swelling_file_is_refused_in_words(entered, two_tenants, tmp_path, never_opened, sizes):
    bomb = zipped(tmp_path / "so.xlsx", **sizes)
    assert bomb.stat().st_size < MIB // 10
    for tenant in two_tenants:
        with entered(tenant, "reception_officer") as officer, pytest.raises(Invalid) as fault:
            import_register(bomb, actor=officer, on=ON)
        assert "giải nén ra hơn 1 MB" in str(fault.value.message)


def test_a_file_that_lies_about_its_size_is_refused(entered, two_tenants, tmp_path, never_opened):
    bomb = zipped(tmp_path / "so.xlsx", sheet=40 * MIB)
    bomb.write_bytes(bomb.read_bytes().replace((40 * MIB).to_bytes(4, "little"), (1000).to_bytes(4, "little")))
    with ZipFile(bomb) as archive:
        assert archive.infolist()[0].file_size == 1000
    with entered(two_tenants[0], "reception_officer") as officer, pytest.raises(Invalid):
        import_register(bomb, actor=officer, on=ON)


def test_what_is_read_counts_not_only_what_is_declared(app, tmp_path, monkeypatch):
    bomb = zipped(tmp_path / "so.xlsx", sheet=2 * MIB)
    monkeypatch.setattr(workbook_size, "MOST_UNZIPPED", MIB)
    opened = ZipFile.open
    monkeypatch.setattr(ZipFile, "infolist", lambda _archive: [ZipInfo("xl/sheet.xml")])  # of no size, it says
    monkeypatch.setattr(ZipFile, "open", lambda archive, part: opened(archive, part.filename))
    with app.test_request_context(), pytest.raises(Invalid) as fault:
        workbook_size.check_unzipped_size(bomb)
    assert "giải nén" in str(fault.value.message)


def test_no_zip_is_no_workbook(app, tmp_path):
    path = tmp_path / "so.xlsx"
    path.write_text("STT;Họ và tên")
    with app.test_request_context(), pytest.raises(Invalid) as fault:
        workbook_size.check_unzipped_size(path)
    assert "so.xlsx" in str(fault.value.message)
