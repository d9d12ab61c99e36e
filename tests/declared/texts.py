"""Plugins written as data, right, or wrong in one thing."""

from tiepdan.declared.bundle import PLUGIN_FILE, Bundle
from tiepdan.declared.faults import MalformedError
from tiepdan.declared.plugin import DeclaredPlugin
from tiepdan.declared.reading import read_plugin

HEAD = """[plugin]
name = "so-xa"
title = {vi = "Sổ xã", en = "Commune's book"}
summary = {vi = "Địa bàn, sổ, báo cáo.", en = "Areas, a register, a report."}
api = ">=1.0,<2"
level = "commune"

[plugin.settings]
type = "object"

[plugin.settings.properties.days]
type = "integer"
minimum = 1
maximum = 7
x-label = {vi = "Số ngày", en = "Days"}

[plugin.settings.properties.source]
type = "string"
maxLength = 100
x-label = {vi = "Văn bản", en = "Document"}

[plugin.settings.properties.mode]
type = "string"
enum = ["strict", "mild"]
default = "mild"
x-label = {vi = "Cách", en = "Mode"}
"""
FORM = """
[[form]]
key = "area"
version = 1
title = {vi = "Địa bàn", en = "Area"}
when = {record = "petition"}

[form.schema]
type = "object"

[form.schema.properties.hot]
type = "string"
maxLength = 100
x-label = {vi = "Tên địa bàn nóng", en = "Name of the hot area"}
"""
DEADLINE = """
[[deadline]]
duty = "party.notice"
at_most = "$setting:days"
unit = "working"
source = "$setting:source"
when = {from = 2020-01-01}
"""
ROUTE = """
[[escalation]]
after_days = 3
to = "superior"
source = "QĐ 3"

[escalation.when.overdue]
sealed = false
kind = ["complaint", "denunciation"]
days_overdue = {at_least = 2}
"""
REGISTER = """
[[register]]
key = "classes"
version = 1
title = {vi = "Lớp tập huấn", en = "Classes"}
entry = {vi = "lớp", en = "class"}
summary = {vi = "Các lớp.", en = "The classes."}
title_field = "topic"
date_field = "opened_on"

[register.schema]
type = "object"
required = ["topic", "opened_on"]

[register.schema.properties.topic]
type = "string"
maxLength = 100
x-label = {vi = "Nội dung", en = "Topic"}

[register.schema.properties.opened_on]
type = "string"
format = "date"
x-label = {vi = "Ngày mở", en = "Opened on"}
"""
REPORT = """
[[report]]
key = "training"
version = 1
title = {vi = "Tập huấn", en = "Training"}
source = "KH 1"

[[report.figures]]
code = "TH-01"
label = {vi = "Số lớp", en = "Classes"}
unit = {vi = "lớp", en = "classes"}
count = {of = "register:classes"}
how = {vi = "Số lớp mở trong kỳ.", en = "Classes of the period."}

[[report.sections]]
title = {vi = "Tập huấn", en = "Training"}
figures = ["TH-01"]
"""
WHOLE = HEAD + FORM + DEADLINE + ROUTE + REGISTER + REPORT


def read(text: str, **files: str) -> DeclaredPlugin:
    """Read a plugin of one TOML text, with JSON files beside it by name without suffix."""
    return read_plugin(Bundle({PLUGIN_FILE: text} | {f"{name}.json": given for name, given in files.items()}))


def faults_of(text: str, **files: str) -> list[tuple[str, str, str]]:
    """Return what is wrong: (kind, table, key)."""
    try:
        read(text, **files)
    except MalformedError as malformed:
        return [(fault.kind.value, fault.table, fault.key) for fault in malformed.faults]
    return []
