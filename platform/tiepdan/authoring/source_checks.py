"""What a plugin's source text says, read as a tree and never run: imports, wall clocks, languages."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

from tiepdan.authoring.quality import Finding, Words, judge_faults
from tiepdan.core.plugin_loading import private_imports

LANGUAGES = frozenset({"vi", "en"})
_CLOCKS = frozenset(
    {
        "datetime.date.today", "datetime.datetime.now", "datetime.datetime.today", "datetime.datetime.utcnow",
        "time.time", "time.time_ns", "time.localtime", "time.gmtime", "time.ctime", "time.strftime",
    }
)  # fmt: skip
_IMPORTERS = frozenset({"importlib.import_module", "builtins.__import__", "__import__", "importlib.__import__"})


def check_source(package: Path) -> list[Finding]:
    """Read every module of a package."""
    trees: dict[str, ast.Module] = {}
    unreadable: list[Words] = []
    for file in sorted(package.rglob("*.py")):
        place = file.relative_to(package.parent).as_posix()
        try:
            trees[place] = ast.parse(file.read_text(encoding="utf-8"))
        except (SyntaxError, UnicodeDecodeError) as fault:
            unreadable.append((f"{place}: sai cú pháp ({fault}).", f"{place}: cannot be read ({fault})."))
    return [
        *judge_faults("source", unreadable, ("đọc được mọi tệp", "every file can be read")),
        *judge_faults("private_imports", _import_faults(package, trees), ("chỉ dùng tiepdan.sdk", "only tiepdan.sdk")),
        *judge_faults("wall_clock", _clock_faults(trees), ("không đọc đồng hồ máy", "no wall clock")),
        *judge_faults("languages", _language_faults(trees), ("đủ tiếng Việt và tiếng Anh", "both languages")),
    ]


def _import_faults(package: Path, trees: Mapping[str, ast.Module]) -> Iterator[Words]:
    for private in private_imports(package):
        yield (
            f"{private}: phần nội bộ của nền tảng; chỉ được dùng tiepdan.sdk.",
            f"{private}: an inside of the platform; import tiepdan.sdk only.",
        )
    for place, line, name in _named(trees):
        if name in _IMPORTERS:
            yield f"{place}:{line}: không nạp mô-đun theo tên.", f"{place}:{line}: do not import by name."


def _clock_faults(trees: Mapping[str, ast.Module]) -> Iterator[Words]:
    for place, line, name in _named(trees):
        if name in _CLOCKS:
            yield (
                f"{place}:{line}: {name} đọc đồng hồ máy; hãy dùng ngày mà hook được trao.",
                f"{place}:{line}: {name} reads the wall clock; use the day the hook is given.",
            )


def _language_faults(trees: Mapping[str, ast.Module]) -> Iterator[Words]:
    for place, tree in trees.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Dict):
                keys = {key.value for key in node.keys if isinstance(key, ast.Constant)} & LANGUAGES
                if keys and keys != LANGUAGES:
                    missing = ", ".join(sorted(LANGUAGES - {str(key) for key in keys}))
                    yield f"{place}:{node.lineno}: thiếu {missing}.", f"{place}:{node.lineno}: lacks {missing}."


def _named(trees: Mapping[str, ast.Module]) -> Iterator[tuple[str, int, str]]:
    """Yield place, line and full name of everything a module reaches by the names it imported."""
    for place, tree in trees.items():
        names = dict(_imported_names(tree))
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute | ast.Name):
                first, _, rest = ast.unparse(node).partition(".")
                full = names.get(first, first)
                yield place, node.lineno, f"{full}.{rest}" if rest else full


def _imported_names(tree: ast.AST) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield (
                    alias.asname or alias.name.partition(".")[0],
                    alias.name if alias.asname else alias.name.partition(".")[0],
                )
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            for alias in node.names:
                yield alias.asname or alias.name, f"{node.module}.{alias.name}"
