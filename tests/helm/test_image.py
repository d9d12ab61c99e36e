"""The image as its Dockerfile describes it: one for all parts, not root, everything pinned."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCKERFILE = (ROOT / "platform" / "Dockerfile").read_text()
LOCK = (ROOT / "platform" / "requirements.lock").read_text()


def test_it_does_not_run_as_root_and_says_so_by_number():
    last_stage = DOCKERFILE.rsplit("\nFROM ", 1)[1]
    assert re.findall(r"^USER (.+)$", last_stage, re.MULTILINE) == ["10001:10001"]


def test_no_registry_is_named():
    bases = re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)
    assert all(re.fullmatch(r"[a-z]+:[a-z0-9.-]+", base) for base in bases)
    assert "://" not in DOCKERFILE


def test_everything_it_copies_exists():
    for line in re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.MULTILINE):
        for source in line.split()[:-1]:
            assert (ROOT / source).exists(), source


def test_its_lock_is_the_repositorys_without_the_tools():
    whole = (ROOT / "requirements.lock").read_text()
    pins = re.findall(r"^\S+==\S+", LOCK, re.MULTILINE)
    assert len(pins) > 40
    assert all(pin in whole for pin in pins)
    assert "://" not in LOCK
    assert not re.search(r"^(pytest|playwright|mypy|helm-sdkpy)==", LOCK, re.MULTILINE)
    assert "setuptools==" in LOCK
