"""The report as PDF by typst: the same document as Word, drawn by templates/reports/report.typ.

The font is Libertinus Serif, which typst carries inside itself and which has every Vietnamese letter: the page
looks the same on every machine, and nothing is fetched.
"""

import json
from dataclasses import asdict
from importlib.resources import as_file, files

import typst

from tiepdan.reports.document import ReportDocument


def write_pdf(document: ReportDocument) -> bytes:
    """Draw a report document as PDF. Texts go in as data, so nothing in them is taken for markup."""
    data = json.dumps(asdict(document), ensure_ascii=False)
    with as_file(files("tiepdan.reports") / "templates" / "reports" / "report.typ") as template:
        drawn: bytes = typst.compile(str(template), sys_inputs={"document": data}, ignore_system_fonts=True)
    return drawn
