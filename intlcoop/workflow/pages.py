"""What the fragments of `templates/workflow/` print about a file: its process, what may be pressed, its papers, warnings.

A page of a kind of file calls `case_context(case, user)` and includes the fragments that it wants.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import rules
from django.urls import reverse
from django.utils.translation import gettext as _

from intlcoop.people.heirs import heirs_of
from intlcoop.web.display import Caution, Tone
from intlcoop.web.file_numbers import shown
from intlcoop.workflow import engine, registry
from intlcoop.workflow.actions import actions_of
from intlcoop.workflow.leaving_out import left_out_of
from intlcoop.workflow.lifecycle import Guard
from intlcoop.workflow.models import Case
from intlcoop.workflow.papers_shown import attachments_of, papers_of
from intlcoop.workflow.process import Process, badge_of, earlier_rounds, last_word, line_of
from intlcoop.workflow.route_preview import Expected, expected_of
from intlcoop.workflow.standstill import Clock

if TYPE_CHECKING:
    from intlcoop.people.models import User


def cautions_of(case: Case, user: User) -> list[Caution]:
    """The kind's warnings as lines of "Cảnh báo"; another file is a link only for those who may open it."""
    return cautions_from(registry.kind_of(case).warnings(case), user)


def cautions_from(found: Sequence[registry.Warned], user: User) -> list[Caution]:
    """These warnings as lines, for pages that have looked at them already."""
    numbers = {warning.number for warning in found if warning.number}
    open_to = (
        set(Case.objects.visible_to(user).filter(number__in=numbers).values_list("number", flat=True))
        if numbers
        else set()
    )
    return [
        Caution(
            text=caution_text(warning, is_open=warning.number in open_to),
            url=file_url(warning.number) if warning.number in open_to else "",
            tone=Tone.LATE if getattr(warning, "blocks", False) else Tone.WAITING,
        )
        for warning in found
    ]


def caution_text(warning: registry.Warned, *, is_open: bool = True) -> str:
    text = warning.text if is_open else getattr(warning, "closed_text", "") or warning.text
    if warning.citation:
        text += " " + _("(By %(rule)s.)") % {"rule": warning.citation.rstrip(".")}
    return text


def file_url(number: str) -> str:
    return reverse("workflow:file", args=[number])


def expected_before(case: Case) -> Expected | None:
    """The route to come, while there is still something to submit."""
    return expected_of(case) if case.state in registry.kind_of(case).lifecycle.editable else None


def missing_from(
    case: Case, guards: Iterable[Guard], edit_url: str, sections: Mapping[Any, str] | None = None
) -> list[tuple[str, str]]:
    """(sentence, address that mends it) of everything that keeps the file from being submitted; `sections` of a long form."""
    return [
        (sentence, f"{edit_url}#{sections[guard]}" if sections else edit_url)
        for guard in guards
        for sentence in engine.sentences_of(guard, case)
    ]


def case_context(case: Case, user: User) -> dict[str, Any]:
    """Everything that the fragments print, for one person. A fixed number of queries whatever the length of the route."""
    process = Process(case)
    clock = Clock(process, list(case.status_changes.all()))
    return {
        "case": case,
        "heir": heirs_of([case.unit]).get(case.unit_id),
        "standstills": clock.standstills(),
        "held": clock.held(),
        "number": shown(case.number),
        "process": process,
        "badge": badge_of(case, process.open),
        "days_left": process.soonest(),
        "steps": [line_of(step, process) for step in process.current],
        "expected": None if process.current else expected_before(case),
        "rounds": earlier_rounds(process),
        "last_word": last_word(process),
        "actions": actions_of(process, user),
        "cautions": cautions_of(case, user) if case.state in registry.kind_of(case).lifecycle.editable else [],
        "comments": list(case.comments.select_related("author")),
        "may_comment": rules.has_perm("workflow.comment_case", user, case),
        "may_ask_about": case.kind != "question" and rules.has_perm("agreements.ask_question", user),
        "papers": papers_of(process, user),
        "left_out": left_out_of(case),
        "can_compare": registry.kind_of(case).readable is not None and case.first_submitted_at is not None,
        "attachments": attachments_of(case),
    }
