"""Plugins written as data: read whole, or every fault at once, each at its place."""

import dataclasses
import inspect
import json
from datetime import date
from time import monotonic

import pytest

from tests.declared.texts import FORM, HEAD, ROUTE, WHOLE, faults_of, read
from tiepdan import hookspecs, sdk
from tiepdan.declared.bundle import PLUGIN_FILE, Bundle
from tiepdan.declared.conversion import Converter, Unwritable
from tiepdan.declared.faults import WORDS, DataFault, FaultKind, MalformedError, say_fault
from tiepdan.declared.reading import MOST_ITEMS, read_plugin
from tiepdan.declared.tables import TABLES
from tiepdan.sdk import Branch, DayUnit, DeadlineRule, Level, Overdue, PetitionKind, Record, Tenant, TenantKind

COMMUNE = Tenant("xa", "Xã", TenantKind.PARTY_COMMITTEE, Branch.PARTY, Level.COMMUNE, "06190")
ON = date(2024, 6, 28)


def ask(plugin, hook, **arguments):
    function = getattr(plugin.module, hook)
    given = {"tenant": COMMUNE, "on": ON, "settings": {}} | arguments
    return function(**{name: given[name] for name in inspect.signature(function).parameters})


def test_a_whole_plugin_becomes_a_manifest_and_a_function_per_hook():
    plugin = read(WHOLE)
    assert plugin.manifest.name == "so-xa"
    assert plugin.manifest.level is Level.COMMUNE
    assert plugin.tables == {"form": 1, "register": 1, "report": 1, "deadline": 1, "escalation": 1}
    assert set(plugin.functions) == {
        "form_parts", "registers", "report_definitions", "deadline_rules", "escalation_routes",
    }  # fmt: skip
    [report] = ask(plugin, "report_definitions")
    assert report.figures[0].count.of == "register:classes"
    assert report.sections[0].figures == ("TH-01",)
    assert isinstance(report.figures, tuple)


def test_every_hook_of_data_has_its_table():
    """A hook whose answer is only data can be answered by data; the others run something."""
    runs = {"channels", "deliver_message", "commands"}  # a gateway, a function
    kinds = {}
    for name, specification in vars(hookspecs).items():
        if hasattr(specification, "tiepdan_spec") and "Kind: join" not in specification.__doc__:
            kinds[name] = inspect.signature(specification)
    assert {table.hook for table in TABLES.values()} == set(kinds) - runs
    for table in TABLES.values():
        signature = kinds[table.hook]
        assert set(table.arguments) <= set(signature.parameters), table.hook
        assert table.value.__name__ in str(signature.return_annotation), table.hook
        for name, hint in table.arguments.items():
            assert signature.parameters[name].annotation is hint, (table.hook, name)


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_every_field_of_the_sdk_can_be_written(table):
    """A field that no data can stand for would make its table unwritable; this is where it would be noticed."""
    given = {each.name: object() for each in dataclasses.fields(table.value)}
    from tiepdan.declared.collecting import Faults, Place

    faults = Faults({PLUGIN_FILE: ""})
    try:
        Converter({}).record(table.value, given, Place(faults, table.name, 0))
    except Unwritable as fault:
        pytest.fail(f"{table.name}: {fault}")
    refused = {fault.key.partition(".")[0] for fault in faults.found}
    assert refused == set(given), "an object fits nowhere"


def test_conditions_of_committee_day_and_settings():
    text = HEAD + FORM.replace(
        'when = {record = "petition"}',
        """
[form.when]
record = ["petition", "visit"]
levels = "commune"
kinds = ["party_committee", "agency"]
branches = ["party"]
from = 2024-01-01
until = 2024-12-31
months = [6, 12]
from_day = 10
to_day = 28
settings = {mode = "strict"}
set = ["source"]
""",
    )
    plugin = read(text)
    fitting = {"record": Record.PETITION, "settings": {"mode": "strict", "source": "CV 1"}}
    assert len(ask(plugin, "form_parts", **fitting)) == 1
    for change in (
        {"record": Record.REPORT},
        {"tenant": dataclasses.replace(COMMUNE, level=Level.DISTRICT)},
        {"tenant": dataclasses.replace(COMMUNE, kind=TenantKind.JUDICIAL_BODY)},
        {"tenant": dataclasses.replace(COMMUNE, branch=Branch.STATE)},
        {"on": date(2023, 12, 28)},
        {"on": date(2025, 6, 20)},
        {"on": date(2024, 7, 20)},
        {"on": date(2024, 6, 9)},
        {"on": date(2024, 6, 29)},
        {"settings": {"mode": "mild", "source": "CV 1"}},
        {"settings": {"mode": "strict", "source": "  "}},
    ):
        assert ask(plugin, "form_parts", **(fitting | change)) == []


