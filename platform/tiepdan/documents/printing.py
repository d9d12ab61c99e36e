"""Print a record by a plugin's template; the journal keeps which template in which version, never what it says."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tiepdan.audit.service import record_event
from tiepdan.core.actor import Actor
from tiepdan.documents.facts import fill_text
from tiepdan.documents.gathering import Gathered, facts_of_committee, head_office
from tiepdan.documents.letterhead import place_of
from tiepdan.documents.offering import find_template
from tiepdan.documents.official_pdf import draw_pdf
from tiepdan.documents.official_word import begin_file, finish_file, write_paragraph
from tiepdan.sdk import Branch, DocumentTemplate
from tiepdan.tenancy.service import TenantView, own_tenant
from tiepdan.web.format import format_document_date

_TEMPLATE = "documents/templates/documents/document.typ"
_NUMBER = "Số:          "
_RECEIVERS = "Nơi nhận:"


class FileKind(StrEnum):
    """As what a document is printed."""

    WORD = "docx"
    PDF = "pdf"


@dataclass(frozen=True, slots=True)
class OfficialDocument:
    """Everything the paper shows; the names are those of Letterhead."""

    of_party: bool
    parent_name: str
    body_name: str
    number: str
    place_date: str
    title: str
    subject: str
    paragraphs: tuple[str, ...]
    recipients: tuple[str, ...]
    office: str


def print_document(record: Gathered, plugin: str, key: str, kind: FileKind, *, actor: Actor, on: date) -> bytes:
    """Draw a record by a template, and write into the journal that it was printed.

    Whoever gathered the record has checked the right to see it. Raises NotFound for a template that is not offered
    for it, Conflict while its plugin does not answer.
    """
    template = find_template(record.kind, plugin, key).template
    paper = record.kind.paper.value
    record_event(
        f"{paper}.printed",
        actor=actor,
        subject_type=paper,
        subject_id=record.id,
        detail={"plugin": plugin, "template": key, "version": template.version, "file": kind.value},
    )
    document = compose_document(template, record, own_tenant(), on)
    return draw_pdf(_TEMPLATE, document) if kind is FileKind.PDF else write_word(document)


def compose_document(template: DocumentTemplate, record: Gathered, tenant: TenantView, on: date) -> OfficialDocument:
    """Fill a template with the facts of a record; the fields of an entry go before the committee's facts."""
    common = facts_of_committee(tenant, on)
    facts = {**common, **record.facts}
    return OfficialDocument(
        of_party=tenant.branch is Branch.PARTY,
        parent_name=common["superior"],
        body_name=tenant.name,
        number=_NUMBER,
        place_date=f"{place_of(tenant.name)}, {format_document_date(on)}",
        title=template.kind.strip(),
        subject=fill_text(template.about.strip(), facts),
        paragraphs=tuple(fill_text(paragraph, facts) for paragraph in template.body),
        recipients=tuple(line.strip() for line in template.receivers),
        office=template.signer.strip() or head_office(tenant),
    )


def write_word(document: OfficialDocument) -> bytes:
    """Draw a document as .docx."""
    file = begin_file(document)
    for paragraph in document.paragraphs:
        write_paragraph(file, paragraph)
    return finish_file(file, document, _RECEIVERS)
