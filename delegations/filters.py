"""By what is the list of outbound trips narrowed? Units and countries are read in one query for the page."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from delegations.choices import (
    ChangeKind,
    ChangeState,
    LineState,
    Mode,
    OutboundState,
    PlanKind,
    PlanLevel,
    PlanState,
    SettlementReason,
)
from delegations.event_choices import (
    Answer,
    EventFormat,
    EventKind,
    EventPart,
    EventRole,
    EventSide,
    EventState,
    EventTopic,
)
from delegations.models import (
    AnnualPlan,
    EventPerson,
    InboundDelegation,
    InternationalEvent,
    ItineraryLeg,
    OutboundDelegation,
    PlanLine,
    TripChange,
)
from delegations.queries.owing import reports_overdue
from delegations.visit_choices import InboundState, VisitForm
from intlcoop.catalogues.models import Country
from intlcoop.people.choices import Rank
from intlcoop.people.filters import OfUnits
from intlcoop.people.models import OrgUnit
from intlcoop.web.filter_options import Options, offer
from intlcoop.workflow.models import Step

FIRST_YEAR = 2020
STANDING = (
    ("cho_xu_ly", _("Waiting for an office")),
    ("qua_han", _("Overdue at an office")),
    ("bo_sung", _("Sent back for completion")),
    ("bao_cao", _("Trip report overdue")),
)
IN_PLAN = (("trong", _("In the plan")), ("ngoai", _("Outside the plan")))


class TripFilter(OfUnits, django_filters.FilterSet):
    trang_thai = django_filters.ChoiceFilter(
        field_name="case__state", choices=OutboundState.choices, label=_("Status"), empty_label=_("All")
    )
    don_vi = django_filters.ChoiceFilter(method="by_unit", label=_("Unit"), empty_label=_("All"))
    nuoc = django_filters.ChoiceFilter(method="by_country", label=_("Country"), empty_label=_("All"))
    nam = django_filters.ChoiceFilter(field_name="departs_on__year", label=_("Year"), empty_label=_("All"))
    hinh_thuc = django_filters.ChoiceFilter(
        field_name="mode", choices=Mode.choices, label=_("Form"), empty_label=_("All")
    )
    ke_hoach = django_filters.ChoiceFilter(method="by_plan", choices=IN_PLAN, label=_("Plan"), empty_label=_("All"))

    dung = django_filters.ChoiceFilter(
        method="by_standing", choices=STANDING, label=_("Stands still"), empty_label=_("All")
    )

    class Meta:
        model = OutboundDelegation
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        this_year = timezone.localdate().year
        been = ItineraryLeg.objects.order_by().values("country")
        offer(
            self,
            {
                "don_vi": Options(OrgUnit.objects.all(), rank="position"),
                "nuoc": Options(Country.objects.filter(pk__in=been)),
            },
        )
        self.filters["nam"].extra["choices"] = [(year, str(year)) for year in range(this_year + 1, FIRST_YEAR - 1, -1)]

    def by_country(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """A trip through several countries answers to each of them once."""
        return queryset.filter(Exists(ItineraryLeg.objects.filter(delegation=OuterRef("pk"), country_id=value)))

    def by_standing(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Why a trip does not go on: at an office, at its filer, for want of its report."""
        steps = Step.objects.filter(case=OuterRef("case"))
        if value == "cho_xu_ly":
            return queryset.filter(Exists(steps.open()))
        if value == "qua_han":
            return queryset.filter(Exists(steps.overdue()))
        if value == "bo_sung":
            return queryset.filter(case__state=OutboundState.RETURNED)
        return reports_overdue(queryset, timezone.localdate())

    def by_plan(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Trips with senior leaders stand neither in nor out of plan, so they answer to neither."""
        return queryset.filter(mode=Mode.LED, plan_line__isnull=value == "ngoai")


def planned_years() -> list[tuple[int, str]]:
    this_year = timezone.localdate().year
    return [(year, str(year)) for year in range(this_year + 2, FIRST_YEAR - 1, -1)]


class PlanFilter(django_filters.FilterSet):
    nam = django_filters.ChoiceFilter(field_name="year", label=_("Year"), empty_label=_("All"))
    cap = django_filters.ChoiceFilter(
        field_name="level", choices=PlanLevel.choices, label=_("Level"), empty_label=_("All")
    )
    trang_thai = django_filters.ChoiceFilter(
        field_name="case__state", choices=PlanState.choices, label=_("Status"), empty_label=_("All")
    )

    class Meta:
        model = AnnualPlan
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["nam"].extra["choices"] = planned_years()


class PlanLineFilter(OfUnits, django_filters.FilterSet):
    nam = django_filters.ChoiceFilter(field_name="plan__year", label=_("Year"), empty_label=_("All"))
    cap = django_filters.ChoiceFilter(
        field_name="plan__level", choices=PlanLevel.choices, label=_("Plan"), empty_label=_("All")
    )
    loai = django_filters.ChoiceFilter(
        field_name="kind", choices=PlanKind.choices, label=_("Kind"), empty_label=_("All")
    )
    don_vi = django_filters.ModelChoiceFilter(
        method="by_unit", queryset=OrgUnit.objects.all(), label=_("Unit"), empty_label=_("All")
    )
    thang = django_filters.ChoiceFilter(
        method="by_month",
        choices=[(str(n), str(n)) for n in range(1, 13)],
        label=_("Month"),
        empty_label=_("All"),
    )
    trang_thai = django_filters.ChoiceFilter(
        field_name="state", choices=LineState.choices, label=_("Status"), empty_label=_("All")
    )
    lanh_dao = django_filters.ChoiceFilter(field_name="leader_id", label=_("Leader"), empty_label=_("All"))

    class Meta:
        model = PlanLine
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["nam"].extra["choices"] = planned_years()
        lines = PlanLine.objects.visible_to(self.request.user) if self.request else PlanLine.objects.none()
        leaders = lines.filter(leader__isnull=False).order_by("leader__sort_key")
        self.filters["lanh_dao"].extra["choices"] = list(
            leaders.values_list("leader_id", "leader__full_name").distinct()
        )

    def by_month(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """A line of a quarter answers to each of its months."""
        month = int(value)
        return queryset.filter(Q(month=month) | Q(quarter=(month + 2) // 3))


class ChangeFilter(django_filters.FilterSet):
    """Requests to change decided trips: which kind, why, how far (the kinds of reason are what statistics count, F000-11)."""

    viec = django_filters.ChoiceFilter(
        field_name="kind", choices=ChangeKind.choices, label=_("What is asked for"), empty_label=_("All")
    )
    ly_do = django_filters.ChoiceFilter(
        field_name="reason_code", choices=SettlementReason.choices, label=_("Kind of reason"), empty_label=_("All")
    )
    trang_thai = django_filters.ChoiceFilter(
        field_name="case__state", choices=ChangeState.choices, label=_("Status"), empty_label=_("All")
    )

    class Meta:
        model = TripChange
        fields: list[str] = []


class EventFilter(OfUnits, django_filters.FilterSet):
    vai_tro = django_filters.ChoiceFilter(
        field_name="role", choices=EventRole.choices, label=_("Our part in it"), empty_label=_("All")
    )
    loai = django_filters.ChoiceFilter(
        field_name="kind", choices=EventKind.choices, label=_("Kind of event"), empty_label=_("All")
    )
    nam = django_filters.ChoiceFilter(field_name="starts_on__year", label=_("Year"), empty_label=_("All"))
    chu_de = django_filters.ChoiceFilter(
        method="by_topic", choices=EventTopic.choices,
        label=_("Topic"), empty_label=_("All"),
    )  # fmt: skip
    don_vi = django_filters.ModelChoiceFilter(
        method="by_unit", queryset=OrgUnit.objects.all(), label=_("Unit"), empty_label=_("All")
    )
    hinh_thuc = django_filters.ChoiceFilter(
        field_name="format", choices=EventFormat.choices, label=_("Format"), empty_label=_("All")
    )
    trang_thai = django_filters.ChoiceFilter(
        field_name="case__state", choices=EventState.choices, label=_("Status"), empty_label=_("All")
    )

    class Meta:
        model = InternationalEvent
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        last = timezone.localdate().year + 1
        self.filters["nam"].extra["choices"] = [(year, str(year)) for year in range(last, FIRST_YEAR - 1, -1)]

    def by_topic(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return queryset.filter(topics__contains=[value])


class EventPeopleFilter(django_filters.FilterSet):
    vai_tro = django_filters.ChoiceFilter(
        field_name="part", choices=EventPart.choices, label=_("Part in the event"), empty_label=_("All")
    )
    ben = django_filters.ChoiceFilter(
        field_name="side", choices=EventSide.choices, label=_("Side"), empty_label=_("All")
    )
    tra_loi = django_filters.ChoiceFilter(
        field_name="answer", choices=Answer.choices, label=_("Answer"), empty_label=_("All")
    )

    class Meta:
        model = EventPerson
        fields: list[str] = []


class VisitFilter(OfUnits, django_filters.FilterSet):
    trang_thai = django_filters.ChoiceFilter(
        field_name="case__state", choices=InboundState.choices, label=_("Status"), empty_label=_("All")
    )
    don_vi = django_filters.ChoiceFilter(method="by_unit", label=_("Unit"), empty_label=_("All"))
    nuoc = django_filters.ChoiceFilter(field_name="country_id", label=_("Country"), empty_label=_("All"))
    nam = django_filters.ChoiceFilter(field_name="arrives_on__year", label=_("Year"), empty_label=_("All"))
    cap_tiep = django_filters.ChoiceFilter(
        field_name="host_rank", choices=Rank.choices, label=_("Received by"), empty_label=_("All")
    )
    hinh_thuc = django_filters.ChoiceFilter(
        field_name="form", choices=VisitForm.choices, label=_("Form"), empty_label=_("All")
    )
    ke_hoach = django_filters.ChoiceFilter(method="by_plan", choices=IN_PLAN, label=_("Plan"), empty_label=_("All"))

    class Meta:
        model = InboundDelegation
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        this_year = timezone.localdate().year
        come = InboundDelegation.objects.order_by().filter(country__isnull=False).values("country")
        offer(
            self,
            {
                "don_vi": Options(OrgUnit.objects.all(), rank="position"),
                "nuoc": Options(Country.objects.filter(pk__in=come)),
            },
        )
        self.filters["nam"].extra["choices"] = [(year, str(year)) for year in range(this_year + 1, FIRST_YEAR - 1, -1)]

    def by_plan(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """A guest who lives here is not planned, so such a visit answers to neither."""
        return queryset.filter(form=VisitForm.FULL, plan_line__isnull=value == "ngoai")
