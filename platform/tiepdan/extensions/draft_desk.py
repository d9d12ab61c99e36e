"""Who reads a draft: the slices above know what a good answer is and how it looks, this one only keeps and shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from markupsafe import Markup

from tiepdan.core.actor import Actor
from tiepdan.declared.faults import DataFault
from tiepdan.declared.plugin import DeclaredPlugin


@dataclass(frozen=True, slots=True)
class PreviewPart:
    """What a plugin would add under one hook. body: drawn, for the page."""

    hook: str
    title: str
    body: Markup


class DraftDesk(Protocol):
    """Reads drafts of plugins written as data."""

    def examine(self, plugin: DeclaredPlugin) -> Sequence[DataFault]:
        """Return what the platform would refuse of the plugin's answers."""

    def preview(self, plugin: DeclaredPlugin, name: str, on: date, actor: Actor) -> Sequence[PreviewPart]:
        """Show what the plugin would add for the committee in scope; it need not be enabled.

        name: its full name. actor: who looks; figures are counted for who may see those of reports.
        """


class _NoDesk:
    """Before the slices above are there, nothing is known of answers."""

    def examine(self, plugin: DeclaredPlugin) -> Sequence[DataFault]:  # noqa: ARG002 - as the protocol says
        return ()

    def preview(
        self,
        plugin: DeclaredPlugin,  # noqa: ARG002 - as the protocol says
        name: str,  # noqa: ARG002
        on: date,  # noqa: ARG002
        actor: Actor,  # noqa: ARG002
    ) -> Sequence[PreviewPart]:
        return ()


_desk: DraftDesk = _NoDesk()


def set_draft_desk(desk: DraftDesk) -> None:
    """Say who reads drafts."""
    global _desk  # noqa: PLW0603 - one per process
    _desk = desk


def draft_desk() -> DraftDesk:
    """Return who reads drafts."""
    return _desk
