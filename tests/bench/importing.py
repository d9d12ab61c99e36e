"""Import of a kept register: does a line cost the same at the end of the book as at its beginning?"""

import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from statistics import median

from flask import Flask

from tests.bench.figures import Figure
from tests.bench.ground import Ground, count
from tests.bench.installation import BUSINESS_DAY
from tests.bench.secrets import person_number
from tiepdan.core.actor import Actor
from tiepdan.core.db import db
from tiepdan.core.scope import Scope, enter
from tiepdan.receptions.register_import import ImportOutcome, import_register
from tiepdan.receptions.registers import CHUNK, RegisterEntry
from tiepdan.receptions.rules import Duty, ReceivedBy, ReceptionForm
from tiepdan.receptions.workbook_template import write_register_workbook
from tiepdan.sdk import PetitionKind

ROWS, FEWEST_ROWS = 100_000, 20_000
A_DAY = 60  # visits of one day of a busy desk
_KINDS = (PetitionKind.FEEDBACK, PetitionKind.COMPLAINT, PetitionKind.PROPOSAL, PetitionKind.FEEDBACK)


def measure_import(ground: Ground) -> list[Figure]:
    """Import one workbook as the command does, and compare the time of its first and its last tenth."""
    database = ground.nation()
    rows = max(FEWEST_ROWS, int(ROWS * ground.scale)) // (10 * CHUNK) * 10 * CHUNK
    path = ground.installation.folder / "register.xlsx"
    ground.say(f"writing a register of {rows:,} lines")
    write_register_workbook(path, register_lines(rows), sheet=f"Sổ {time.time_ns()}")
    clerks = ground.chosen(database).clerks
    app = ground.app(database)
    warm = ground.installation.folder / "warm.xlsx"
    write_register_workbook(warm, register_lines(2 * CHUNK), sheet=f"Sổ {time.time_ns()}")
    _import(app, warm, clerks[-2])  # the catalogue of units, the law, the tenant's keys: read once per process
    before = count(database, "visit", f"tenant_id = {clerks[-1].tenant_id}")
    began = time.perf_counter()
    outcome, times = _import(app, path, clerks[-1])
    seconds = time.perf_counter() - began
    came = count(database, "visit", f"tenant_id = {clerks[-1].tenant_id}") - before
    if outcome.faults or outcome.written != rows or came != rows:
        raise RuntimeError(f"{came} of {rows} lines came in: {list(outcome.faults.items())[:3]}")
    parts, start = {}, began
    for stage, marks in times.items():
        moments = [start, *marks]
        parts[stage] = [after - before for before, after in pairwise(moments)]
        start = marks[-1]
    tenth = rows // 10 // CHUNK
    # Reading and writing are two passes; what a line costs is both.
    first = sum(sum(part[:tenth]) for part in parts.values())
    last = sum(sum(part[-tenth:]) for part in parts.values())
    detail: dict[str, object] = {"rows": rows, "seconds": round(seconds, 1), "rows_per_s": round(rows / seconds)}
    detail |= {"first_tenth_s": round(first, 2), "last_tenth_s": round(last, 2)}
    for stage, part in parts.items():
        detail[f"{stage}_chunks_s"] = [round(chunk, 2) for chunk in part]
        detail[f"{stage}_median_chunk_ratio"] = round(median(part[-tenth:]) / median(part[:tenth]), 3)
    return [
        Figure("import", "last tenth of a register's lines / first tenth", "x", 1.3, "at most", last / first, detail)
    ]


def _import(app: Flask, path: Path, scope: Scope) -> tuple[ImportOutcome, dict[str, list[float]]]:
    """Import a workbook; return its outcome and, per stage, the moment each chunk was done."""
    times: dict[str, list[float]] = defaultdict(list)

    def progress(stage: str, _rows: int) -> None:
        times[stage].append(time.perf_counter())

    actor = Actor.system("registers.import", tenant_id=scope.tenant_id)
    with app.app_context(), enter(scope):
        try:
            outcome = import_register(path, actor=actor, on=date.fromisoformat(BUSINESS_DAY), progress=progress)
        finally:
            db.session.remove()
    return outcome, times


def register_lines(rows: int) -> Iterator[RegisterEntry]:
    """Make up the book of a desk that received sixty people a day."""
    days = -(-rows // A_DAY)
    first_on = date.fromisoformat(BUSINESS_DAY) - timedelta(days=days)
    numbers: dict[int, int] = defaultdict(int)
    for row in range(rows):
        day_on = first_on + timedelta(days=row // A_DAY)
        numbers[day_on.year] += 1
        yield RegisterEntry(
            book="", year=day_on.year, number=numbers[day_on.year], day_on=day_on, session=f"Ngày {day_on:%d/%m/%Y}",
            duty=Duty.PARTY, form=ReceptionForm.PERIODIC, chair=ReceivedBy.HEAD, chair_name="Bí thư Đảng ủy",
            people=[person_number(row)], content=f"Đề nghị giải quyết việc cấp giấy chứng nhận thửa đất số {row % 900 + 1}.",
            kind=_KINDS[row % 4], within_competence=row % 3 == 0,
        )  # fmt: skip
