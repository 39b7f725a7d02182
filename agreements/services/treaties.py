"""Writing conventions, national reports, whom we asked about them, their papers, and the schemes to defend them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import rules
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agreements.guards.treaties import answer_row_problems, paper_row_problems
from agreements.models import Convention, TreatyReport, TreatyScheme
from agreements.services.names import list_by_name, take_over
from intlcoop.people.models import OrgUnit
from intlcoop.workflow import engine
from intlcoop.workflow.recording import Upload, keep_scan
from intlcoop.workflow.refusals import NotAllowed, Refused
from intlcoop.workflow.rows import Rows, clean, sync_rows, write
from intlcoop.workflow.services import mark_submitted, open_case, record_content

if TYPE_CHECKING:
    from intlcoop.people.models import User
    from intlcoop.workflow.models import Case


@transaction.atomic
def create_convention(
    *, actor: User, fields: Mapping[str, Any], laws: Rows = (), is_sample: bool = False
) -> Convention:
    """Raises NotAllowed, Refused."""
    return _write_convention(Convention(is_sample=is_sample), actor, fields, laws)


@transaction.atomic
def update_convention(
    convention: Convention, *, actor: User, fields: Mapping[str, Any], laws: Rows | None = None
) -> Convention:
    """Rows given replace the rows there are. Raises NotAllowed, Refused."""
    return _write_convention(convention, actor, fields, laws)


def _write_convention(convention: Convention, actor: User, fields: Mapping[str, Any], laws: Rows | None) -> Convention:
    if not rules.has_perm("agreements.change_mechanism", actor):
        raise NotAllowed(_("The department of international cooperation keeps the list of conventions."))
    take_over(convention, fields)
    list_by_name(convention)
    clean(convention)
    convention.save()
    if laws is not None:
        sync_rows(convention.laws, "convention", convention, laws)
    return convention


@transaction.atomic
def create_treaty_report(
    convention: Convention,
    *,
    actor: User,
    title: str,
    unit: OrgUnit,
    fields: Mapping[str, Any],
    is_sample: bool = False,
) -> TreatyReport:
    """A report is a duty, not a proposal: from the first day everybody reads it who reads what is submitted.

    Raises NotAllowed, Refused (a number that is there already, years the wrong way round).
    """
    if not rules.has_perm("agreements.add_treaty_report", actor):
        raise NotAllowed(_("The department of international cooperation opens national reports."))
    report = TreatyReport(convention=convention)
    _check_number(report, fields)
    report.case = open_case("treaty_report", title=title, unit=unit, actor=actor, is_sample=is_sample)
    mark_submitted(report.case)
    write(report, fields)
    record_content(report.case, actor=actor)
    return report


@transaction.atomic
def update_treaty_report(
    report: TreatyReport,
    *,
    actor: User,
    title: str,
    unit: OrgUnit,
    fields: Mapping[str, Any],
    expected_version: int | None = None,
) -> TreatyReport:
    """Raises NotAllowed, Conflict, Refused."""
    report.case = locked = _locked(report.case, actor, expected_version)
    _check_number(report, fields)
    if locked.unit_id != unit.pk:
        locked.unit = unit
        locked.save(update_fields=["unit"])
    write(report, fields)
    record_content(locked, actor=actor, title=title)
    return report


def _check_number(report: TreatyReport, fields: Mapping[str, Any]) -> None:
    """Before a case is opened: a number that is taken must not cost a file number."""
    others = TreatyReport.objects.filter(convention=report.convention, number=fields.get("number", report.number))
    if others.exclude(pk=report.pk).exists():
        raise Refused(_("The convention has a report of this number already."))


def _locked(case: Case, actor: User, expected_version: int | None) -> Case:
    locked = engine.lock(case, expected_version=expected_version)
    if not rules.has_perm("agreements.edit_treaty_report", actor, locked):
        raise NotAllowed(_("This file can no longer be changed here."))
    return locked


@transaction.atomic
def save_consultations(
    report: TreatyReport, rows: Rows, *, actor: User, expected_version: int | None = None
) -> TreatyReport:
    """Whom we asked and what they answered. Raises NotAllowed, Conflict, Refused."""
    report.case = locked = _locked(report.case, actor, expected_version)
    if problems := answer_row_problems([dict(row) for row in rows], timezone.localdate()):
        raise Refused(problems)
    sync_rows(report.consultations, "report", report, rows)
    engine.bump(locked)
    return report


@transaction.atomic
def save_papers(
    report: TreatyReport,
    rows: Rows,
    *,
    actor: User,
    upload: Upload | None = None,
    upload_kind: str = "",
    expected_version: int | None = None,
) -> TreatyReport:
    """The chain of papers of the report, and a file with it. Raises NotAllowed, Conflict, Refused."""
    report.case = locked = _locked(report.case, actor, expected_version)
    if problems := paper_row_problems([dict(row) for row in rows], timezone.localdate()):
        raise Refused(problems)
    sync_rows(report.chain, "report", report, rows)
    if upload is not None:
        keep_scan(locked, upload, upload_kind, actor=actor)
    engine.bump(locked)
    return report


@transaction.atomic
def save_scheme(
    report: TreatyReport,
    *,
    actor: User,
    fields: Mapping[str, Any],
    rows: Rows,
    expected_version: int | None = None,
) -> TreatyScheme:
    """The scheme to defend the report: a record of its own with its own chain (X-05). Raises NotAllowed, Conflict, Refused."""
    report.case = locked = _locked(report.case, actor, expected_version)
    if problems := paper_row_problems([dict(row) for row in rows], timezone.localdate()):
        raise Refused(problems)
    scheme = TreatyScheme.objects.filter(report=report).first() or TreatyScheme(report=report)
    write(scheme, fields)
    sync_rows(scheme.chain, "scheme", scheme, rows)
    engine.bump(locked)
    return scheme
