"""A province writes a plugin as data, uploads it, looks at what it would add, and orders it for its communes."""

from pathlib import Path

from tests.journeys.conftest import Walk
from tests.journeys.walker import Walker, opened

QUESTION = "Vụ việc thuộc địa bàn nổi cộm"
GOOD = """
[plugin]
name = "hot-areas-book"
title = {vi = "Sổ địa bàn", en = "Book of areas"}
summary = {vi = "Hỏi địa bàn khi vào sổ đơn, và giữ sổ địa bàn.", en = "Asks for the area and keeps a register of areas."}
api = ">=1.1,<2"
level = "commune"

[[form]]
key = "area"
version = 1
title = {vi = "Địa bàn", en = "Area"}
when = {record = "petition"}

[form.schema]
type = "object"

[form.schema.properties.hot]
type = "boolean"
x-label = {vi = "Vụ việc thuộc địa bàn nổi cộm", en = "The matter is of a hot area"}

[[register]]
key = "areas"
version = 1
title = {vi = "Địa bàn nổi cộm", en = "Hot areas"}
entry = {vi = "địa bàn", en = "area"}
summary = {vi = "Mỗi địa bàn một dòng.", en = "A line for each area."}
title_field = "name"
date_field = "noted_on"

[register.schema]
type = "object"
required = ["name", "noted_on"]

[register.schema.properties.name]
type = "string"
maxLength = 120
x-label = {vi = "Tên địa bàn", en = "Name"}

[register.schema.properties.noted_on]
type = "string"
format = "date"
x-label = {vi = "Ngày ghi", en = "Noted on"}
"""


def test_a_province_orders_a_plugin_it_wrote_as_data(walk: Walk, tmp_path: Path) -> None:
    admin = walk("quantri.langson")
    admin.follow(admin.menu("Plugin"))
    admin.follow("Tải lên một plugin")
    _upload(admin, tmp_path, GOOD.replace("maxLength", "maxLenght"), 422)
    admin.reads("Tệp này chưa dùng được; chưa lưu gì", "maxLenght", "plugin.toml")
    _upload(admin, tmp_path, GOOD, 200)
    admin.reads("Sổ địa bàn", "Chưa dùng; chưa ai được hỏi", QUESTION, "Tên địa bàn")
    admin.press("Dùng bản này")
    form = opened(admin, "commune")
    form.locator("[name=when]").select_option("on_locked")
    admin.press(form.get_by_role("button", name="Lưu"))
    try:
        _commune_meets_it(walk("vanphong.xa2.caoloc"))
    finally:
        form = opened(admin, "commune")
        form.locator("[name=when]").select_option("none")
        admin.press(form.get_by_role("button", name="Lưu"))


def _upload(admin: Walker, folder: Path, text: str, status: int) -> None:
    file = folder / "plugin.toml"
    file.write_text(text, encoding="utf-8")
    admin.page.locator("input[type=file]").set_input_files(file)
    admin.press("Tải lên và kiểm tra", status=status)


def _commune_meets_it(office: Walker) -> None:
    office.follow(office.menu("Đơn thư"))
    office.follow("Vào sổ đơn mới")
    office.reads(QUESTION)
    office.follow(office.menu("Sổ theo dõi"))
    office.follow("Địa bàn nổi cộm")
    office.follow("Ghi mục mới")
    office.press("Ghi vào sổ", status=422)
    office.reads("Mục này cần được điền.")
    office.fill("Tên địa bàn", "Khu vực bãi rác thôn Nà Pài")
    office.press("Ghi vào sổ")
    office.reads("Khu vực bãi rác thôn Nà Pài", "28/06/2024")
