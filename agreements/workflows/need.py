"""The lifecycle of a need of a unit: looking, in talks with a partner, met; or no longer needed."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import rules
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agreements.guidance import NeedState as N
from agreements.models import CooperationNeed
from agreements.queries import needs as queries
from intlcoop.vietnamese.normalise import nfc
from intlcoop.workflow import engine, notices
from intlcoop.workflow.lifecycle import Lifecycle, Transition
from intlcoop.workflow.models import StatusChange
from intlcoop.workflow.refusals import NotAllowed
from intlcoop.workflow.registry import FileKind
from intlcoop.workflow.rows import clean

if TYPE_CHECKING:
    from intlcoop.people.models import User
    from intlcoop.workflow.models import Case


def a_partner_is_named(case: Case) -> str | None:
    if not case.need.matches.exists():
        return gettext("Name the partner first, on the page of the need.")
    return None


def says_what_came_of_it(case: Case) -> str | None:
    if not case.need.result.strip():
        return gettext("Write what came of it.")
    return None


def tell_unit(case: Case, change: StatusChange, actor: User | None) -> None:
    notices.tell_filer(case, change, change.comment)


RUN = "agreements.run_need"
NEED = Lifecycle(
    states=N,
    initial=N.OPEN,
    editable=N.UNMET,
    transitions=(
        Transition(
            name="talk",
            label=_("In talks with a partner now"),
            sources=(N.OPEN,),
            target=N.UNDER_WAY,
            rule=RUN,
            guards=(a_partner_is_named,),
            effects=(tell_unit,),
            primary=True,
        ),
        Transition(
            name="meet",
            label=_("The need is met"),
            sources=N.UNMET,
            target=N.MET,
            rule=RUN,
            guards=(says_what_came_of_it,),
            effects=(tell_unit,),
            primary=True,
            page=lambda case: reverse("agreements:need_met", args=[case.number]),
        ),
        Transition(
            name="look_again",
            label=_("Look for a partner again"),
            sources=(N.UNDER_WAY, N.MET, N.DROPPED),
            target=N.OPEN,
            rule=RUN,
            needs_comment=True,
            effects=(tell_unit,),
        ),
        Transition(
            name="drop",
            label=_("No longer needed"),
            sources=N.UNMET,
            target=N.DROPPED,
            rule=RUN,
            needs_comment=True,
            destructive=True,
            effects=(tell_unit,),
        ),
    ),
)


@transaction.atomic
def meet_need(
    need: CooperationNeed,
    *,
    actor: User,
    result: str,
    request_id: uuid.UUID | None = None,
    expected_version: int | None = None,
) -> StatusChange:
    """Say what came of it, and fire "meet". Raises what the engine raises; then nothing is kept."""
    if request_id and (done := StatusChange.objects.filter(request_id=request_id, case=need.case).first()):
        return done
    locked = engine.lock(need.case, expected_version=expected_version)
    if not rules.has_perm(RUN, actor, locked):
        raise NotAllowed(gettext("The unit or the department says that the need is met."))
    kept = locked.need
    kept.result = nfc(result.strip())
    clean(kept)
    kept.save(update_fields=["result"])
    return engine.fire(locked, "meet", actor=actor, request_id=request_id)


def need_kind() -> FileKind:
    return FileKind(
        code="need",
        prefix="NC",
        label=_("Cooperation need"),
        lifecycle=NEED,
        summary=queries.summary,
        content_of=queries.content,
        opened_to=queries.opened_to,
        history=queries.history,
        edit_url=queries.edit_url,
        matching=queries.matching,
    )
