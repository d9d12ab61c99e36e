"""The menu of documents on the page of a record; templates of lower slices draw it by the name `document_menu`."""

from typing import Any
from uuid import UUID

from flask import current_app, url_for
from markupsafe import Markup

from tiepdan.documents.gathering import entry_kind
from tiepdan.documents.offering import RecordKind, offer_for
from tiepdan.documents.printing import FileKind
from tiepdan.extensions.bilingual import in_language
from tiepdan.extensions.catalogue import plugin_title, plugin_titles
from tiepdan.registers.rules import RegisterType
from tiepdan.sdk import Paper

_FILES = ((FileKind.WORD, "Word"), (FileKind.PDF, "PDF"))


def draw_menu(paper: str, record_id: UUID, register: RegisterType | None = None) -> Markup:
    """Draw what can be printed from a record; nothing where no plugin offers anything.

    register: of an entry.
    """
    kind = entry_kind(register) if register is not None else RecordKind(Paper(paper))
    offer = offer_for(kind)
    if not offer.items and not offer.failed:
        return Markup()
    items = [
        {
            "title": in_language(each.template.title),
            "plugin": plugin_title(each.plugin),
            "files": [
                (name, file.value, _url(kind, record_id, each.plugin, each.template.key, file)) for file, name in _FILES
            ],
        }
        for each in offer.items
    ]
    macros: Any = current_app.jinja_env.get_template("documents/menu.html").module
    return Markup(macros.menu(items, plugin_titles(offer.failed)))  # noqa: S704 - drawn by our template, which escapes


def _url(kind: RecordKind, record_id: UUID, plugin: str, key: str, file: FileKind) -> str:
    address: dict[str, Any] = {"plugin": plugin, "key": key, "kind": file.value}
    match kind.paper:
        case Paper.PETITION:
            return url_for("documents.petition", petition_id=record_id, **address)
        case Paper.VISIT:
            return url_for("documents.visit", visit_id=record_id, **address)
        case Paper.REGISTER_ENTRY:
            return url_for("documents.entry", entry_id=record_id, **address)
