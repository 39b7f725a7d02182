"""Where does a row of a frozen report lead this reader? A file to its page; what is no file (a partner, a session of a mechanism)
to the page that it stands on. What the reader may not open leads nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from agreements.models import Mechanism, MeetingSession, Partner, Programme
from delegations.models import PlanLine
from intlcoop.people.models import OrgUnit
from intlcoop.workflow.models import Case
from reports.models import WorkItem

if TYPE_CHECKING:
    from intlcoop.people.models import User

#: kind of a link -> its rows, with what their address needs; how the address is found.
LINKED: dict[str, tuple[Any, Any]] = {
    "partner": (Partner.objects, lambda row: row.get_absolute_url()),
    "mechanism": (Mechanism.objects, lambda row: row.get_absolute_url()),
    "programme": (Programme.objects, lambda row: row.get_absolute_url()),
    "session": (MeetingSession.objects.select_related("series"), lambda row: row.series.get_absolute_url()),
    "work": (WorkItem.objects.select_related("case"), lambda row: row.get_absolute_url()),
    "unit": (OrgUnit.objects, lambda row: row.get_absolute_url()),
    "plan_line": (PlanLine.objects, lambda row: row.get_absolute_url()),
}


def addresses(user: User, rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """{number of a row: address} for the rows that this person may open; one query for files, one for each kind of link."""
    numbers: list[str] = []
    linked: dict[str, dict[str, int]] = {}
    for row in rows:
        if link := row.get("link"):
            linked.setdefault(link["kind"], {})[row["number"]] = link["pk"]
        else:
            numbers.append(row["number"])
    found = {}
    if numbers:
        cases = Case.objects.visible_to(user).filter(number__in=numbers).values_list("number", flat=True)
        found = {number: reverse("workflow:file", args=[number]) for number in cases}
    for kind, members in linked.items():
        if kind in LINKED:
            found |= _of_links(user, kind, members)
    return found


def _of_links(user: User, kind: str, members: Mapping[str, int]) -> dict[str, str]:
    objects, address = LINKED[kind]
    urls = {row.pk: address(row) for row in objects.all().visible_to(user).filter(pk__in=set(members.values()))}
    return {number: urls[pk] for number, pk in members.items() if pk in urls}
