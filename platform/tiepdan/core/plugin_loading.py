"""Find plugins by their entry points and load those that are fit; the others are named with the reason.

Nothing a plugin does here can keep the platform from starting. A plugin is refused as a whole: when it may not
be here (allow-list), cannot be imported, says nothing of itself, wants another version of the SDK, imports
something of ours that is not the SDK, or implements hooks that do not exist or in a way that reaches others.

A package that holds a `plugin.toml` and no code is a plugin written as data: it is read, never imported.
"""

import ast
import hashlib
import re
import tomllib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

import pluggy
from packaging.specifiers import InvalidSpecifier, SpecifierSet

from tiepdan.core.plugins import hook_kinds, manager
from tiepdan.core.telemetry import log
from tiepdan.declared.bundle import PLUGIN_FILE, read_folder
from tiepdan.declared.faults import MalformedError
from tiepdan.declared.reading import read_plugin
from tiepdan.sdk import API_VERSION, Manifest

GROUP = "tiepdan"
_NAME = re.compile(r"[a-z][a-z0-9-]{1,40}")
_OFFERED = {"contribute", "decide", "observe"}  # `join` is for the platform's slices
_FILES = {".py", ".toml", ".json", ".html", ".typ", ".po"}


class Problem(StrEnum):
    """Why a plugin was not loaded."""

    NOT_ALLOWED = "not_allowed"
    IMPORT = "import"
    NO_MANIFEST = "no_manifest"
    NAME = "name"
    API = "api"
    PRIVATE_IMPORT = "private_import"
    HOOKS = "hooks"
    DATA = "data"


@dataclass(frozen=True, slots=True)
class Allowed:
    """A plugin the operator has reviewed: name, version and the digest of its files."""

    name: str
    version: str
    digest: str


@dataclass(frozen=True, slots=True)
class InstalledPlugin:
    """A plugin that was found. problem: None when it was loaded. detail: what exactly; names of code only.

    declared: it is only data, so nothing of it runs.
    """

    name: str
    version: str
    digest: str
    manifest: Manifest | None
    hooks: tuple[str, ...] = ()
    problem: Problem | None = None
    detail: str = ""
    declared: bool = False


class Unfit(Exception):
    """Why a plugin may not be loaded."""

    def __init__(self, problem: Problem, detail: str) -> None:
        super().__init__(detail)
        self.problem, self.detail = problem, detail


def read_allowed(path: Path) -> frozenset[Allowed]:
    """Read the operator's list: tables `[[plugin]]` with name, version and sha256. Raises OSError, ValueError."""
    rows = tomllib.loads(path.read_text(encoding="utf-8")).get("plugin", [])
    return frozenset(Allowed(str(row["name"]), str(row["version"]), str(row["sha256"])) for row in rows)


def load_plugins(allowed: Collection[Allowed] | None = None) -> tuple[InstalledPlugin, ...]:
    """Load every installed plugin that is fit, in name order; a second call finds them loaded.

    allowed: None for all (demo and tests).
    """
    found = sorted(entry_points(group=GROUP), key=lambda point: point.name)
    return tuple(load_plugin(point, allowed) for point in found)


def load_plugin(point: EntryPoint, allowed: Collection[Allowed] | None = None) -> InstalledPlugin:
    """Load one plugin, or say why it may not be loaded."""
    version = point.dist.version if point.dist else "0"
    folder = _folder(point)
    digest = digest_of(folder) if folder else ""
    declared = folder is not None and is_declared(folder)
    try:
        _refuse_unreviewed(Allowed(point.name, version, digest), allowed)
        _refuse_private_imports(folder)
        module = _read_declared(folder) if folder is not None and declared else _import(point)
        manifest = check_manifest(module, point.name)
        hooks = _register(module, point.name)
    except Unfit as fault:
        log.error("plugin not loaded", plugin=point.name, fault=fault.problem.value)
        return InstalledPlugin(point.name, version, digest, None, (), fault.problem, fault.detail, declared)
    return InstalledPlugin(point.name, version, digest, manifest, hooks, declared=declared)


def is_declared(folder: Path) -> bool:
    """Say whether a package is a plugin written as data: it has a plugin.toml, and its Python says nothing."""
    return (folder / PLUGIN_FILE).is_file() and not any(_has_code(path) for path in folder.rglob("*.py"))


def _has_code(path: Path) -> bool:
    try:
        body = ast.parse(path.read_text(encoding="utf-8")).body
    except (SyntaxError, UnicodeDecodeError):
        return True
    return any(not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)) for node in body)


