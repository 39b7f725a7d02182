"""Finding the file of an address that visits, events and trips share, and what every page about what hangs on it has."""

from __future__ import annotations

from typing import Any

import rules
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from delegations.rules import RECEIVES
from intlcoop.web.display import Crumb
from intlcoop.web.file_numbers import shown
from intlcoop.workflow import doors
from intlcoop.workflow.doors import LARGEST_ID, person_of
from intlcoop.workflow.models import Case

#: In which list a file of each kind stands.
LISTED_AT = {
    "inbound": (gettext_lazy("Inbound delegations"), "delegations:visits"),
    "event": (gettext_lazy("International events"), "delegations:events"),
    "outbound": (gettext_lazy("Outbound delegations"), "delegations:trips"),
}


def visible_file(request: HttpRequest, number: str) -> Case:
    """The visit, event or trip of this number, if this person may see it."""
    case = doors.visible_case(request, number)
    if case.kind not in RECEIVES:
        raise Http404
    return case


def file_page(case: Case, **more: Any) -> dict[str, Any]:
    url = doors.page_of(case)
    label, name = LISTED_AT[case.kind]
    crumbs = [Crumb(label, reverse(name)), Crumb(shown(case.number), url)]
    return {"case": case, "file_url": url, "crumbs": crumbs, **more}


def may_keep(request: HttpRequest, case: Case) -> bool:
    return bool(rules.has_perm("delegations.keep_reception", person_of(request), case))


def ask(request: HttpRequest, case: Case) -> HttpResponse | None:
    if may_keep(request, case):
        return None
    return doors.refused_page(request, case, _("This file can no longer be changed here."))


def row_or_404(rows: Any, pk: int) -> Any:
    found = rows.filter(pk=pk).first() if pk <= LARGEST_ID else None
    if found is None:
        raise Http404
    return found