def test_a_setting_stands_for_a_value_and_what_lacks_it_is_left_out():
    plugin = read(WHOLE)
    assert ask(plugin, "deadline_rules") == []
    assert ask(plugin, "deadline_rules", settings={"days": 5}) == []
    found = ask(plugin, "deadline_rules", settings={"days": 5, "source": "CV 1"})
    assert found == [DeadlineRule("party.notice", 5, DayUnit.WORKING, "CV 1")]
    assert ask(plugin, "deadline_rules", settings={"days": 5, "source": "CV 1"}, on=date(2019, 1, 1)) == []


def test_a_setting_at_the_end_of_a_text():
    plugin = read(HEAD + ROUTE.replace('"superior"', '"body:$setting:source"'))
    overdue = Overdue("x", PetitionKind.COMPLAINT, ON, 5, Level.COMMUNE, sealed=False)
    [step] = ask(plugin, "escalation_routes", overdue=overdue, settings={"source": "thanh-tra"})
    assert step.to == "body:thanh-tra"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({}, 1),
        ({"sealed": True}, 0),
        ({"kind": None}, 0),
        ({"kind": PetitionKind.PROPOSAL}, 0),
        ({"days_overdue": 1}, 0),
    ],
)
def test_conditions_of_what_is_overdue(change, told):
    overdue = dataclasses.replace(Overdue("x", PetitionKind.COMPLAINT, ON, 5, Level.COMMUNE, sealed=False), **change)
    assert len(ask(read(WHOLE), "escalation_routes", overdue=overdue)) == told


NOTICE = """
[[notice]]
title = {vi = "Đã gửi", en = "Sent"}
text = {vi = "Lưu bản in.", en = "Keep a copy."}

[notice.when.event]
name = "report.submitted"
facts = {sealed = false, code = ["a", "b"], count = 1}
"""


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"sealed": False, "code": "b", "count": 1}, 1),
        ({"sealed": False, "code": "c", "count": 1}, 0),
        ({"sealed": True, "code": "a", "count": 1}, 0),
        ({"sealed": 0, "code": "a", "count": 1}, 0),  # 0 is not false
        ({"sealed": False, "code": "a", "count": True}, 0),
        ({}, 0),
    ],
)
def test_conditions_of_an_event(facts, said):
    event = sdk.Event("k", sdk.EventName.REPORT_SUBMITTED, COMMUNE, ON, "r", facts)
    assert len(ask(read(HEAD + NOTICE), "event_happened", event=event)) == said


CARD = """
[[card]]
key = "none"
title = {vi = "Chưa có lớp", en = "No class"}
text = {vi = "Năm nay chưa có.", en = "None this year."}
when = {count = {of = "register:classes", months = 12, at_most = 0}}
"""


def test_a_card_that_counts():
    class Records:
        def __init__(self, number):
            self.number = number

        def count(self, what, first, last):
            assert (what.of, first, last) == ("register:classes", date(2023, 7, 1), ON)
            return self.number

    plugin = read(HEAD + CARD)
    assert len(ask(plugin, "home_cards", records=Records(0))) == 1
    assert ask(plugin, "home_cards", records=Records(1)) == []


def test_a_schema_may_be_a_file_beside_it():
    text = (
        'form = [{key = "a", version = 1, title = {vi = "A", en = "A"}, when = {record = "visit"}, schema = "a.json"}]\n'
        + HEAD
    )
    [form] = ask(read(text, a='{"type": "object"}'), "form_parts", record=Record.VISIT)
    assert form.schema == {"type": "object"}
    assert faults_of(text) == [("no_file", "[[form]] 1", "schema")]
    assert faults_of(text, a="{") == [("syntax", "", "")]
    assert faults_of(text, a='["x"]') == [("wrong_type", "[[form]] 1", "schema")]
    assert faults_of(text, a='{"x": NaN}') == [("wrong_type", "[[form]] 1", "schema")]
    assert faults_of(text, a='{"x": 1, "x": 2}') == [("syntax", "", "")]
    for deep in ("[" * 100 + "]" * 100, "[" * 200_000):
        assert faults_of(text, a=deep) == [("too_deep", "", "")]


