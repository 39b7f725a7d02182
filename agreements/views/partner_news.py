"""The pages of news of partners: the list, one piece, publishing, what units subscribed to (W004-05)."""

from __future__ import annotations

from typing import Any

import rules
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agreements.filters.partner_news import NewsFilter
from agreements.forms.partner_news import NewsForm, SubscriptionForm
from agreements.models import NewsSubscription, PartnerNews
from agreements.queries import partner_news as queries
from agreements.services import partner_news as services
from agreements.views.asking import found, is_stale
from intlcoop.people.principals import principal_of
from intlcoop.web.display import Crumb, Fact
from intlcoop.web.lists import ListColumn, ListPage
from intlcoop.web.retained import typed
from intlcoop.web.templatetags.ui import weekday_day
from intlcoop.workflow.doors import person_of
from intlcoop.workflow.refusals import NotAllowed, Refused

METHODS = ["GET", "HEAD", "POST"]
PUBLISHERS = gettext_lazy("The department of international cooperation publishes news of partners.")


def crumbs(news: PartnerNews | None = None) -> list[Crumb]:
    first = [Crumb(_("News of partners"), reverse("agreements:news_list"))]
    return [*first, Crumb(news.title, news.get_absolute_url())] if news else first


class NewsList(ListPage):
    model = PartnerNews
    template_name = "agreements/news/list.html"
    title = gettext_lazy("News of partners")
    search_label = gettext_lazy("Words of the news, partner, source")
    filterset_class = NewsFilter
    default_sort = "-ngay"
    empty_text = gettext_lazy(
        "No news yet. The department writes here what partners and donors offer, and tells the units."
    )
    columns = (
        ListColumn(name="tin", label=gettext_lazy("News"), value="title", sort=["title"], key=True, wide=True, width=60),
        ListColumn(name="loai", label=gettext_lazy("Kind"), value="get_kind_display", sort=["kind"], width=28),
        ListColumn(name="doi_tac", label=gettext_lazy("Partner"), value="partner", sort=["partner__sort_key"], named=True,
                   width=40),
        ListColumn(name="ngay", label=gettext_lazy("Published on"), value="published_on", kind="date", sort=["published_on"]),
        ListColumn(name="han", label=gettext_lazy("Proposals until"), value="apply_by", kind="date", sort=["apply_by"]),
        ListColumn(name="nguon", label=gettext_lazy("Source"), value="source", screen=False, width=40),
    )  # fmt: skip

    def rows(self) -> QuerySet[PartnerNews]:
        return PartnerNews.objects.visible_to(person_of(self.request)).select_related("partner")

    def search(self, queryset: Any, text: str) -> Any:
        return queryset.search(text)

    @property
    def add_url(self) -> str:
        may = rules.has_perm("agreements.publish_news", self.request.user)
        return reverse("agreements:news_create") if may else ""

    def get_empty_action(self) -> tuple[Any, str] | None:
        return (_("Publish news"), self.add_url) if self.add_url else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "add_url": self.add_url,
            "may_subscribe": may_see(self.request.user),
        }


def may_see(user: Any) -> bool:
    """Whether the page of subscriptions has something for this person."""
    return any(rules.has_perm(f"agreements.{name}", user) for name in ("subscribe_news", "see_subscriptions"))


def visible_news(request: HttpRequest, pk: int) -> PartnerNews:
    rows = PartnerNews.objects.visible_to(person_of(request)).select_related("partner", "author", "unit")
    return found(rows, pk)  # type: ignore[no-any-return]


@require_safe
def news(request: HttpRequest, pk: int) -> HttpResponse:
    its, user = visible_news(request, pk), person_of(request)
    context = {
        "news": its,
        "badge": queries.badge(its, timezone.localdate()),
        "facts": facts_of(its),
        "crumbs": crumbs(),
        "may_keep": rules.has_perm("agreements.publish_news", user, its),
        "ask_url": f"{reverse('agreements:question_ask')}?doi_tac={its.partner_id or ''}"
        if rules.has_perm("agreements.ask_question", user) else "",
    }  # fmt: skip
    return render(request, "agreements/news/news.html", context)


