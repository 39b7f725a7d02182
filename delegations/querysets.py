"""Reads over trips. Every list starts at `visible_to`, which is the case's own rule."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Self

import rules
from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Cast, Coalesce, Concat, JSONObject, RowNumber
from django.utils.translation import get_language

from delegations.choices import DatePrecision, LineState, OutboundState, Part, PlanState
from delegations.event_choices import EventRole, EventState
from intlcoop.people.principals import principal_of
from intlcoop.people.querysets import DatedQuerySet
from intlcoop.vietnamese.folding import fold
from intlcoop.workflow.choices import Outcome
from intlcoop.workflow.models import Case

if TYPE_CHECKING:
    from intlcoop.people.models import User


class Folded(models.Func):
    """A text in lower case without accents, as `vietnamese.folding.fold` gives it, but computed where it stands."""

    template = "regexp_replace(translate(normalize(lower(%(expressions)s), NFD), 'đ', 'd'), '[^a-z0-9 ]', '', 'g')"
    output_field = models.TextField()


def _model(name: str) -> Any:
    return apps.get_model("delegations", name)


def _of_case(link: str) -> Any:
    """The rows of the workflow that hang on the case of a trip by this reverse name."""
    related: Any = Case._meta.get_field(link).related_model
    return related.objects.filter(case=OuterRef("case"))


class RowsOfTripsManager(models.Manager[Any]):
    """Members, stays and money of trips, without those of changed versions that are not in force."""

    def get_queryset(self) -> Any:
        return super().get_queryset().filter(delegation__amends__isnull=True)


class OutboundQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> Self:
        return self.filter(case__in=Case.objects.visible_to(user, ("outbound", "trip_change")))

    def of_units(self, unit_ids: Any) -> Self:
        return self.filter(case__unit__in=unit_ids)

    def for_list(self) -> Self:
        """With all that a row of a list shows, in this one query: places, head, number of people, open steps."""
        name = "country__name_en" if get_language() == "en" else "country__name_vi"
        legs = _model("ItineraryLeg").objects.filter(delegation=OuterRef("pk")).order_by("position", "pk")
        members = _model("DelegationMember").objects.filter(delegation=OuterRef("pk"))
        steps = _of_case("steps").open()
        shown = JSONObject(
            kind="kind", office="office", acting="acting_office", body="body", due="due_on", opened="opened_at"
        )
        return self.select_related("case__unit").annotate(
            places=ArraySubquery(legs.values(name)),
            head_name=Subquery(members.filter(part=Part.HEAD).values("full_name")[:1]),
            people=Subquery(members.order_by().values("delegation").annotate(n=Count("pk")).values("n")),
            waiting=ArraySubquery(steps.order_by("position").values(json=shown)),
        )

    def for_register(self, order: list[Any]) -> Self:
        """With what the register of outbound delegations asks beyond a list (domain.md B.3)."""
        members = _model("DelegationMember").objects.filter(delegation=OuterRef("pk")).order_by("position", "pk")
        funding = _model("FundingItem").objects.filter(delegation=OuterRef("pk")).order_by("position", "pk")
        # As text: JSON numbers would come back as floats.
        paid = JSONObject(source="source", amount=Cast("amount", models.CharField()), currency="currency__code")
        papers = _of_case("papers").filter(superseded_at__isnull=True, number__isnull=False)
        decision = JSONObject(number="number", symbol="symbol", on="issued_on")
        steps = _of_case("steps").filter(decision__outcome=Outcome.AGREE, decision__permission__isnull=False)
        reply = JSONObject(
            ours="decision__permission__submission_number",
            our_day="decision__permission__submission_date",
            number="decision__permission__reply_number",
            day="decision__permission__reply_date",
        )
        reports = _model("TripReport").objects.filter(delegation=OuterRef("pk"))
        return self.select_related("host_partner").annotate(
            running=models.Window(RowNumber(), order_by=order),
            names=ArraySubquery(members.values("full_name")),
            paid=ArraySubquery(funding.values(json=paid)),
            decisions=ArraySubquery(papers.order_by("pk").values(json=decision)),
            replies=ArraySubquery(steps.order_by("pk").values(json=reply)),
            report_state=Subquery(reports.values("case__state")[:1]),
        )

    def answering(self, text: str) -> Self:
        """Trips of which every word stands in the title, a place or the name of somebody who travels. Accents do not count."""
        found = self
        members, legs = _model("DelegationMember").objects, _model("ItineraryLeg").objects
        for word in fold(text).split():
            people = members.annotate(plain=Folded(F("full_name"))).filter(
                delegation=OuterRef("pk"), plain__contains=word
            )
            places = legs.filter(delegation=OuterRef("pk"), country__search_text__contains=f" {word}")
            found = found.filter(Q(case__fold__contains=word) | Exists(people) | Exists(places))
        return found

    def counted(self) -> Self:
        """Trips that were decided on: the ones that reports count."""
        return self.filter(case__state__in=OutboundState.COUNTED)

    def departing_in(self, first: dt.date, last: dt.date) -> Self:
        """A trip counts in the window of its departure (contracts.md)."""
        return self.filter(departs_on__range=(first, last))

    def abroad_on(self, day: dt.date) -> Self:
        return self.filter(departs_on__lte=day, returns_on__gte=day, case__state__in=OutboundState.COUNTED)

    def sharing_days_with(self, trip: Any) -> Self:
        """Other live trips with at least one day in common, also one that encloses it or lies within it (A11)."""
        return self.exclude(pk__in=trip.own_ids).filter(
            departs_on__lte=trip.returns_on,
            returns_on__gte=trip.departs_on,
            case__state__in=OutboundState.HOLDS_DAYS,
            date_precision=DatePrecision.DAY,
        )


class TripManager(models.Manager.from_queryset(OutboundQuerySet)):  # type: ignore[misc]
    """Trips as they are in force. A changed version under way is no trip: it is counted nowhere and overlaps nothing."""

    def get_queryset(self) -> Any:
        return super().get_queryset().filter(amends__isnull=True)


class TripReportQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> Self:
        """Whoever reads the trip reads its report."""
        trips = self.model._meta.get_field("delegation").related_model
        return self.filter(delegation__in=trips.objects.visible_to(user))


class OfTripQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> Self:
        """Whoever reads the trip reads what hangs on it."""
        trips = self.model._meta.get_field("delegation").related_model
        return self.filter(delegation__in=trips.objects.visible_to(user))


class PreparationTaskQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> Self:
        """Everybody who works here may know by which list trips are prepared."""
        return self if user.is_authenticated and user.is_active else self.none()

    def on(self, day: dt.date) -> Self:
        """The tasks of trips that depart on this day."""
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=day), valid_from__lte=day)


class TripChangeQuerySet(models.QuerySet[Any]):
    """Requests to change a decided trip."""

    def visible_to(self, user: User) -> Self:
        return self.filter(case__in=Case.objects.visible_to(user, ("trip_change",)))

    def open(self) -> Self:
        """Not yet answered; at most one per trip."""
        return self.filter(closed_at__isnull=True)

    def in_force(self) -> Self:
        return self.filter(applied_at__isnull=False)


class EventQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> Self:
        return self.filter(case__in=Case.objects.visible_to(user, ("event",)))

    def of_units(self, unit_ids: Any) -> Self:
        return self.filter(case__unit__in=unit_ids)

    def counted(self) -> Self:
        """Events that took place: the ones that reports count."""
        return self.filter(case__state__in=EventState.COUNTED)

    def hosted(self) -> Self:
        return self.filter(role__in=EventRole.HOSTING)

    def attended(self) -> Self:
        return self.filter(role=EventRole.ATTEND)

    def closing_in(self, first: dt.date, last: dt.date) -> Self:
        """An event counts in the window of its closing day (contracts.md)."""
        return self.alias(closes=Coalesce("ends_on", "starts_on")).filter(closes__range=(first, last))


class OfEventQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> Self:
        """Whoever reads the event reads what belongs to it."""
        events = self.model._meta.get_field("event").related_model
        return self.filter(event__in=events.objects.visible_to(user))


class EventPersonQuerySet(OfEventQuerySet):
    def answering(self, folded: str) -> Self:
        """Those whose name, post or body has this text when accents do not count."""
        words = Concat(
            "full_name", models.Value(" "), "post", models.Value(" "), "body", output_field=models.TextField()
        )
        return self.alias(plain=Folded(words)).filter(plain__contains=folded)


class OpenRulesQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> Self:
        """By what amounts trips are estimated is no secret inside the house."""
        return self if rules.has_perm("regulations.view", user) else self.none()


class DatedRulesQuerySet(DatedQuerySet):
    """Rows that hold from one day to another; `on(day)` gives those of a day."""

    def visible_to(self, user: User) -> Self:
        return self if rules.has_perm("regulations.view", user) else self.none()


class PlanYearQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> Self:
        """What the plan is to serve, and until when units propose, is for everybody in the ministry."""
        return self if user.is_authenticated and user.is_active else self.none()

    def called(self) -> Self:
        """Years whose units were asked to propose until a day, and whose plans still take lines."""
        taking = _model("AnnualPlan").objects.filter(case__state__in=PlanState.TAKES_LINES).values("year")
        return self.filter(called_at__isnull=False, proposals_due_on__isnull=False, year__in=taking)


class AnnualPlanQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> Self:
        """Plans whose file this person reads, and approved plans of the past that have no file here."""
        if not user.is_active:
            return self.none()
        return self.filter(
            Q(case__in=Case.objects.visible_to(user, ("plan",))) | Q(case__isnull=True, approved_on__isnull=False)
        )

    def approved(self) -> Self:
        return self.filter(approved_on__isnull=False)


class PlanLineQuerySet(models.QuerySet[Any]):
    def of_units(self, unit_ids: Any) -> Self:
        return self.filter(unit__in=unit_ids)

    def visible_to(self, user: User) -> Self:
        """The own unit's lines from the first word on; the ICD all that units have sent; others what stands in open plans."""
        principal = principal_of(user)
        if not user.is_active:
            return self.none()
        own = Q(unit__in=principal.own_unit_ids) if principal.own_unit_ids else Q(pk__in=[])
        if principal.sees_everything_submitted:
            return self.filter(own | ~Q(state=LineState.DRAFT))
        open_plans = _model("AnnualPlan").objects.visible_to(user)
        return self.filter(own | Q(plan__in=open_plans, state__in=LineState.IN_PLAN))

    def answering(self, text: str) -> Self:
        """Lines of which every word stands in the title, the content, the partner or a country. Accents do not count."""
        found = self
        for word in fold(text).split():
            countries = self.model.countries.through.objects.filter(
                planline=OuterRef("pk"), country__search_text__contains=f" {word}"
            )
            found = found.alias(
                plain=Folded(
                    Concat(
                        "title",
                        models.Value(" "),
                        "purpose_text",
                        models.Value(" "),
                        "partner_text",
                        output_field=models.TextField(),
                    )
                )
            ).filter(Q(plain__contains=word) | Q(partner__search_text__contains=word) | Exists(countries))
        return found

    def in_plan(self) -> Self:
        """Lines that stand in the plan, also those that were settled since."""
        return self.filter(state__in=LineState.IN_PLAN)


class PlanPaperQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> Self:
        """Papers of a year are for everybody in the ministry, those of a plan for whoever reads the plan. None taken out."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        plans = _model("AnnualPlan").objects.visible_to(user)
        return self.current().filter(Q(plan__isnull=True) | Q(plan__in=plans))

    def current(self) -> Self:
        return self.filter(withdrawn_at__isnull=True)


class OfVisiblePlanQuerySet(models.QuerySet[Any]):
    """Revisions of plans: whoever reads the file reads them."""

    def visible_to(self, user: User) -> Self:
        return self.filter(case__in=Case.objects.visible_to(user, ("plan_revision",)))


class RevisionChangeQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> Self:
        """The own unit's requests; all of them for whoever reads the revision's file."""
        own = Q(unit__in=principal_of(user).own_unit_ids)
        return self.filter(own | Q(revision__case__in=Case.objects.visible_to(user, ("plan_revision",))))
