"""Ask plugins for templates of official documents, and check what they give."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from tiepdan.core.errors import Conflict, NotFound
from tiepdan.core.plugins import PerPlugin, answer_check, collect, implementers
from tiepdan.documents.facts import known_names, names_in
from tiepdan.extensions.answers import check_distinct, check_list
from tiepdan.extensions.bilingual import check_words
from tiepdan.extensions.catalogue import plugin_titles
from tiepdan.sdk import DocumentTemplate, Paper
from tiepdan.tenancy.service import own_tenant, plugin_tenant

HOOK = "documents"
MOST = 100  # templates of one plugin
_MOST_PARAGRAPHS, _MOST_RECEIVERS = 100, 30
_LONGEST_PARAGRAPH, _LONGEST_LINE = 4_000, 300
_KEY = re.compile(r"[a-z][a-z0-9_]{0,40}")


@dataclass(frozen=True, slots=True)
class RecordKind:
    """What is printed: a paper, and for an entry whose register it is and which fields it has."""

    paper: Paper
    plugin: str = ""
    register: str = ""
    fields: frozenset[str] = frozenset()

    def takes(self, plugin: str, template: DocumentTemplate) -> bool:
        """Say whether a template is for this kind of record."""
        if template.paper is not self.paper:
            return False
        return self.paper is not Paper.REGISTER_ENTRY or (plugin, template.register) == (self.plugin, self.register)


@dataclass(frozen=True, slots=True)
class Offered:
    """A template and whose it is."""

    plugin: str
    template: DocumentTemplate


@dataclass(frozen=True, slots=True)
class Offer:
    """The templates for a record, in the order to list them; failed: plugins whose answer does not count."""

    items: tuple[Offered, ...] = ()
    failed: tuple[str, ...] = ()


def offer_for(kind: RecordKind) -> Offer:
    """Ask the plugins enabled here what can be printed from a record; once per page and per printing.

    A template that names a field which its register does not have is a fault of its plugin.
    """
    if not implementers(HOOK):
        return Offer()
    answers = collect(
        HOOK,
        check=PerPlugin(lambda plugin: lambda answer: _check_for(kind, plugin, answer)),
        tenant=plugin_tenant(own_tenant()),
    )
    items = (
        Offered(answer.plugin, template)
        for answer in answers
        for template in answer.value
        if kind.takes(answer.plugin, template)
    )
    return Offer(tuple(items), answers.failed)


def find_template(kind: RecordKind, plugin: str, key: str) -> Offered:
    """Return one template for a record. Raises NotFound, or Conflict while its plugin does not answer."""
    offer = offer_for(kind)
    for each in offer.items:
        if (each.plugin, each.template.key) == (plugin, key):
            return each
    if plugin in offer.failed:
        raise Conflict(_("Plugin %(name)s gặp lỗi nên chưa in được. Hãy thử lại sau.", name=plugin_titles([plugin])))
    raise NotFound(f"document template {plugin}/{key}")


@answer_check(HOOK)
def _check(answer: Any) -> None:  # noqa: ANN401 - a plugin may answer anything
    check_list(answer, DocumentTemplate, HOOK, MOST)
    for template in answer:
        _check_template(template)
    check_distinct((template.key for template in answer), "template")


def _check_for(kind: RecordKind, plugin: str, answer: Any) -> None:  # noqa: ANN401 - a plugin may answer anything
    """Check an answer, and the templates for this very record against the fields it has."""
    _check(answer)
    known = known_names(kind.paper) | kind.fields
    for template in answer:
        unknown = names_in((template.about, *template.body)) - known if kind.takes(plugin, template) else ()
        if unknown:
            raise ValueError(f"{template.key}: the register has no {sorted(unknown)}")


def _check_template(template: DocumentTemplate) -> None:
    key = template.key
    if not isinstance(key, str) or not _KEY.fullmatch(key):
        raise ValueError(f"key {key!r}: small letters, digits, underscores")
    if type(template.version) is not int or template.version < 1:
        raise ValueError(f"{key}: version counts from 1")
    check_words(template.title, f"{key}: title")
    if not isinstance(template.paper, Paper):
        raise TypeError(f"{key}: paper is a Paper")
    if (template.paper is Paper.REGISTER_ENTRY) != bool(template.register):
        raise ValueError(f"{key}: a register is named for an entry of one, and only then")
    lines: Mapping[str, object] = {"kind": template.kind, "signer": template.signer, "register": template.register}
    for name, line in {**lines, "about": template.about}.items():
        if not isinstance(line, str) or len(line) > _LONGEST_LINE:
            raise ValueError(f"{key}: {name} is one line")
    if not template.about.strip():
        raise ValueError(f"{key}: about says what it is about")
    _check_lines(template.body, _MOST_PARAGRAPHS, _LONGEST_PARAGRAPH, f"{key}: body")
    _check_lines(template.receivers, _MOST_RECEIVERS, _LONGEST_LINE, f"{key}: receivers")
    if not template.body:
        raise ValueError(f"{key}: body has a paragraph")
    unknown = names_in((template.about, *template.body)) - known_names(template.paper)
    if unknown and template.paper is not Paper.REGISTER_ENTRY:
        raise ValueError(f"{key}: unknown {sorted(unknown)}")


def _check_lines(lines: object, most: int, longest: int, where: str) -> None:
    if not isinstance(lines, tuple | list) or not all(isinstance(line, str) and line.strip() for line in lines):
        raise TypeError(f"{where} is a tuple of texts")
    if len(lines) > most or any(len(line) > longest for line in lines):
        raise ValueError(f"{where}: at most {most}, each of at most {longest} letters")
