"""What the page of a partner says of the partner itself: its facts, its people, our units, its place in the tree, its past."""

from __future__ import annotations

from typing import Any

import rules
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.choices import DatePrecision
from agreements.models import ContactPost, Dealing, GroupMembership, Partner
from agreements.queries.partner_sections import register_section
from intlcoop.people.heirs import heirs_of
from intlcoop.people.models import OrgUnit
from intlcoop.people.principals import principal_of
from intlcoop.vietnamese.dates import known_date, table_date
from intlcoop.web.display import Badge, Fact, Tone
from intlcoop.workflow.models import Case

LATEST = 8
POSTS_SHOWN = 100


def register_sections() -> None:
    """What stands on every partner's page (called from AppConfig.ready)."""
    register_section(20, "dau-moi", gettext_lazy("People there"), people_section, "agreements/_people.html")
    register_section(30, "don-vi", gettext_lazy("Our units that work with it"), units_section, "agreements/_units.html")
    register_section(32, "nhom", gettext_lazy("Groups"), groups_section, "agreements/_groups.html")
    register_section(
        34, "truc-thuoc", gettext_lazy("Bodies that belong to it"), children_section, "agreements/_children.html"
    )
    register_section(
        95, "hoat-dong", gettext_lazy("Timeline of dealings"), dealings_section, "agreements/_dealings.html"
    )


def facts_of(partner: Partner, *, whole: bool = False) -> list[Fact]:
    """Who it is, in a list of lines; what is not known is left out. `whole`: with what the head of its page says already."""
    others = ", ".join(_other_name(name) for name in partner.names.all())
    fields = ", ".join(field.name for field in partner.fields.all())
    head = [
        Fact(_("Kind"), partner.get_kind_display()),
        Fact(_("Country"), partner.whence),
        Fact(_("Name in Vietnamese"), partner.name_vi),
        Fact(_("Short name"), partner.short_name),
    ]
    facts = [
        *(head if whole else ()),
        *([Fact(_("Name in Vietnamese"), partner.name_vi)] if not whole and partner.name != partner.name_vi else ()),
        Fact(_("Name in English"), partner.name_en),
        Fact(_("Name in its own language"), partner.name_native),
        Fact(_("Other names"), others),
        Fact(_("Belongs to"), partner.parent or "", partner.parent.get_absolute_url() if partner.parent else ""),
        Fact(_("In Viet Nam"), _("Yes") if partner.in_viet_nam else _("No")),
        Fact(_("Address"), partner.address),
        Fact(_("Website"), partner.website, partner.website),
        Fact(_("Fields of cooperation"), fields),
        Fact(_("Needs of the partner"), partner.needs),
        Fact(_("Capacity of the partner"), partner.capacity),
        Fact(_("Added by"), partner.proposed_by or ""),
    ]
    return [fact for fact in facts if fact.value or fact.label == _("Name in English")]


def _other_name(name: Any) -> str:
    return f"{name.name} ({name.get_kind_display().lower()})"


def badges_of(partner: Partner) -> list[Badge]:
    found = [Badge(partner.get_tier_display(), Tone.INFO)] if partner.tier else []
    if partner.is_proposed:
        found.append(Badge(_("Proposed, waiting for confirmation"), Tone.WAITING))
    if not partner.is_active:
        found.append(Badge(_("No longer chosen"), Tone.QUIET))
    return found


def people_section(partner: Partner, user: Any) -> dict[str, Any]:
    """Who sits there now, and who sat there before: one question."""
    today = timezone.localdate()
    posts = ContactPost.objects.visible_to(user).filter(partner=partner).select_related("contact")[:POSTS_SHOWN]
    may = rules.has_perm("agreements.keep_contacts", user, partner)
    now = [post for post in posts if post.until is None or post.until >= today]
    return {
        "now": now,
        "before": [post for post in posts if post not in now],
        "count": len(now),
        "head_url": reverse("agreements:contact_create", args=[partner.pk]) if may else "",
        "head_label": _("Add a contact"),
    }


def units_section(partner: Partner, user: Any) -> dict[str, Any] | None:
    """Which of our units work with it, since when, and who carries on for one that has ended."""
    rows = list(partner.units.select_related("unit"))
    heirs = heirs_of(row.unit for row in rows)
    for row in rows:
        row.heir = heirs.get(row.unit_id)  # type: ignore[attr-defined]
    joining: list[OrgUnit] = []
    if rules.has_perm("agreements.join_partner", user, partner):
        there = {row.unit_id for row in rows} | {heir.unit.pk for heir in heirs.values()}
        own = {held.unit_id for held in principal_of(user).appointments} - there
        joining = list(OrgUnit.objects.filter(pk__in=own, parent__isnull=False)) if own else []
    return {"rows": rows, "count": len(rows), "joining": joining} if rows or joining else None


def groups_section(partner: Partner, user: Any) -> dict[str, Any] | None:
    rows = list(GroupMembership.objects.visible_to(user).filter(partner=partner).select_related("group"))
    return {"rows": rows, "count": len(rows)} if rows else None


def children_section(partner: Partner, user: Any) -> dict[str, Any] | None:
    """The bodies that belong to it, one level down."""
    rows = list(Partner.objects.visible_to(user).living().filter(parent=partner).select_related("country"))
    return {"rows": rows, "count": len(rows)} if rows else None


def dealings_section(partner: Partner, user: Any) -> dict[str, Any] | None:
    """The latest of what happened; all of it stands on a page of its own."""
    rows = Dealing.objects.visible_to(user).told_once().filter(partner=partner).select_related("unit", "case")
    count = rows.count()
    if not count:
        return None
    return {
        "lines": with_addresses(list(rows[:LATEST]), user),
        "count": count,
        "head_url": reverse("agreements:dealing_list", args=[partner.pk]),
        "head_label": _("All, with filters"),
    }


def day_of(dealing: Dealing) -> str:
    """The day as exactly as it is known (F002-21)."""
    if dealing.precision == DatePrecision.DAY:
        return table_date(dealing.on)
    if dealing.precision == DatePrecision.UNKNOWN:
        return _("day not stated")
    return known_date(dealing.on, dealing.precision)  # type: ignore[arg-type]


def with_addresses(dealings: list[Dealing], user: Any) -> list[tuple[Dealing, str, str]]:
    """Each with its day in words and the address of its file, where this person may read it: one question for all."""
    cases = Case.objects.visible_to(user).filter(pk__in={each.case_id for each in dealings if each.case_id})
    numbers = dict(cases.values_list("pk", "number"))
    search = reverse("web:search")
    addresses = {pk: f"{search}?q={number}" for pk, number in numbers.items()}
    return [(each, day_of(each), addresses.get(each.case_id or 0, "")) for each in dealings]
