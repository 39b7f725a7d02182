"""The clerk enters number, day and signature of an approved report, as the ministry's register has them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

import rules
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from intlcoop.people.offices import ICD_HEAD, Holder, holders_of, signature_lines
from intlcoop.vietnamese.dates import table_date
from intlcoop.workflow import engine
from intlcoop.workflow.choices import PaperKind
from intlcoop.workflow.models import CasePaper
from intlcoop.workflow.recording import Upload, keep_scan
from intlcoop.workflow.refusals import NotAllowed, Refused
from reports.models import YearEndReport

if TYPE_CHECKING:
    from intlcoop.people.models import User

SIGNED_SCAN = "signed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """What stands in the register of outgoing papers."""

    number: int
    symbol: str
    issued_on: dt.date
    signed_by: User
    signed_on: dt.date


def signers_of(report: YearEndReport, on: dt.date) -> list[Holder]:
    """Who signs the department's report on a day: its head, and who stands in."""
    return holders_of(ICD_HEAD, report.case.unit, on)


@transaction.atomic
def enter_number(
    report: YearEndReport,
    register: Register,
    *,
    actor: User,
    scan: Upload | None = None,
    expected_version: int | None = None,
) -> CasePaper:
    """Keep the report as an official paper; the state is for the caller to change in the same transaction.

    Raises NotAllowed, Conflict, Refused (signer, days, number taken).
    """
    report.case = engine.lock(report.case, expected_version=expected_version)
    if not rules.has_perm("reports.issue_report", actor, report.case):
        raise NotAllowed(_("The clerk enters number and day of a report."))
    holder = next((each for each in signers_of(report, register.signed_on) if each.user == register.signed_by), None)
    if holder is None:
        raise Refused(_("That person could not sign this report on that day."))
    if reasons := _wrong_days(report, register):
        raise Refused(reasons)
    paper = CasePaper(
        case=report.case,
        kind=PaperKind.REPORT,
        subject=report.case.title,
        number=register.number,
        symbol=register.symbol.strip(),
        issued_on=register.issued_on,
        year=register.issued_on.year,
        signed_on=register.signed_on,
        signatory=holder.user,
        signatory_name=holder.user.full_name,
        signatory_title=holder.title,
        signature_lines="\n".join(signature_lines(holder)),
        signature_form=holder.form,
    )
    _save(paper)
    if scan is not None:
        keep_scan(report.case, scan, SIGNED_SCAN, actor=actor)
    return paper


def _wrong_days(report: YearEndReport, register: Register) -> list[str]:
    found = []
    if register.issued_on < register.signed_on:
        day = table_date(register.signed_on)
        found.append(_("The date of issue cannot be before the signature (%(date)s).") % {"date": day})
    if register.issued_on > timezone.localdate():
        found.append(_("The date of issue cannot be in the future."))
    snapshot = report.snapshot
    if snapshot is not None and register.signed_on < snapshot.as_of:
        found.append(
            _("The report cannot be signed before the day of its figures (%(day)s).")
            % {"day": table_date(snapshot.as_of)}
        )
    return found


def _save(paper: CasePaper) -> None:
    try:
        paper.full_clean(exclude=["case"])
        with transaction.atomic():
            paper.save()
    except ValidationError as error:
        raise Refused(error.messages) from error
    except IntegrityError as error:
        raise Refused(_("This number is already taken in this year for this symbol.")) from error
