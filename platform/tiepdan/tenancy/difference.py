"""What differs between a province's file and its rows: a pure comparison, the same for plan and apply."""

from datetime import date, timedelta

from flask_babel import gettext as _

from tiepdan.tenancy.bodies import Body, Province, ReportingLine
from tiepdan.tenancy.changes import Action, Change, LineStep, Move, ProvincePlan
from tiepdan.tenancy.faults import Fault
from tiepdan.tenancy.source_lines import KeyPath, line_of, written
from tiepdan.tenancy.stored import Period, StoredProvince, StoredTenant


def compare(province: Province, stored: StoredProvince, on: date) -> tuple[ProvincePlan, list[Fault]]:
    """Compare a province's file with what is stored.

    on: day from which a new superior or a closed line counts, where the file states no day.
    Returns the plan, and faults that only the stored rows reveal.
    """
    comparison = _Comparison(province, stored, on)
    comparison.compare()
    return comparison.plan, comparison.faults


class _Comparison:
    def __init__(self, province: Province, stored: StoredProvince, on: date) -> None:
        self.province = province
        self.stored = stored
        self.on = on
        self.plan = ProvincePlan(province, stored)
        self.faults: list[Fault] = []
        self.slugs = {tenant.id: tenant.slug for tenant in stored.tenants.values()}  # ids → slugs of the file

    def compare(self) -> None:
        self._compare_head()
        matched = self._match()
        for body in self.province.bodies:
            tenant = matched.get(body.slug)
            if tenant is None:
                self.plan.new.append(body)
                self._note_change(Action.CREATE, body.slug, after=body.name)
            else:
                self.plan.ids[body.slug] = tenant.id
                self.slugs[tenant.id] = body.slug
                self._compare_columns(tenant, body)
        for body in self.province.bodies:
            if body.slug in matched:
                self._compare_superior(matched[body.slug], body)
        self._compare_lines()
        self._compare_hosts()
        self._compare_plugins()
        known = set(self.plan.ids.values())
        for tenant in self.stored.tenants.values():
            if tenant.id not in known:
                self.plan.notes.append(
                    _(
                        "“%(slug)s” không còn trong tệp; giữ nguyên (muốn ngừng: tiepdan tenants suspend).",
                        slug=tenant.slug,
                    )
                )

    def _compare_head(self) -> None:
        for column, value in head_columns(self.province).items():
            before = self.stored.head.get(column)
            if before != value:
                self._note_change(
                    Action.PROVINCE,
                    self.province.slug,
                    column,
                    None if before is None else str(before),
                    str(value),
                )

    def _match(self) -> dict[str, StoredTenant]:
        """Find the stored tenant of each body: by slug, by former slug, or as the one committee of a unit."""
        tenants = self.stored.tenants
        matched = {body.slug: tenants[body.slug] for body in self.province.bodies if body.slug in tenants}
        taken = {tenant.id for tenant in matched.values()}
        for body in self.province.bodies:
            former = tenants.get(body.was or "")
            if former is not None and body.slug not in matched and former.id not in taken:
                matched[body.slug] = former
                taken.add(former.id)
        left: dict[tuple[str, str, str], list[StoredTenant]] = {}
        for tenant in self.stored.tenants.values():
            if tenant.id not in taken:
                left.setdefault((tenant.kind, tenant.unit_level, tenant.unit_code), []).append(tenant)
        for body in self.province.bodies:
            candidates = left.get((body.kind.value, body.level.value, body.unit.code), [])
            if body.of_group and body.slug not in matched and len(candidates) == 1:
                matched[body.slug] = candidates.pop()
        return matched

    def _compare_columns(self, tenant: StoredTenant, body: Body) -> None:
        if tenant.kind != body.kind.value or tenant.branch != body.branch.value:
            self._fault(
                body.place,
                _(
                    "“%(slug)s” đang là %(kind)s nhánh %(branch)s; loại và nhánh không đổi được, hãy dùng slug khác.",
                    slug=body.slug,
                    kind=tenant.kind,
                    branch=tenant.branch,
                ),
            )
            return
        wanted = tenant_columns(self.province, body)
        changed = {column: value for column, value in wanted.items() if getattr(tenant, column) != value}
        if body.state == "active" and tenant.state == "draft":
            self._note_change(Action.ACTIVATE, body.slug)
        for column, value in changed.items():
            action = Action.RENAME if column == "slug" else Action.UPDATE
            self._note_change(action, body.slug, "" if column == "slug" else column, getattr(tenant, column), value)
            if action is Action.RENAME:
                self._note_change(Action.REDIRECT, body.slug, "", f"/t/{tenant.slug}", f"/t/{body.slug}")
        if body.state == "active" and tenant.state == "draft":
            changed["state"] = "active"
        if changed:
            self.plan.updates[tenant.id] = changed

    def _compare_superior(self, tenant: StoredTenant, body: Body) -> None:
        above = self.slugs.get(tenant.superior_id) if tenant.superior_id is not None else None
        if above == body.superior:
            return
        since = body.since if "since" in body.stated else self.on
        history = self.stored.superiors.get(tenant.id, [])
        begun = history[-1][1] if history else None
        if begun is not None and since < begun:
            self._fault(
                body.place_of("since"),
                _(
                    "“%(slug)s” có cấp trên hiện nay từ %(begun)s; ngày đổi %(since)s phải từ ngày đó trở đi.",
                    slug=body.slug,
                    begun=begun.isoformat(),
                    since=since.isoformat(),
                ),
            )
            return
        self.plan.moves.append(Move(tenant.id, body.superior, since))
        self._note_change(
            Action.MOVE, body.slug, _("từ %(day)s", day=since.isoformat()), above or "—", body.superior or "—"
        )

    def _compare_lines(self) -> None:
        stored = {
            (self.slugs.get(sender), self.slugs.get(receiver), report): periods
            for (sender, receiver, report), periods in self.stored.lines.items()
        }
        for line in self.province.reporting_lines:
            periods = stored.pop((line.sender, line.receiver, line.report), [])
            self._compare_line(line, periods)
        yesterday = self.on - timedelta(days=1)
        for (sender, receiver, report), periods in stored.items():
            since, until = periods[-1]
            if sender is None or receiver is None or (until is not None and until < self.on):
                continue
            step = LineStep("end" if since <= yesterday else "drop", sender, receiver, report, since, yesterday)
            self.plan.line_steps.append(step)
            self._note_change(Action.CLOSE_LINE, sender, report, None, f"→ {receiver}, {yesterday.isoformat()}")

    def _compare_line(self, line: ReportingLine, periods: list[Period]) -> None:
        since, until = periods[-1] if periods else (None, None)
        if since is not None and until == line.until:
            return
        if (
            since is not None
            and line.until is not None
            and line.until >= since
            and (until is None or line.until < until)
        ):
            step = LineStep("end", line.sender, line.receiver, line.report, since, line.until)
            action = Action.CLOSE_LINE
        else:  # new, or open again after its end
            begin = max(line.since, until + timedelta(days=1)) if until is not None else line.since
            step = LineStep("open", line.sender, line.receiver, line.report, begin, line.until)
            action = Action.OPEN_LINE
        self.plan.line_steps.append(step)
        period = f"{step.valid_from.isoformat()} – {step.valid_to.isoformat() if step.valid_to else ''}".rstrip()
        self._note_change(action, line.sender, line.report, None, f"→ {line.receiver}, {period}")

    def _compare_hosts(self) -> None:
        wanted = {host: body.slug for body in self.province.bodies for host in body.hosts}
        for host, slug in wanted.items():
            holder = self.stored.hosts.get(host)
            if holder is None:
                self._note_change(Action.ADD_HOST, slug, after=host)
            elif self.slugs[holder] != slug:
                self._note_change(Action.MOVE_HOST, slug, host, self.slugs[holder], slug)
            else:
                continue
            self.plan.hosts[host] = slug
        for host, holder in self.stored.hosts.items():
            if host not in wanted:
                self.plan.hosts_gone.append(host)
                self._note_change(Action.REMOVE_HOST, self.slugs[holder], after=host)

    def _compare_plugins(self) -> None:
        wanted = set()
        for body in self.province.bodies:
            tenant_id = self.plan.ids.get(body.slug, 0)
            for plugin in body.plugins:
                wanted.add((tenant_id, plugin.name))
                held = self.stored.plugins.get((tenant_id, plugin.name))
                if held == (plugin.locked, plugin.settings):
                    continue
                self.plan.plugins.append((body.slug, plugin))
                self._note_change(
                    Action.ENABLE_PLUGIN if held is None else Action.CHANGE_PLUGIN,
                    body.slug,
                    after=plugin.name,
                )
        known = set(self.plan.ids.values())
        for tenant_id, name in self.stored.plugins:
            if tenant_id in known and (tenant_id, name) not in wanted:
                self.plan.plugins_gone.append((tenant_id, name))
                self._note_change(Action.DISABLE_PLUGIN, self.slugs[tenant_id], after=name)

    def _note_change(
        self, action: Action, slug: str, what: str = "", before: str | None = None, after: str | None = None
    ) -> None:
        self.plan.changes.append(Change(action, slug, what, before, after))

    def _fault(self, path: KeyPath, message: str) -> None:
        line = line_of(self.province.lines, path)
        self.faults.append(Fault(self.province.file, line, written(path), message))


def head_columns(province: Province) -> dict[str, str | date]:
    """Return the columns of `province` that come from the file."""
    return {
        "code": province.unit.code,
        "name": province.unit.name,
        "as_of": province.as_of,
        "regime": province.regime.name,
        "catalogue": province.catalogue.edition,
    }


def tenant_columns(province: Province, body: Body) -> dict[str, str]:
    """Return the columns of `tenant` that a file may change."""
    return {
        "slug": body.slug,
        "name": body.name,
        "short_name": body.short_name,
        "level": body.level.value,
        "regime": province.regime.name,
        "catalogue": province.catalogue.edition,
        "unit_level": body.unit.level.value,
        "unit_code": body.unit.code,
    }
