"""The decision as a paper: drafted, signed, numbered. In this order and no other (W002-04)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from intlcoop.people import offices
from intlcoop.people.offices import Holder
from intlcoop.workflow.choices import PaperKind, StepKind
from intlcoop.workflow.models import Case, CasePaper
from intlcoop.workflow.refusals import Refused

if TYPE_CHECKING:
    from intlcoop.people.models import User


def current_paper(case: Case, kind: str = PaperKind.DECISION) -> CasePaper | None:
    return case.papers.current().filter(kind=kind).first()


@transaction.atomic
def save_draft(case: Case, docx: bytes, *, subject: str, symbol: str, actor: User) -> CasePaper:
    """Keep a draft of the decision in Word form; a new draft replaces an unsigned one.

    Raises Refused when the decision has been signed already.
    """
    paper = current_paper(case)
    if paper is not None and paper.signed_on is not None:
        raise Refused(_("The decision is signed already, so its draft can no longer be changed."))
    if paper is None:
        paper = CasePaper(case=case, kind=PaperKind.DECISION)
    paper.subject, paper.symbol = subject, symbol
    paper.draft.save(f"{case.number}-QD.docx", ContentFile(docx), save=False)
    paper.save()
    return paper


def require_draft(case: Case) -> CasePaper:
    """The unsigned draft. Raises Refused when there is none."""
    paper = current_paper(case)
    if paper is None or not paper.draft:
        raise Refused(_("There is no draft of the decision yet. Make the draft first."))
    return paper


def sign(case: Case, holder: Holder, *, on: dt.date) -> CasePaper:
    """Write the signature into the paper: who, in what capacity, when. Names are kept as text for later readers."""
    paper = require_draft(case)
    paper.signatory = holder.user
    paper.signatory_name = holder.user.full_name
    paper.signatory_title = holder.title
    paper.signature_lines = "\n".join(offices.signature_lines(holder))
    paper.signature_form = holder.form
    paper.signed_for = holder.on_behalf_of.full_name if holder.on_behalf_of else ""
    paper.signed_on = on
    paper.save()
    return paper


def number(case: Case, *, number: int, symbol: str, issued_on: dt.date) -> CasePaper:
    """Enter number and date of the signed decision, as the clerk's register has them.

    Raises Refused without a signature, before the signature's date, in the future, or when the number is taken.
    """
    paper = current_paper(case)
    if paper is None or paper.signed_on is None:
        raise Refused(_("The decision is not signed yet. A number is given only after the signature."))
    if issued_on < paper.signed_on:
        raise Refused(
            _("The date of issue cannot be before the signature (%(date)s).") % {"date": f"{paper.signed_on:%d/%m/%Y}"}
        )
    if issued_on > timezone.localdate():
        raise Refused(_("The date of issue cannot be in the future."))
    paper.number, paper.symbol, paper.issued_on, paper.year = number, symbol.strip(), issued_on, issued_on.year
    try:
        paper.full_clean(exclude=["case"])
        with transaction.atomic():
            paper.save()
    except ValidationError as error:
        raise Refused(error.messages) from error
    except IntegrityError as error:
        raise Refused(_("This number is already taken in this year for this symbol.")) from error
    return paper


def take_back(case: Case, *, to_kind: str) -> None:
    """Undo the paper as far as a return goes: its row is kept, a fresh one starts without what has to be done again."""
    paper = current_paper(case)
    if paper is None:
        return
    keep_draft = to_kind in (StepKind.SIGN, StepKind.ISSUE, StepKind.DRAFT_DECISION) and bool(paper.draft)
    if to_kind == StepKind.ISSUE or (paper.signed_on is None and keep_draft):
        return
    paper.superseded_at = timezone.now()
    paper.save(update_fields=["superseded_at"])
    if keep_draft:
        CasePaper.objects.create(
            case=case, kind=paper.kind, subject=paper.subject, symbol=paper.symbol, draft=paper.draft.name
        )