def facts_of(its: PartnerNews) -> list[Fact]:
    facts = [Fact(_("Kind"), its.get_kind_display())]
    if its.partner is not None:
        facts.append(Fact(_("Partner"), its.partner, its.partner.get_absolute_url()))
    if its.apply_by:
        facts.append(Fact(_("Proposals until"), weekday_day(its.apply_by)))
    if fields := ", ".join(str(field) for field in its.fields.all()):
        facts.append(Fact(_("Fields of cooperation"), fields))
    if its.source or its.source_url:
        facts.append(Fact(_("Source"), its.source or its.source_url, its.source_url))
    return facts


@require_http_methods(METHODS)
def create(request: HttpRequest) -> HttpResponse:
    if not rules.has_perm("agreements.publish_news", request.user):
        raise PermissionDenied(PUBLISHERS)
    return edit(request, None)


@require_http_methods(METHODS)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    its = visible_news(request, pk)
    if not rules.has_perm("agreements.publish_news", request.user, its):
        raise PermissionDenied(PUBLISHERS)
    return edit(request, its)


def edit(request: HttpRequest, its: PartnerNews | None) -> HttpResponse:
    form = NewsForm(typed(request), instance=its or PartnerNews())
    fresh = visible_news(request, its.pk) if its else None
    if request.method == "POST" and form.is_valid() and not is_stale(request, form):
        try:
            saved = services.save_news(fresh, actor=person_of(request), fields=form.values)
        except Refused as refusal:
            form.add_error(None, refusal.reasons)
        else:
            said = _("The news is saved.") if fresh else _("The news is published; the units that subscribed are told.")
            messages.success(request, said)
            return redirect(saved)
    page = {"form": form, "crumbs": crumbs(fresh), "heading": _("Edit the news") if its else _("Publish news")}
    page |= {"back": fresh.get_absolute_url() if fresh else reverse("agreements:news_list")}
    return render(request, "agreements/needs/form.html", page | {"verb": _("Save") if its else _("Publish it")})


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    its = visible_news(request, pk)
    try:
        services.withdraw_news(its, actor=person_of(request))
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    messages.success(request, _("The news is taken back; its history stays."))
    return redirect("agreements:news_list")


@require_http_methods(METHODS)
def subscriptions(request: HttpRequest) -> HttpResponse:
    user = person_of(request)
    if not may_see(user):
        raise PermissionDenied(_("One subscribes for the own unit."))
    may = rules.has_perm("agreements.subscribe_news", user)
    form = SubscriptionForm(typed(request), actor=user) if may else None
    if request.method == "POST":
        if form is None:
            raise PermissionDenied(_("One subscribes for the own unit."))
        if form.is_valid() and (answer := subscribed(request, form)):
            return answer
    own = principal_of(user).own_unit_ids
    lines = [(row, queries.wish(row), may and row.unit_id in own) for row in queries.subscriptions_of(user)]
    page = {"form": form, "lines": lines, "crumbs": crumbs(), "back": reverse("agreements:news_list")}
    return render(request, "agreements/news/subscriptions.html", page | {"verb": _("Subscribe")})


def subscribed(request: HttpRequest, form: SubscriptionForm) -> HttpResponse | None:
    data = form.cleaned_data
    try:
        services.subscribe(
            data["unit"], actor=person_of(request), partner=data["partner"], field=data["field"], kind=data["kind"]
        )
    except Refused as refusal:
        form.add_error(None, refusal.reasons)
        return None
    messages.success(request, _("Subscribed. The head and the focal point of the unit are told of such news."))
    return redirect("agreements:news_subscriptions")


@require_POST
def unsubscribe(request: HttpRequest, pk: int) -> HttpResponse:
    row = found(NewsSubscription.objects.visible_to(person_of(request)), pk)
    try:
        services.unsubscribe(row, actor=person_of(request))
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    messages.success(request, _("The subscription is ended."))
    return redirect("agreements:news_subscriptions")
