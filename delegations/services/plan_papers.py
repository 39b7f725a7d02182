"""Writes on the papers of a planning year: taken in as scans through the guard, taken out again with everybody's knowledge."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import rules
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from delegations.choices import PlanPaperKind
from delegations.models import AnnualPlan, PlanPaper, PlanYear
from intlcoop.documents.services import store_upload
from intlcoop.vietnamese.normalise import nfc
from intlcoop.workflow.recording import Upload
from intlcoop.workflow.refusals import NotAllowed, Refused

if TYPE_CHECKING:
    from intlcoop.people.models import User


@transaction.atomic
def add_plan_paper(
    opened: PlanYear,
    upload: Upload,
    *,
    actor: User,
    kind: str,
    number: str,
    dated: dt.date,
    plan: AnnualPlan | None = None,
    note: str = "",
) -> PlanPaper:
    """Keep the scan of a paper with a year or one of its plans, with its number and date.

    Raises NotAllowed, Refused (a day in the future, the plan of another year, an approval without a plan, a file that the guard
    does not take).
    """
    _ask(actor)
    if dated > timezone.localdate():
        raise Refused(_("The date of the document lies in the future. Correct the date."))
    if plan is not None and plan.year != opened.year:
        raise Refused(_("This plan belongs to another year."))
    if kind == PlanPaperKind.APPROVAL and plan is None:
        raise Refused(_("Say which plan this paper approves."))
    row = PlanPaper(year=opened, plan=plan, kind=kind, number=nfc(number).strip(), dated=dated, note=nfc(note).strip())
    try:
        paper = store_upload(
            upload.file, row, actor=actor, no_secret_declared=upload.no_secret_declared, where=upload.where
        )
    except ValidationError as error:
        raise Refused(error.messages) from error
    _fill_orientation(opened, paper)
    return paper


def _fill_orientation(opened: PlanYear, paper: PlanPaper) -> None:
    """The year names its orientation by the paper that was handed in, unless it names one already."""
    if paper.kind == PlanPaperKind.ORIENTATION and not opened.orientation_number and opened.orientation_date is None:
        opened.orientation_number, opened.orientation_date = paper.number, paper.dated
        opened.save(update_fields=["orientation_number", "orientation_date"])


@transaction.atomic
def take_out_plan_paper(paper: PlanPaper, *, actor: User) -> None:
    """Take a paper out; its row and file stay for the record. A second call changes nothing."""
    _ask(actor)
    locked = PlanPaper.objects.select_for_update().get(pk=paper.pk)
    if locked.withdrawn_at is None:
        locked.withdrawn_at = timezone.now()
        locked.save(update_fields=["withdrawn_at"])


def _ask(actor: User) -> None:
    if not rules.has_perm("delegations.keep_plan_papers", actor):
        raise NotAllowed(_("The ICD and the clerk keep the papers of the planning."))
