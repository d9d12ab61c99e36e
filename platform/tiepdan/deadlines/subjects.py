"""What a clock is about: slices above name their records on its pages, and hear when its clocks move."""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple
from uuid import UUID

from tiepdan.core.db import db
from tiepdan.core.plugins import join


class SubjectLink(NamedTuple):
    """A record's code and page. url: None where the reader has no page for it."""

    label: str
    url: str | None


type DescribeSubjects = Callable[[Iterable[UUID]], Mapping[UUID, SubjectLink]]

_describers: dict[str, DescribeSubjects] = {}


def describe_subjects_as(subject_type: str, describe: DescribeSubjects) -> None:
    """Let a slice name its records on the pages of clocks: one question for many ids, codes only, no person."""
    _describers[subject_type] = describe


def link_subjects(subjects: Iterable[tuple[str, UUID]]) -> dict[UUID, SubjectLink]:
    """Name the records of many clocks, one question per kind; a kind nobody describes is left out."""
    ids_by_type: dict[str, set[UUID]] = {}
    for subject_type, subject_id in subjects:
        ids_by_type.setdefault(subject_type, set()).add(subject_id)
    links: dict[UUID, SubjectLink] = {}
    for subject_type, ids in ids_by_type.items():
        if describe := _describers.get(subject_type):
            links |= describe(ids)
    return links


def announce_moving(subjects: Iterable[tuple[str, UUID]]) -> None:
    """Let the slices above lock these records, before one of their clocks is locked."""
    _announce("clocks_moving", subjects)


def announce_moved(subjects: Iterable[tuple[str, UUID]]) -> None:
    """Let the slices above take over the new due days of these records."""
    db.session.flush()
    _announce("clocks_moved", subjects)


def _announce(hook: str, subjects: Iterable[tuple[str, UUID]]) -> None:
    ids_by_type: dict[str, set[UUID]] = {}
    for subject_type, subject_id in subjects:
        ids_by_type.setdefault(subject_type, set()).add(subject_id)
    for subject_type, ids in sorted(ids_by_type.items()):
        join(hook, subject_type=subject_type, subject_ids=frozenset(ids))
