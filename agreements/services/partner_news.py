"""Publishing news of partners, and subscribing to them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import rules
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agreements.models import NewsSubscription, Partner, PartnerNews
from agreements.queries import partner_news as queries
from agreements.queries import questions
from intlcoop.catalogues.models import CooperationField
from intlcoop.notifications.services import notify
from intlcoop.people.models import OrgUnit
from intlcoop.people.principals import principal_of
from intlcoop.vietnamese.dates import table_date
from intlcoop.workflow.refusals import NotAllowed, Refused
from intlcoop.workflow.rows import clean, write_typed

if TYPE_CHECKING:
    from intlcoop.people.models import User


@transaction.atomic
def save_news(
    news: PartnerNews | None, *, actor: User, fields: Mapping[str, Any], is_sample: bool = False
) -> PartnerNews:
    """Publish it, or correct it; the units that subscribed are told once. Raises NotAllowed, Refused."""
    if news is not None:
        news = PartnerNews.objects.select_for_update().get(pk=news.pk)
    if not rules.has_perm("agreements.publish_news", actor, news):
        raise NotAllowed(_("The department of international cooperation publishes news of partners."))
    today = timezone.localdate()
    if news is None:
        home = questions.department(today)
        if home is None:
            raise Refused(_("There is no department of international cooperation today."))
        news = PartnerNews(unit=home, author=actor, published_on=today, is_sample=is_sample)
    write_typed(news, fields, words_of=queries.words_of, many=("fields",))
    _tell_readers(news, actor)
    return news


def _tell_readers(news: PartnerNews, actor: User) -> None:
    lines = [str(news.partner or ""), news.text[:600]]
    if news.apply_by:
        lines.append(_("Proposals until %(day)s.") % {"day": table_date(news.apply_by)})
    notify(
        [person for person in queries.readers_of(news, timezone.localdate()) if person != actor],
        event_key=f"partner-news-{news.pk}",
        subject=f"{news.get_kind_display()}: {news.title}",
        body="\n".join(line for line in lines if line),
        url=news.get_absolute_url(),
    )


@transaction.atomic
def withdraw_news(news: PartnerNews, *, actor: User) -> None:
    """Raises NotAllowed."""
    kept = PartnerNews.objects.select_for_update().get(pk=news.pk)
    if not rules.has_perm("agreements.publish_news", actor, kept):
        raise NotAllowed(_("The department of international cooperation publishes news of partners."))
    kept.withdrawn_at = timezone.now()
    kept.save(update_fields=["withdrawn_at"])


@transaction.atomic
def subscribe(
    unit: OrgUnit,
    *,
    actor: User,
    partner: Partner | None = None,
    field: CooperationField | None = None,
    kind: str = "",
    is_sample: bool = False,
) -> NewsSubscription:
    """For one's own unit; nothing chosen is everything. Raises NotAllowed, Refused (subscribed already)."""
    if not rules.has_perm("agreements.subscribe_news", actor) or unit.pk not in principal_of(actor).own_unit_ids:
        raise NotAllowed(_("One subscribes for the own unit."))
    made = NewsSubscription(unit=unit, partner=partner, field=field, kind=kind, by=actor, is_sample=is_sample)
    clean(made)
    made.save()
    return made


@transaction.atomic
def unsubscribe(row: NewsSubscription, *, actor: User) -> None:
    """Raises NotAllowed."""
    if not rules.has_perm("agreements.subscribe_news", actor) or row.unit_id not in principal_of(actor).own_unit_ids:
        raise NotAllowed(_("One subscribes for the own unit."))
    row.delete()