def test_all_faults_are_told_at_once_with_their_places():
    text = (
        WHOLE.replace('name = "so-xa"', 'name = "So Xa"\ncolour = "red"')
        .replace('key = "area"', 'kay = "area"')
        .replace('title = {vi = "Địa bàn", en = "Area"}', 'title = {vi = "Địa bàn"}')
        .replace('unit = "working"', 'unit = "hours"')
        .replace("after_days = 3", 'after_days = "3"')
        .replace("days_overdue", "days_late")
        .replace('code = "TH-01"\n', "")
        .replace('figures = ["TH-01"]', "figures = [1]")
        + "\n[[colour]]\nx = 1\n"
    )
    with pytest.raises(MalformedError) as raised:
        read(text)
    found = {(fault.kind.value, fault.table, fault.key): fault for fault in raised.value.faults}
    assert set(found) == {
        ("unknown_table", "[[colour]] 1", ""),
        ("unknown_key", "[plugin]", "colour"),
        ("name", "[plugin]", "name"),
        ("unknown_key", "[[form]] 1", "kay"),
        ("missing", "[[form]] 1", "key"),
        ("languages", "[[form]] 1", "title"),
        ("not_one_of", "[[deadline]] 1", "unit"),
        ("wrong_type", "[[escalation]] 1", "after_days"),
        ("no_condition", "[[escalation]] 1", "when.overdue.days_late"),
        ("missing", "[[report]] 1", "figures.1.code"),
        ("wrong_type", "[[report]] 1", "sections.1.figures.1"),
    }
    lines = text.splitlines()
    for key, sought in (
        (("unknown_key", "[plugin]", "colour"), 'colour = "red"'),
        (("unknown_key", "[[form]] 1", "kay"), 'kay = "area"'),
        (("not_one_of", "[[deadline]] 1", "unit"), 'unit = "hours"'),
        (("unknown_table", "[[colour]] 1", ""), "[[colour]]"),
    ):
        assert lines[found[key].line - 1] == sought
    assert found["not_one_of", "[[deadline]] 1", "unit"].place.startswith("plugin.toml:")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", "missing"),
        ("= 3", "syntax"),
        ("plugin = 3", "wrong_type"),
        ("[[plugin]]\nname = 'a'", "wrong_type"),
        (HEAD, "nothing"),
        (HEAD + "[form]\nkey = 'a'", "wrong_type"),
        (WHOLE.replace("[[form]]", "[[forms]]").replace("[form.", "[forms."), "unknown_table"),
        (WHOLE.replace('when = {record = "petition"}', ""), "missing"),
        (WHOLE.replace('when = {record = "petition"}', "when = 1"), "wrong_type"),
        (WHOLE.replace('when = {record = "petition"}', 'when = {record = "letter"}'), "not_one_of"),
        (WHOLE.replace('when = {record = "petition"}', 'when = {record = "petition", moon = "full"}'), "no_condition"),
        (WHOLE.replace("when = {from = 2020-01-01}", "when = {from = 2020}"), "wrong_type"),
        (WHOLE.replace("when = {from = 2020-01-01}", "when = {from = 2020-01-01T10:00:00}"), "wrong_type"),
        (WHOLE.replace("when = {from = 2020-01-01}", "when = {months = [13]}"), "wrong_type"),
        (WHOLE.replace("when = {from = 2020-01-01}", "when = {from_day = 0}"), "wrong_type"),
        (WHOLE.replace("when = {from = 2020-01-01}", 'when = {settings = {colour = "red"}}'), "setting"),
        (WHOLE.replace("when = {from = 2020-01-01}", 'when = {set = ["colour"]}'), "setting"),
        (WHOLE.replace("when = {from = 2020-01-01}", "when = {set = [1]}"), "setting"),
        (WHOLE.replace("when = {from = 2020-01-01}", "when = {overdue = {sealed = true}}"), "no_condition"),
        (WHOLE.replace("$setting:days", "$setting:colour"), "setting"),
        (WHOLE.replace("$setting:days", "$setting:source"), "setting_type"),
        (WHOLE.replace("$setting:source", "$setting:days"), "setting_type"),
        (WHOLE.replace('unit = "working"', 'unit = "$setting:mode"'), "setting_type"),
        (WHOLE.replace("version = 1", "version = 1.5"), "wrong_type"),
        (WHOLE.replace("version = 1", "version = true"), "wrong_type"),
        (WHOLE.replace("version = 1", f"version = {2**60}"), "wrong_type"),
        (WHOLE.replace("version = 1", f"version = {'9' * 5000}"), "syntax"),
        (WHOLE.replace("maxLength = 100", "maxLength = inf"), "wrong_type"),
        (WHOLE.replace("maxLength = 100", "maxLength = 2024-01-01"), "wrong_type"),
        (WHOLE.replace('en = "Area"', 'en = " "'), "languages"),
        (WHOLE.replace('en = "Area"', 'en = "Area", fr = "Zone"'), "languages"),
        (HEAD.replace("minimum = 1", 'pattern = "(a+)+$"') + FORM, "settings_word"),
        (HEAD.replace('type = "integer"', 'type = "array"') + FORM, "wrong_type"),
        (HEAD.replace("days]", "Days]") + FORM, "settings_word"),
        (HEAD.replace('x-label = {vi = "Cách", en = "Mode"}', "") + FORM, "languages"),
        (HEAD.replace('default = "mild"', "default = 1") + FORM, "wrong_type"),
        (HEAD.replace('"[plugin.settings]\ntype = "object"', "") .replace('type = "object"', 'type = "object"\nallOf = []') + FORM, "settings_word"),
        (HEAD + "".join(f"\n[[hint]]\nkey = 'k{n}'" for n in range(10_000)), "too_many"),
        (HEAD + f"x = {'[' * 2000}{']' * 2000}", "too_deep"),
        (HEAD + f"{'a.' * 3000}a = 1", "too_deep"),
        (HEAD + f"x = {'{a=' * 40}1{'}' * 40}", "too_deep"),
        (HEAD + "#" * 500_000, "too_large"),
        (FORM, "missing"),
    ],
)  # fmt: skip
def test_whatever_is_malformed_is_said_and_nothing_else_happens(text, kind):
    assert kind in [found[0] for found in faults_of(text)]


