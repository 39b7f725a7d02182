"""Agreements and their changes that a person filed, and what is owed by a day after a signing: for the first page.

Two queries, whatever the number of files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.translation import gettext as _

from agreements.choices import AgreementState as A
from agreements.models import AgreementDuty
from intlcoop.workflow import registry
from intlcoop.workflow.models import Case, Step

if TYPE_CHECKING:
    from intlcoop.people.models import User

#: Agreements and their changes go through the same states until they are concluded.
KINDS = {"agreement": "agreements:agreement_sign", "agreement_change": "agreements:amendment_settle"}
DUTY_PAGES = {"agreement": "agreements:duty", "project": "agreements:project_duty"}
UNDER_WAY = (A.PROPOSED, A.RETURNED, A.IN_APPROVAL, A.CLEARED)
MOST = 100


def own_files(user: User) -> list[Case]:
    """Those not concluded yet, the oldest first, each with its open steps as `now_at`."""
    open_steps = Step.objects.open().filter(case=OuterRef("pk")).order_by("order", "position")
    rows = Case.objects.filter(created_by=user, kind__in=KINDS, state__in=UNDER_WAY).select_related("unit")
    steps = ArraySubquery(open_steps.values(json=JSONObject(kind="kind", office="office", body="body")))
    return list(rows.annotate(now_at=steps).order_by("pk")[:MOST])


def own_duties(user: User) -> list[AgreementDuty]:
    """What is to be done by a day, of the files that this person filed."""
    rows = AgreementDuty.objects.owed().filter(due_on__isnull=False, case__created_by=user, case__kind__in=DUTY_PAGES)
    return list(rows.select_related("case__unit").order_by("due_on", "pk")[:MOST])


def duty_url(duty: AgreementDuty) -> str:
    return reverse(DUTY_PAGES[duty.case.kind], args=[duty.case.number, duty.pk])


def asked_of(case: Case) -> tuple[str, str, str] | None:
    """(why it waits for its filer, the button, where that leads); None while others have it."""
    edit_url = registry.kind_of(case).edit_url(case) or reverse("workflow:file", args=[case.number])
    match case.state:
        case A.PROPOSED:
            return _("A draft that has not been submitted yet."), _("Continue the draft"), edit_url
        case A.RETURNED:
            return _("Returned to you for completion."), _("Complete the file"), edit_url
        case A.CLEARED:
            sign_url = reverse(KINDS[case.kind], args=[case.number])
            return _("It may be signed now. Record here how it was signed."), _("Record the signing"), sign_url
    return None
