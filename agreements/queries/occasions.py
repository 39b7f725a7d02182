"""At which trip, visit or event may an agreement have been signed? Files of the rooms above, known by their kind alone."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from agreements.models import InternationalAgreement
from intlcoop.workflow.models import Case

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from intlcoop.people.models import User

#: Kinds of files at which something is signed, and how far back a signing is usually recorded.
OCCASIONS = ("outbound", "inbound", "event")
RECENT = dt.timedelta(days=400)
GONE = ("planned", "requested", "returned", "rejected", "cancelled", "postponed")


def occasions_for(user: User, agreement: InternationalAgreement) -> QuerySet[Case]:
    """The newest first; what was chosen before stays."""
    since = timezone.now() - RECENT
    recent = Q(kind__in=OCCASIONS, created_at__gte=since) & ~Q(state__in=GONE)
    visible = Case.objects.visible_to(user).filter(recent)
    return Case.objects.filter(Q(pk__in=visible.values("pk")) | Q(pk=agreement.signed_during_id)).order_by(
        "-created_at"
    )
