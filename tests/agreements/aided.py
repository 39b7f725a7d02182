"""Projects that are complete enough to be submitted, and the steps on which they walk."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils import timezone

from agreements.aid import ProjectFile
from agreements.models import ForeignFundedProject
from agreements.services import projects as services
from intlcoop.catalogues.models import Currency
from intlcoop.workflow import engine
from tests.agreements.factories import PartnerFactory
from tests.agreements.signing import walk
from tests.delegations.factories import attachment
from tests.ministry import Ministry

FILES = (ProjectFile.REQUEST, ProjectFile.CONSENT, ProjectFile.DOCUMENT, ProjectFile.LEGAL_STATUS)


def money(amount: int | str = 100_000, currency: str = "USD", source: str = "grant") -> dict[str, Any]:
    return {"source": source, "amount": Decimal(amount), "currency": Currency.objects.get(code=currency)}


def project(
    ministry: Ministry,
    title: str = "Dự án bồi dưỡng cán bộ",
    *,
    filer: str = "chuyenvien",
    unit: str = "CSDP",
    partner: Any = None,
    amounts: Any = None,
    localities: tuple[str, ...] = ("Lào Cai",),
    files: tuple[str, ...] = FILES,
    **fields: Any,
) -> ForeignFundedProject:
    today = timezone.localdate()
    values = {
        "starts_on": today,
        "ends_on": today + dt.timedelta(days=700),
        "goals": "Bồi dưỡng cán bộ.",
        "mechanism": "Chủ dự án tự quản lý.",
    }
    made = services.create_project(
        title,
        ministry.unit(unit),
        actor=ministry.person(filer),
        fields=values | fields,
        donors=[{"partner": partner or PartnerFactory(actor=ministry.person("htqt"))}],
        amounts=[money()] if amounts is None else amounts,
        localities=localities,
    )
    for kind in files:
        attachment(made.case, kind, by=ministry.person(filer), content=f"%PDF-1.4 {kind}".encode())
    return fresh(made)


def fresh(made: ForeignFundedProject) -> ForeignFundedProject:
    return ForeignFundedProject.objects.select_related("case__unit", "case__created_by").get(pk=made.pk)


def submit(made: ForeignFundedProject) -> ForeignFundedProject:
    engine.fire(made.case, "submit", actor=made.case.created_by)
    return fresh(made)


def approved(ministry: Ministry, *args: Any, **fields: Any) -> ForeignFundedProject:
    made = submit(project(ministry, *args, **fields))
    walk(made.case, ministry)
    return fresh(made)


def begun(ministry: Ministry, *args: Any, **fields: Any) -> ForeignFundedProject:
    made = approved(ministry, *args, **fields)
    today = timezone.localdate()
    said = {"decision_number": "15/QĐ-BDT", "decided_on": today, "started_on": today}
    by = ministry.person("chuyenvien")
    services.write_act(made, actor=by, rule="agreements.keep_project", fields=said)
    engine.fire(made.case, "start", actor=by)
    return fresh(made)


def taken_in(ministry: Ministry, title: str, **fields: Any) -> ForeignFundedProject:
    """One that came from records: approved, and begun when it says so. No route is walked."""
    made = project(ministry, title, files=(), **fields)
    engine.apply(engine.lock(made.case), engine.registry.kind_of(made.case).lifecycle["import"], actor=None)
    return fresh(made)
