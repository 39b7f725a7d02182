"""What bodies outside the ministry answered for an event: first about the hosting, then about the event itself (QĐ 06/2020)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from delegations.event_choices import Stage
from intlcoop.vietnamese.dates import table_date
from intlcoop.workflow.choices import Outcome, StepKind
from intlcoop.workflow.models import Permission, StatusChange

if TYPE_CHECKING:
    from delegations.models import InternationalEvent


def answers_of(event: InternationalEvent) -> dict[str, Permission]:
    """The last consent for each of the two questions. What was answered before the hosting was agreed to answers that one."""
    agreed = StatusChange.objects.filter(
        case=OuterRef("decision__step__case"), transition="agree_principle", at__gte=OuterRef("decision__at")
    )
    found = Permission.objects.filter(
        decision__step__case=event.case_id,
        decision__step__kind=StepKind.EXTERNAL_PERMISSION,
        decision__outcome=Outcome.AGREE,
    )
    rows = found.annotate(is_first=Exists(agreed)).order_by("reply_date", "pk")
    return {Stage.PRINCIPLE if row.is_first else Stage.PERMISSION: row for row in rows}


def answer_facts(event: InternationalEvent) -> list[tuple[str, Any]]:
    """ "Chủ trương đăng cai: 7001/VPCP-QHQT ngày 22/11/2026, Thủ tướng Chính phủ"; of what was asked, and only then."""
    if event.case.first_submitted_at is None:
        return []
    answers = answers_of(event)
    found: list[tuple[str, Any]] = []
    if Stage.PRINCIPLE in answers:
        found.append((_("Hosting in principle"), in_words(answers[Stage.PRINCIPLE])))
    elif event.principle_agreed_on:
        found.append(
            (_("Hosting in principle"), _("agreed on %(day)s") % {"day": table_date(event.principle_agreed_on)})
        )
    if Stage.PERMISSION in answers:
        found.append((_("Paper giving permission"), in_words(answers[Stage.PERMISSION])))
    return found


def in_words(answer: Permission) -> str:
    values = {"number": answer.reply_number, "day": table_date(answer.reply_date), "issuer": answer.reply_issuer}
    return _("%(number)s of %(day)s, %(issuer)s") % values
