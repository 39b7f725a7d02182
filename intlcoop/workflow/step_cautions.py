"""What whoever decides a step must see before deciding, whatever the kind of file: silence, absence, lateness."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from intlcoop.people import offices
from intlcoop.vietnamese.dates import table_date
from intlcoop.web.display import Caution, Tone
from intlcoop.web.file_numbers import shown
from intlcoop.workflow.choices import Outcome

if TYPE_CHECKING:
    from intlcoop.people.models import User
    from intlcoop.workflow.models import Step
    from intlcoop.workflow.process import Process


def step_cautions(step: Step, process: Process, user: User) -> list[Caution]:
    return [*own_absence(process, user), *unanswered(process), *climbed(step), *above_ceiling(step, process)]


def own_absence(process: Process, user: User) -> list[Caution]:
    """Whoever is abroad does not decide silently: the record will say so."""
    absence = process.away.get(user.pk)
    if absence is None:
        return []
    text = _(
        "By %(number)s you are on a trip abroad from %(first)s to %(last)s. If you decide now, the record says so;"
        " else let somebody stand in for you."
    ) % {"number": shown(absence.number), "first": table_date(absence.first), "last": table_date(absence.last)}
    return [Caution(text=text, url=reverse("people:profile"))]


def unanswered(process: Process) -> list[Caution]:
    """Opinions that were asked for and never came: silence is no consent."""
    found = []
    for step in process.current:
        decision = getattr(step, "decision", None)
        if decision is None or decision.outcome != Outcome.NO_ANSWER:
            continue
        text = _("%(office)s did not answer by %(day)s: overdue, no answer. This is no consent.") % {
            "office": step.body or offices.office_label(step.office),
            "day": table_date(step.due_on or decision.decided_on),
        }
        found.append(Caution(text=text, tone=Tone.LATE))
    return found


def above_ceiling(step: Step, process: Process) -> list[Caution]:
    """Why this step did not go to the substitute."""
    text = process.above_ceiling(step)
    return [Caution(text=text, tone=Tone.INFO)] if text else []


def climbed(step: Step) -> list[Caution]:
    """Why this step came to a higher office than its own."""
    if not step.acting_office or step.acting_office == step.office:
        return []
    text = _("This step belongs to “%(office)s”, who filed, edited or travels in the file, so you decide instead.") % {
        "office": offices.office_label(step.office)
    }
    return [Caution(text=text, tone=Tone.INFO)]
