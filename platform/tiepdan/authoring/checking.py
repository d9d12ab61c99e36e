"""`tiepdan plugin check`: everything that is looked at, the safe part here, the rest in a process beside."""

import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tiepdan.authoring.data_checks import check_data, check_package_data
from tiepdan.authoring.distribution_checks import Distribution, check_companions, read_distribution
from tiepdan.authoring.quality import Finding
from tiepdan.authoring.source_checks import check_source
from tiepdan.core.plugin_loading import is_declared
from tiepdan.declared.bundle import PLUGIN_FILE

# The way in is above this package; it is started by name.
_EXAMINE = "from tiepdan.cli import main; main()"
TIMEOUT = 240


def check_plugin(path: Path) -> list[Finding]:
    """Check a plugin: the folder of a distribution, or a folder or file of one written as data.

    Nothing is installed and nothing it does can hurt this process.
    """
    if path.is_file() or (not (path / "pyproject.toml").is_file() and (path / PLUGIN_FILE).is_file()):
        return check_data(path)
    distribution, findings = read_distribution(path)
    if distribution is None:
        return findings
    findings += check_companions(path)
    if is_declared(distribution.package):
        findings += check_package_data(path, distribution.package)
        return findings + check_data(distribution.package, name=distribution.name, readme=False)
    findings += check_source(distribution.package)
    return findings + _examine_beside(distribution)


def _examine_beside(distribution: Distribution) -> list[Finding]:
    path = distribution.path.resolve()
    with TemporaryDirectory() as folder:
        into = Path(folder) / "findings.json"
        words = ["plugin", "examine", str(path), distribution.module, distribution.name, "--into", str(into)]
        try:
            ended = subprocess.run(  # noqa: S603 - our own interpreter and command
                [sys.executable, "-P", "-X", "utf8", "-c", _EXAMINE, *words],
                cwd=folder,
                capture_output=True,
                text=True,
                errors="replace",
                timeout=TIMEOUT,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return [Finding("import", False, f"Treo quá {TIMEOUT} giây.", f"It hung for more than {TIMEOUT} seconds.")]
        if not into.is_file():
            said = _last_words(ended.stderr) or f"exit {ended.returncode}"
            return [Finding("import", False, f"Không nạp được plugin: {said}", f"It cannot be loaded: {said}")]
        return [Finding(**each) for each in json.loads(into.read_text(encoding="utf-8"))]


def _last_words(stderr: str) -> str:
    """Return the last place in a file and the last line of what a process said of its end."""
    lines = [line.strip() for line in stderr.splitlines() if line.strip()]
    places = [line for line in lines if line.startswith("File ")]
    return " ".join([*places[-1:], *lines[-1:]])
