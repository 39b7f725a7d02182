"""The draft of a visit while it is written: kept as far as it is valid, and away to the proposal of a partner and back (F9)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, QueryDict

from agreements.queries.naming import written
from agreements.views.proposing import chosen_partner
from delegations import services
from delegations.models import InboundDelegation
from delegations.views.visit_finding import visible_visit
from intlcoop.workflow.doors import person_of, version_in

#: Days that only make sense together: a refusal of one leaves them all as they were.
DAYS = ("arrives_on", "leaves_on", "meeting_on")


def keep_draft(request: HttpRequest, number: str, form: Any) -> InboundDelegation:
    """Write what is valid. A guest whose name is being typed anew is not taken off the list meanwhile."""
    visit = visible_visit(request, number)
    values = form.values
    if any(name in form.errors for name in DAYS) or form.non_field_errors():
        values = {name: value for name, value in values.items() if name not in DAYS}
    title = form.cleaned_data.get("title") or None
    head = form.head if form.head.get("full_name") else None
    return services.update_visit(
        visit, actor=person_of(request), title=title, fields=values, head=head, expected_version=version_in(request)
    )


def with_body(request: HttpRequest, data: QueryDict | None) -> QueryDict | None:
    """What was kept of the form, with the partner chosen as the body of the guests."""
    partner = chosen_partner(request) if data is not None else None
    if partner is None or data is None:
        return data
    data = data.copy()
    data["body"] = written(partner)
    return data


def body_chosen(request: HttpRequest, form: Any) -> Any:
    """The same for a form of which nothing was kept: it opens with the partner chosen."""
    if not form.is_bound and (partner := chosen_partner(request)) is not None:
        form.fields["body"].initial = partner
    return form