def _read_declared(folder: Path) -> ModuleType:
    try:
        return read_plugin(read_folder(folder)).module
    except (MalformedError, OSError) as fault:
        raise Unfit(Problem.DATA, str(fault)[:300]) from fault


def _refuse_unreviewed(plugin: Allowed, allowed: Collection[Allowed] | None) -> None:
    if allowed is not None and plugin not in allowed:
        raise Unfit(Problem.NOT_ALLOWED, f"{plugin.name} {plugin.version} sha256:{plugin.digest}")


def _refuse_private_imports(folder: Path | None) -> None:
    if folder is not None and (private := private_imports(folder)):
        raise Unfit(Problem.PRIVATE_IMPORT, ", ".join(private[:5]))


def _folder(point: EntryPoint) -> Path | None:
    """Return the folder of a plugin's package without importing it."""
    try:
        spec = find_spec(point.module.partition(".")[0])
    except Exception:  # noqa: BLE001 - whatever is wrong with it shows at the import
        return None
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(next(iter(spec.submodule_search_locations)))


def digest_of(folder: Path) -> str:
    """Return the SHA-256 of a package's files, by name and content."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix in _FILES and "__pycache__" not in path.parts:
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def private_imports(folder: Path) -> list[str]:
    """Return what a package imports of ours beside `tiepdan.sdk`, as "file: module"."""
    found = []
    for path in sorted(folder.rglob("*.py")):
        try:
            tree = ast.parse(path.read_text(encoding="utf-8"))
        except (SyntaxError, UnicodeDecodeError):
            continue  # importing it will say so
        for name in _imported(tree):
            ours = name == "tiepdan" or name.startswith("tiepdan.")
            if ours and name != "tiepdan.sdk" and not name.startswith("tiepdan.sdk."):
                found.append(f"{path.relative_to(folder)}: {name}")
    return sorted(set(found))


def _imported(tree: ast.AST) -> Iterable[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            if node.module == "tiepdan":
                yield from (f"tiepdan.{alias.name}" for alias in node.names)
            else:
                yield node.module or ""


def _import(point: EntryPoint) -> ModuleType:
    try:
        module = point.load()
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        raise Unfit(Problem.IMPORT, type(error).__name__) from error
    if not isinstance(module, ModuleType):
        raise Unfit(Problem.NO_MANIFEST, f"{point.value} is no module")
    return module


def check_manifest(module: ModuleType, name: str) -> Manifest:
    """Return a module's manifest; raise Unfit for none, one of another name or of another SDK."""
    manifest = getattr(module, "PLUGIN", None)
    if not isinstance(manifest, Manifest):
        raise Unfit(Problem.NO_MANIFEST, f"{module.__name__}.PLUGIN")
    if manifest.name != name or not _NAME.fullmatch(name):
        raise Unfit(Problem.NAME, f"{manifest.name!r} / {name!r}")
    missing = [word for word in ("vi", "en") if not manifest.title.get(word) or not manifest.summary.get(word)]
    if missing:
        raise Unfit(Problem.NO_MANIFEST, f"title, summary: {', '.join(missing)}")
    try:
        supported = SpecifierSet(manifest.api)
    except InvalidSpecifier:
        raise Unfit(Problem.API, manifest.api) from None
    if API_VERSION not in supported:
        raise Unfit(Problem.API, f"{manifest.api} / {API_VERSION}")
    return manifest


def _register(module: ModuleType, name: str) -> tuple[str, ...]:
    kinds = hook_kinds()
    hooks = []
    for attribute, function in vars(module).items():
        options = getattr(function, "tiepdan_impl", None)
        if options is None:
            continue
        if kinds.get(attribute) not in _OFFERED:
            raise Unfit(Problem.HOOKS, attribute)
        if any(options.get(word) for word in ("wrapper", "hookwrapper", "specname", "tryfirst", "trylast")):
            raise Unfit(Problem.HOOKS, f"{attribute}: {options}")
        hooks.append(attribute)
    if manager.has_plugin(name):
        manager.unregister(name=name)
    try:
        manager.register(module, name)
        manager.check_pending()
    except pluggy.PluginValidationError as fault:
        if manager.has_plugin(name):
            manager.unregister(name=name)
        raise Unfit(Problem.HOOKS, " ".join(str(fault).split())[:300]) from fault
    return tuple(sorted(hooks))
