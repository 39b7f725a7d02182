"""Filling a half-written form from a line of the plan: only what is still blank, so that nothing typed is lost."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from delegations.models import OutboundDelegation, PlanLine
from delegations.services import fields_of_line, members_of_line

LABELS = {
    "purpose": _("kind of purpose"),
    "purpose_text": _("purpose and content"),
    "inviting_body": _("inviting body"),
    "field": _("field of cooperation"),
    "host_partner": _("host"),
}


def chosen_line(data: QueryDict, offered: Any) -> PlanLine | None:
    """The line that the form has chosen, of those that it offers."""
    pk = data.get("plan_line", "")
    if not pk.isdecimal() or len(pk) > 18:
        return None
    related = ("plan", "field", "partner", "leader", "currency")
    return offered.filter(pk=int(pk)).select_related(*related).first()  # type: ignore[no-any-return]


def filled_from(line: PlanLine, data: QueryDict) -> tuple[QueryDict, list[str]]:
    """The form's data with its blanks filled, and what was filled, in words."""
    filled, names = data.copy(), []
    if not filled.get("title", "").strip():
        filled["title"] = line.title
        names.append(str(_("Title of the trip")))
    for name, value in fields_of_line(line).items():
        if not filled.get(name, "").strip():
            filled[name] = str(getattr(value, "pk", value))
            names.append(str(LABELS[name]))
    countries = [{"country": str(country.pk)} for country in line.countries.all()]
    if _fill_rows(filled, "legs", "country", countries):
        names.append(str(_("Itinerary")))
    heads = [
        {"full_name": f"{row['full_name']} ({row['person'].username})", "part": str(row["part"]), "post": row["post"],
         "body": row["body"], "rank": str(row["rank"]), "member_class": "official"}
        for row in members_of_line(line)
    ]  # fmt: skip
    if _fill_rows(filled, "members", "full_name", heads):
        names.append(str(OutboundDelegation.members.rel.related_model._meta.verbose_name_plural))
    return filled, names


def _fill_rows(data: QueryDict, prefix: str, key: str, rows: list[dict[str, str]]) -> bool:
    """Put rows into a group of which no row says anything yet; whether there was something to put and room for it."""
    named = (name for name in data if name.startswith(f"{prefix}-") and name.endswith(f"-{key}"))
    typed = [name for name in named if data[name].strip()]  # type: ignore[union-attr]  # what was posted has a value
    if typed or not rows:
        return False
    for number, row in enumerate(rows):
        for name, value in row.items():
            data[f"{prefix}-{number}-{name}"] = value
    total = data.get(f"{prefix}-TOTAL_FORMS", "0")
    data[f"{prefix}-TOTAL_FORMS"] = str(max(int(total) if total.isdecimal() and len(total) < 5 else 0, len(rows)))
    return True
