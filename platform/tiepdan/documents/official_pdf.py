"""Official documents as PDF by typst: what Word draws, drawn by a .typ file that uses documents/official.typ.

The font is Libertinus Serif, which typst carries inside itself and which has every Vietnamese letter: the page
looks the same on every machine, and nothing is fetched.
"""

import json
from dataclasses import asdict
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

import typst

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def draw_pdf(template: str, document: "DataclassInstance") -> bytes:
    """Draw a value as PDF. Texts go in as data, so nothing in them is taken for markup.

    template: its path inside the package; the file imports the layout from there.
    """
    data = json.dumps(asdict(document), ensure_ascii=False)
    with as_file(files("tiepdan")) as root:
        drawn: bytes = typst.compile(
            str(root / template), root=str(root), sys_inputs={"document": data}, ignore_system_fonts=True
        )
    return drawn
