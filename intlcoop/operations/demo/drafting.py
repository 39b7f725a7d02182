"""The draft decision of a sample trip, as the personnel department makes it from the file."""

from __future__ import annotations

from intlcoop.people.models import User
from intlcoop.workflow import registry
from intlcoop.workflow.models import Case
from intlcoop.workflow.papers import save_draft


def draft_decision(case: Case, actor: User) -> None:
    """Keep the draft that the kind of this file makes from its data. Raises LookupError for a kind that makes none."""
    drafter = registry.drafter_of(case)
    if drafter is None:
        raise LookupError(case.kind)
    made = drafter(case)
    save_draft(case, made.docx, subject=made.subject, symbol=made.symbol, actor=actor)
