"""Rules of the house about hooks: each is explained, used twice, and the reference is current."""

import ast
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from tiepdan.declared.tables import TABLES
from tiepdan.portal.commands import HOOKS, docs
from tiepdan.portal.hook_reference import KINDS, HookText, read_hooks, write_hooks
from tiepdan.sdk import hookspec

ROOT = Path(__file__).parents[2]
EVERY = read_hooks()
FOR_PLUGINS = [hook for hook in EVERY if hook.kind != "join"]


def implementers(hook: str) -> list[str]:
    """Return the distributions in plugins/ that implement a hook; the dummy of the tests is none."""
    found = set()
    for file in (ROOT / "plugins").glob("*/tiepdan_*/**/*.py"):
        for node in ast.parse(file.read_text()).body:
            marks = {ast.unparse(mark) for mark in getattr(node, "decorator_list", ())}
            if isinstance(node, ast.FunctionDef) and node.name == hook and "hookimpl" in marks:
                found.add(file.relative_to(ROOT / "plugins").parts[0])
    for file in (ROOT / "plugins").glob("*/tiepdan_*/plugin.toml"):  # written as data
        if hook in {TABLES[table].hook for table in tomllib.loads(file.read_text()) if table in TABLES}:
            found.add(file.relative_to(ROOT / "plugins").parts[0])
    return sorted(found)


@pytest.mark.parametrize("hook", EVERY, ids=lambda hook: hook.name)
def test_a_hook_says_what_it_is(hook: HookText):
    arguments = hook.signature.partition("(")[2].partition(") ->")[0]
    names = [part.split(":")[0].strip() for part in split_outside_brackets(arguments)]
    assert hook.kind in KINDS
    assert hook.failing, "say what a failure means"
    assert hook.summary.endswith(".")
    assert hook.asked, "say when it is asked"
    assert [name for name in names if name not in hook.arguments] == [], "explain every argument"


@pytest.mark.parametrize("hook", FOR_PLUGINS, ids=lambda hook: hook.name)
def test_a_hook_for_plugins_says_what_nothing_means_and_shows_an_example(hook: HookText):
    assert hook.explains_nothing, "say what an empty answer means"
    assert hook.example
    ast.parse("def example():\n" + "\n".join(f"    {line}" for line in hook.example.splitlines()))


@pytest.mark.parametrize("hook", FOR_PLUGINS, ids=lambda hook: hook.name)
def test_a_hook_for_plugins_has_two_real_users(hook: HookText):
    assert len(implementers(hook.name)) >= 2, "a hook arrives with two plugins that use it"


def test_the_reference_is_current(tmp_path: Path):
    assert HOOKS.read_text() == write_hooks(), "run `tiepdan docs hooks`"
    answer = CliRunner().invoke(docs, ["hooks", "--output", str(tmp_path / "hooks.md")])
    assert answer.exit_code == 0
    assert (tmp_path / "hooks.md").read_text() == write_hooks()


def test_a_specification_without_its_words_is_noticed(monkeypatch):
    """The rules above can fail: a specification that says nothing has nothing to read."""

    @hookspec
    def silent(tenant: str) -> None:
        """Do something."""

    monkeypatch.setattr("tiepdan.hookspecs.silent", silent, raising=False)
    monkeypatch.setattr("tiepdan.portal.hook_reference.hook_kinds", lambda: {"silent": ""})
    [hook] = read_hooks()
    assert (hook.kind, hook.failing, hook.asked, hook.arguments, hook.example) == ("", "", "", {}, "")
    assert not hook.explains_nothing


def split_outside_brackets(text: str) -> list[str]:
    parts, depth = [""], 0
    for letter in text:
        depth += letter in "[("
        depth -= letter in "])"
        if letter == "," and not depth:
            parts.append("")
        else:
            parts[-1] += letter
    return [part for part in parts if part.strip()]
