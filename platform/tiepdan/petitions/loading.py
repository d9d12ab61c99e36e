"""Load petitions for a change: locked in one order (matter, petition, then clocks), and unchanged since seen."""

from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _

from tiepdan.core.db import db
from tiepdan.core.errors import Conflict, NotFound
from tiepdan.identity.accounts import names_by_account
from tiepdan.petitions.models import Matter, Petition, PetitionStep
from tiepdan.petitions.rules import ALLOWED_FROM, PetitionStatus, Step
from tiepdan.petitions.words import STATUSES, STEPS
from tiepdan.web.format import format_datetime


def lock_petition(petition_id: UUID, seen_version: int | None = None) -> tuple[Petition, Matter]:
    """Lock a petition and its matter, the matter first.

    seen_version: the version the person saw; None for a caller that decides on the locked row itself.
    Raises NotFound, or Conflict that says what changed meanwhile.
    """
    matter_id = db.session.scalar(sa.select(Petition.matter_id).where(Petition.id == petition_id))
    if matter_id is None:
        raise NotFound(f"petition {petition_id}")
    matter = lock_matter(matter_id)
    petition = db.session.scalars(
        sa.select(Petition)
        .where(Petition.id == petition_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    if petition.matter_id != matter_id:  # moved between the two statements
        raise Conflict(_("Đơn vừa được chuyển sang vụ việc khác. Hãy tải lại trang."))
    if seen_version is not None and petition.version != seen_version:
        raise Conflict(_describe_change(petition, seen_version))
    return petition, matter


def lock_matter(matter_id: UUID, seen_version: int | None = None) -> Matter:
    """Lock a matter. Raises NotFound, Conflict."""
    matter = db.session.scalar(
        sa.select(Matter).where(Matter.id == matter_id).with_for_update().execution_options(populate_existing=True)
    )
    if matter is None:
        raise NotFound(f"matter {matter_id}")
    if seen_version is not None and matter.version != seen_version:
        raise Conflict(_("Vụ việc %(code)s đã được người khác sửa. Hãy tải lại trang.", code=matter.code))
    return matter


def load_petition(petition_id: UUID) -> Petition:
    """Return a petition to look at. Raises NotFound."""
    petition = db.session.scalar(sa.select(Petition).where(Petition.id == petition_id))
    if petition is None:
        raise NotFound(f"petition {petition_id}")
    return petition


def check_step(petition: Petition, step: Step) -> None:
    """Raise Conflict unless the step may be taken from where the petition stands."""
    status = PetitionStatus(petition.status)
    if status not in ALLOWED_FROM[step]:
        raise Conflict(
            _(
                "Đơn %(code)s đang ở bước «%(status)s» nên không thể «%(step)s».",
                code=petition.code,
                status=STATUSES[status],
                step=STEPS[step],
            )
        )


def _describe_change(petition: Petition, seen_version: int) -> str:
    steps = db.session.scalars(
        sa.select(PetitionStep)
        .where(PetitionStep.petition_id == petition.id, PetitionStep.version > seen_version)
        .order_by(PetitionStep.taken_at)
    ).all()
    names = names_by_account({step.account_id for step in steps if step.account_id})
    changes = "; ".join(
        f"«{STEPS[Step(step.step)]}» {names.get(step.account_id, '') if step.account_id else ''} "
        f"({format_datetime(step.taken_at)})"
        for step in steps
    )
    return str(
        _(
            "Đơn %(code)s đã thay đổi từ khi bạn mở trang: %(changes)s. Hãy tải lại rồi làm tiếp.",
            code=petition.code,
            changes=changes or _("có người khác vừa sửa"),
        )
    )
