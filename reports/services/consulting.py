"""Opening a round of comments on the draft of a report, commenting, answering, closing. The state is the engine's to change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

import rules
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from delegations.queries.planning_people import answering
from intlcoop.notifications.services import notify
from intlcoop.people.models import OrgUnit
from intlcoop.vietnamese.dates import table_date
from intlcoop.vietnamese.normalise import nfc
from intlcoop.web.file_numbers import shown
from intlcoop.workflow import engine
from intlcoop.workflow.refusals import NotAllowed, Refused
from intlcoop.workflow.rows import clean
from reports.models import CommentRound, UnitOpinion, YearEndReport

if TYPE_CHECKING:
    from intlcoop.people.models import User
    from intlcoop.workflow.models import Case


@transaction.atomic
def prepare_round(
    report: YearEndReport,
    due_on: dt.date,
    *,
    units: Iterable[OrgUnit],
    actor: User,
    message: str = "",
    expected_version: int | None = None,
) -> CommentRound:
    """The round with a line for each unit, and word to their people; the caller changes the state in the same transaction.

    Raises NotAllowed, Conflict, Refused (a day that has passed, nobody asked).
    """
    report.case = engine.lock(report.case, expected_version=expected_version)
    if not rules.has_perm("reports.consult_report", actor, report.case):
        raise NotAllowed(_("The department of cooperation asks the units for comments."))
    asked, snapshot = list(units), report.snapshot
    if snapshot is None:
        raise Refused(_("The figures are not frozen yet."))
    if not asked:
        raise Refused(_("Choose at least one unit."))
    if due_on < timezone.localdate():
        raise Refused(_("The last day for opinions has passed. Choose a later one."))
    opened = CommentRound(report=report, version=snapshot.version, due_on=due_on, opened_by=actor)
    opened.message = nfc(message.strip())
    clean(opened)
    opened.save()
    for unit in asked:
        UnitOpinion.objects.create(round=opened, unit=unit)
    people = answering(OrgUnit.objects.filter(pk__in=[unit.pk for unit in asked]))
    notify(
        [person for person in people if person != actor],
        event_key=f"comment-round-{opened.pk}",
        subject=_("%(number)s: comment on the draft of the report · due %(day)s")
        % {"number": shown(report.case.number), "day": table_date(due_on)},
        body="\n".join(part for part in (report.case.title, opened.message) if part),
        url=reverse("reports:comments", args=[report.case.number]),
    )
    return opened


@transaction.atomic
def say_opinion(opinion: UnitOpinion, *, agrees: bool, text: str, actor: User) -> UnitOpinion:
    """The unit agrees, or says what it would have otherwise. Raises NotAllowed, Refused (closed, neither agreed nor said)."""
    kept: UnitOpinion = (
        UnitOpinion.objects.select_for_update(of=("self",)).select_related("round", "unit").get(pk=opinion.pk)
    )
    if not rules.has_perm("reports.say_opinion", actor, kept):
        raise NotAllowed(_("The head or the focal point of the unit comments for it."))
    if kept.round.closed_at is not None:
        raise Refused(_("This round of comments is closed."))
    if not agrees and not text.strip():
        raise Refused(_("Agree to the draft, or say what should read otherwise."))
    kept.agrees, kept.text = agrees, nfc(text.strip())
    kept.said_by, kept.said_at = actor, timezone.now()
    clean(kept)
    kept.save()
    return kept


@transaction.atomic
def answer_opinion(opinion: UnitOpinion, reply: str, *, actor: User) -> UnitOpinion:
    """What the department makes of a comment: taken over, or why not. Raises NotAllowed, Refused (nothing to answer)."""
    kept: UnitOpinion = (
        UnitOpinion.objects.select_for_update(of=("self",)).select_related("round__report__case").get(pk=opinion.pk)
    )
    if not rules.has_perm("reports.consult_report", actor, kept.round.report.case):
        raise NotAllowed(_("The department of cooperation answers the comments."))
    if kept.said_at is None:
        raise Refused(_("This unit has not commented yet."))
    kept.reply = nfc(reply.strip())
    clean(kept)
    kept.save()
    return kept


def close_round(case: Case) -> None:
    CommentRound.objects.filter(report__case=case, closed_at__isnull=True).update(closed_at=timezone.now())
