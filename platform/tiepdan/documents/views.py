"""Print documents from the pages of petitions, visits and entries. By POST, for each printing is journalled."""

from collections.abc import Callable
from io import BytesIO
from uuid import UUID

from flask import g, send_file
from flask.typing import ResponseReturnValue
from flask_babel import force_locale

from tiepdan.core.clock import today
from tiepdan.core.db import transaction
from tiepdan.core.errors import NotFound
from tiepdan.documents.gathering import Gathered, gather_entry, gather_petition, gather_visit
from tiepdan.documents.printing import FileKind, print_document
from tiepdan.web.blueprints import desk_blueprint, requires

documents = desk_blueprint("documents", __name__, url_prefix="/documents")

_TYPES = {
    FileKind.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileKind.PDF: "application/pdf",
}


@documents.post("/petition/<uuid:petition_id>/<plugin>/<key>.<kind>")
@requires("petitions.view")
def petition(petition_id: UUID, plugin: str, key: str, kind: str) -> ResponseReturnValue:
    """Print a document about a petition."""
    return _print(lambda: gather_petition(petition_id, actor=g.actor), plugin, key, kind)


@documents.post("/visit/<uuid:visit_id>/<plugin>/<key>.<kind>")
@requires("receptions.view")
def visit(visit_id: UUID, plugin: str, key: str, kind: str) -> ResponseReturnValue:
    """Print a document about a visit."""
    return _print(lambda: gather_visit(visit_id, actor=g.actor), plugin, key, kind)


@documents.post("/entry/<uuid:entry_id>/<plugin>/<key>.<kind>")
@requires("registers.view")
def entry(entry_id: UUID, plugin: str, key: str, kind: str) -> ResponseReturnValue:
    """Print a document about an entry of a register."""
    return _print(lambda: gather_entry(entry_id, actor=g.actor, on=today()), plugin, key, kind)


def _print(gather: Callable[[], Gathered], plugin: str, key: str, kind: str) -> ResponseReturnValue:
    """Print in Vietnamese, whatever the language of the screen: the paper is an official document."""
    if kind not in set(FileKind):
        raise NotFound(f"file kind {kind}")
    file = FileKind(kind)
    with transaction(), force_locale("vi"):
        record = gather()
        content = print_document(record, plugin, key, file, actor=g.actor, on=today())
    return send_file(
        BytesIO(content),
        mimetype=_TYPES[file],
        as_attachment=file is FileKind.WORD,
        download_name=f"{key}-{record.code}.{kind}",
    )