def test_ten_thousand_tables_are_counted_and_not_read():
    text = HEAD + "".join(f"\n[[hint]]\nkey = 'k{n}'" for n in range(MOST_ITEMS + 1))
    assert faults_of(text) == [("too_many", "", "")]


def test_a_text_full_of_long_words_is_read_like_any_other():
    assert faults_of(f"# {'a' * 150_000} {'a.' * 20} {'"' * 99}\n" + WHOLE) == []


@pytest.mark.parametrize("kind", list(FaultKind))
def test_every_fault_has_words_in_both_languages(kind):
    said = say_fault(DataFault(kind, "plugin.toml", detail="{x} " * 200))
    assert set(said) == {"vi", "en"}
    assert all(0 < len(text) < 500 for text in said.values())
    assert kind in WORDS


def test_values_are_made_once_for_the_same_settings():
    plugin = read(WHOLE)
    first, second = (ask(plugin, "deadline_rules", settings={"days": 5, "source": "CV 1"})[0] for _ in range(2))
    assert first is second
    many = [ask(plugin, "deadline_rules", settings={"days": 5, "source": f"CV {n}"})[0].source for n in range(200)]
    assert many[-1] == "CV 199"


def test_a_setting_of_the_wrong_type_is_a_fault_of_the_plugin():
    with pytest.raises(MalformedError):
        ask(read(WHOLE), "deadline_rules", settings={"days": "five", "source": "CV 1"})


def test_a_setting_that_speaks_of_a_setting_leads_nowhere():
    found = ask(read(WHOLE), "deadline_rules", settings={"days": 5, "source": "$setting:source"})
    assert found[0].source is None  # which the check of answers refuses


def test_a_long_list_of_wrong_values_is_read_as_fast_as_a_right_one():
    started = monotonic()
    where = f"where = {{kind = [{'1, ' * 30_000}]}}"
    faults = faults_of(HEAD + f'\n[[card]]\n[card.when]\ncount = {{of = "petitions", {where}}}\n')
    assert faults
    assert monotonic() - started < 20  # every value searched the whole text for its line: minutes


def test_one_large_file_is_not_read_for_every_table():
    table = 'when = {record = "visit"}, version = 1, title = {vi = "A", en = "A"}, schema = "a.json"'
    forms = ", ".join(f'{{key = "k{number}", {table}}}' for number in range(3))
    schema = json.dumps({"type": "object", "description": "x" * 400_000})
    with pytest.raises(MalformedError) as raised:
        read_plugin(Bundle({PLUGIN_FILE: f"form = [{forms}]\n{HEAD}", "a.json": schema}))
    assert [(fault.kind, fault.table, fault.key) for fault in raised.value.faults] == [
        (FaultKind.TOO_LARGE, "[[form]] 3", "schema")
    ]


@pytest.mark.parametrize(
    ("more", "kind"),
    [
        ("minLength = 900000000", FaultKind.WRONG_TYPE),
        ("maxLength = -1", FaultKind.WRONG_TYPE),
        (f"enum = {[f'v{number}' for number in range(201)]}", FaultKind.TOO_MANY),
    ],
)
def test_a_setting_that_costs_too_much_to_try_is_refused(more, kind):
    label = 'x-label = {vi = "A", en = "A"}'
    setting = f'\n[plugin.settings.properties.large]\ntype = "string"\n{more}\n{label}\n'
    assert [said for said, _table, _key in faults_of(HEAD + setting + FORM)] == [kind]
