"""What the pages ask of news of partners: whom to tell, what a unit subscribed to, what the page of a partner shows (W004-05)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from agreements.models import NewsSubscription, Partner, PartnerNews
from agreements.queries.invitations import passing_on
from intlcoop.catalogues.searching import search_text
from intlcoop.people.models import OrgUnit, User
from intlcoop.web.display import Badge, Tone
from intlcoop.web.search import Hit

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_ON_PARTNER = 5


def words_of(news: PartnerNews) -> str:
    return search_text(news.title, news.text, str(news.partner or ""), news.source)


def badge(news: PartnerNews, today: dt.date) -> Badge | None:
    """While proposals can be handed in, and that they no longer can; None for news without a day."""
    if news.apply_by is None:
        return None
    if news.apply_by >= today:
        return Badge(_("Proposals are taken"), Tone.DONE)
    return Badge(_("Proposals are closed"), Tone.QUIET)


def concerned(news: PartnerNews) -> QuerySet[NewsSubscription]:
    """The subscriptions that this piece of news answers to."""
    fields = [field.pk for field in news.fields.all()]
    partner = Q(partner__isnull=True) | Q(partner=news.partner_id) if news.partner_id else Q(partner__isnull=True)
    field = Q(field__isnull=True) | Q(field__in=fields)
    return NewsSubscription.objects.filter(partner, field, Q(kind="") | Q(kind=news.kind))


def readers_of(news: PartnerNews, on: dt.date) -> list[User]:
    """Heads and focal points of the units that subscribed, or of those that carry them on, and who subscribed."""
    rows = list(concerned(news).values_list("unit", "by"))
    units = carried_on({unit for unit, _by in rows})
    people = passing_on(units, on) | User.objects.filter(pk__in=[by for _unit, by in rows], is_active=True)
    return list(people.distinct())


def carried_on(units: Iterable[int]) -> set[int]:
    """These units and those that they were merged into."""
    found, next_ = set(units), set(units)
    while next_:
        heirs = OrgUnit.objects.filter(pk__in=next_, merged_into__isnull=False).values_list("merged_into", flat=True)
        next_ = {pk for pk in heirs if pk is not None} - found
        found |= next_
    return found


def subscriptions_of(user: User) -> list[NewsSubscription]:
    rows = NewsSubscription.objects.visible_to(user).select_related("unit", "partner", "field", "by")
    return list(rows.order_by("unit__sort_key", "pk"))


def wish(row: NewsSubscription) -> str:
    """What a unit wants to be told of, in words."""
    parts = [str(part) for part in (row.partner, row.field, row.get_kind_display()) if part]
    return " · ".join(parts) or _("all news")


def find_news(user: User, text: str, limit: int) -> list[Hit]:
    rows = PartnerNews.objects.visible_to(user).search(text).select_related("partner").order_by("-published_on", "-pk")
    return [
        Hit(number="", title=row.title, url=row.get_absolute_url(), note=str(row.partner or row.get_kind_display()))
        for row in rows[:limit]
    ]


def partner_section(partner: Partner, user: User) -> dict[str, Any] | None:
    """The section "Tin" on the page of a partner: the newest."""
    today = timezone.localdate()
    rows = list(
        PartnerNews.objects.visible_to(user).filter(partner=partner).order_by("-published_on", "-pk")[:MOST_ON_PARTNER]
    )
    if not rows:
        return None
    more = reverse("agreements:news_list", query={"doi_tac": str(partner.pk)})
    return {
        "lines": [(row, badge(row, today)) for row in rows],
        "head_url": more,
        "head_label": _("All news of the partner"),
    }
