"""The forms of an event: what it is opened with, the file itself, and the question who permits it.

An event that we attend asks little; one that we hold asks the fields of Mẫu 01 (QĐ 06/2020). Which of the two a form is
follows from the file as it was saved last.
"""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agreements.choosing import PartnerField
from agreements.models import Mechanism, MeetingSeries
from delegations.choices import LineState, PlanKind
from delegations.event_choices import EventFile, EventFormat, EventRole, EventTopic, GuestRank, HostLevel
from delegations.guards.events import endpoint_missing, secret_words
from delegations.models import InternationalEvent, PlanLine
from delegations.permitting import Question
from intlcoop.catalogues.models import CooperationField, Country
from intlcoop.people.models import OrgUnit
from intlcoop.web.forms import NOTHING, DayField, PortalForm, PortalModelForm, folded, row, section
from intlcoop.workflow.sheet_forms import SheetForm, title_field

TITLE = (
    _("Title of the event"),
    _("As it is announced, for example: Hội thảo quốc tế về chính sách dân tộc."),
)
HIGHEST_SESSION = 999
#: Only asked of an event that we hold.
HOSTED = (
    "topics",
    "guest_rank",
    "host_level",
    "co_organisers",
    "coordinating_units",
    "chair_text",
    "needs_principle",
    "hosting_reason",
    "theme",
    "reason",
    "side_visits",
    "vietnamese_count",
    "foreign_count",
    "participants_text",
    "speakers_text",
    "budget_vnd",
    "sponsored_vnd",
    "funding_text",
    "opinions_text",
    "plan_line",
    "out_of_plan_reason",
    "warning_reason",
    "endpoints",
)
#: Only asked of an event that others hold.
ATTENDED = ("host_partner", "host_text", "joining", "result", "country")


class NewEventForm(PortalModelForm):
    """What it is and what we are in it; the file gets its number and everything else can wait."""

    title = title_field(*TITLE)

    class Meta(PortalModelForm.Meta):
        model = InternationalEvent
        fields = ["kind", "role", "format", "starts_on", "ends_on"]
        widgets = {"role": forms.RadioSelect, "format": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].help_text = _("Who holds an event needs a permission; taking part is only written down.")
        offer_formats(self)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        check_days(self, cleaned)
        return cleaned

    def _post_clean(self) -> None:
        """The service writes and checks; the row is not touched by a form."""

    def layout(self) -> Layout:
        return Layout(
            section(_("What and when?"), "title", "kind", "format", row("starts_on", "ends_on"), anchor="viec"),
            section(_("What are we in it?"), "role", anchor="vai-tro"),
        )


def offer_formats(form: Any, kept: str = "") -> None:
    """ "Not stated in the source" only where it is so already."""
    offered = {*EventFormat.OFFERED, kept}
    form.fields["format"].choices = [choice for choice in EventFormat.choices if choice[0] in offered]


def check_days(form: Any, cleaned: dict[str, Any]) -> None:
    first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
    if first and last and last < first:
        form.add_error("ends_on", gettext("The last day of the event cannot be before its first."))


class EventForm(SheetForm):
    """The file of an event. Only the title is asked of a draft; what submission needs besides stands in the guards."""

    title = title_field(*TITLE)
    host_partner = PartnerField.of(InternationalEvent, "host_partner")
    topics = forms.MultipleChoiceField(
        label=_("Topics"),
        choices=EventTopic,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("They decide who permits the event. Choose every topic that it touches."),
    )
    series = forms.ModelChoiceField(
        label=_("Series of meetings"), queryset=MeetingSeries.objects.none(), required=False, empty_label=NOTHING
    )
    session_number = forms.IntegerField(
        label=_("Session number"), min_value=1, max_value=HIGHEST_SESSION, required=False
    )

    offered_kinds = tuple(EventFile(kind) for kind in EventFile.HANDED_IN)
    all_kinds = EventFile

    class Meta(PortalModelForm.Meta):
        model = InternationalEvent
        fields = [
            "kind", "role", "title_en", "short_name", "format", "starts_on", "ends_on", "place", "country", "endpoints",
            "host_level", "host_partner", "host_text", "co_organisers", "coordinating_units", "chair_text",
            "mechanism_ref", "mechanism", "field", "topics", "guest_rank", "needs_principle", "hosting_reason", "theme",
            "reason", "content", "side_visits", "vietnamese_count", "foreign_count", "participants_text",
            "speakers_text", "budget_vnd", "sponsored_vnd", "funding_text", "opinions_text", "joining", "plan_line",
            "out_of_plan_reason", "warning_reason", "result",
        ]  # fmt: skip
        widgets = {
            "role": forms.RadioSelect,
            "format": forms.RadioSelect,
            "guest_rank": forms.RadioSelect,
            "host_level": forms.RadioSelect,
            "coordinating_units": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args: Any, instance: InternationalEvent, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, **kwargs)
        self.is_hosted = instance.is_hosted
        for name in ATTENDED if self.is_hosted else HOSTED:
            if name in self.fields and not (name == "host_partner" and instance.host_partner_id):
                del self.fields[name]
        self.offer(instance)
        self.explain(instance)

    def offer(self, event: InternationalEvent) -> None:
        active = Q(is_active=True)
        self.choose("field", CooperationField.objects.filter(active | Q(pk=event.field_id)))
        self.choose("mechanism_ref", Mechanism.objects.filter(active | Q(pk=event.mechanism_ref_id)))
        session = event.session
        kept = Q(pk=session.series_id if session else None)
        series = MeetingSeries.objects.filter(active | kept).select_related("mechanism")
        self.choose("series", series.order_by("mechanism__tree_key", "sort_key"))
        self.fields["series"].label_from_instance = lambda row: f"{row.mechanism}: {row}"  # type: ignore[attr-defined]
        if session:
            self.fields["series"].initial = session.series_id
            self.fields["session_number"].initial = session.number
        if "country" in self.fields:
            self.choose("country", Country.objects.filter(active | Q(pk=event.country_id)))
        if "host_partner" in self.fields:
            self.fields["host_partner"].keep = event.host_partner_id  # type: ignore[attr-defined]
        if "coordinating_units" in self.fields:
            units = OrgUnit.objects.on(timezone.localdate()).filter(parent__isnull=False, parent__parent__isnull=True)
            self.choose("coordinating_units", units.exclude(pk=event.case.unit_id))
        if "plan_line" in self.fields:
            self.offer_plan_lines(event)
        offer_formats(self, kept=event.format)

    def offer_plan_lines(self, event: InternationalEvent) -> None:
        """Approved lines for events of the year of the event and after, that the writer reads; the chosen one stays."""
        year = (event.starts_on or timezone.localdate()).year
        wanted = Q(plan__approved_on__isnull=False, state=LineState.ACCEPTED, kind=PlanKind.EVENT, plan__year__gte=year)
        wanted &= Q(pk__in=PlanLine.objects.visible_to(self.actor or event.case.created_by).values("pk"))
        lines = PlanLine.objects.filter(wanted | Q(pk=event.plan_line_id)).select_related("plan")
        self.choose("plan_line", lines)
        choices = [(line.pk, f"{line.plan.year} · {line.title}") for line in lines.order_by("-plan__year", "position")]
        self.fields["plan_line"].choices = [("", _("Not in the plan (unplanned)")), *choices]  # type: ignore[attr-defined]

    def explain(self, event: InternationalEvent) -> None:
        notes = {
            "session_number": _("As the mechanism counts: of the 21st meeting write 21."),
            "endpoints": _("Rooms or cities in Viet Nam from which people join; at least one."),
            "joining": _("Address of the meeting room or the platform; never a password."),
            "guest_rank": _("Among those who are invited from abroad, whoever comes in the end."),
            "speakers_text": _("Name, post, body, subject; or keep them in the list of people."),
            "opinions_text": _("Bodies and localities that were asked, and what they said."),
            "budget_vnd": _("0 where it pays nothing."),
            "sponsored_vnd": _("In đồng; 0 where nobody sponsors."),
            "warning_reason": _("One explanation for all warnings: late filing, numbers that differ."),
            "mechanism": _("Where it is not in the list."),
        }
        for name, text in notes.items():
            if name in self.fields:
                self.fields[name].help_text = text

    def _post_clean(self) -> None:
        """The service writes and checks; the row is not touched by a form."""

    @property
    def values(self) -> dict[str, Any]:
        return {name: value for name, value in super().values.items() if name != "coordinating_units"}

    def clean_topics(self) -> list[str]:
        topics: list[str] = self.cleaned_data["topics"]
        if EventTopic.SECRET in topics:
            raise ValidationError(secret_words())
        return topics

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        check_days(self, cleaned)
        if cleaned.get("session_number") and not cleaned.get("series") and "series" not in self.errors:
            self.add_error("series", gettext("Choose the series of meetings that the session number belongs to."))
        if self.is_hosted and "endpoints" in cleaned and cleaned.get("format"):
            typed = InternationalEvent(
                role=cleaned.get("role") or "", format=cleaned["format"], endpoints=cleaned["endpoints"]
            )
            if sentence := endpoint_missing(typed):
                self.add_error("endpoints", sentence)
        return cleaned

    def layout(self) -> Layout:
        attached = ["withdraw"] if self.attached else []
        files = section(_("Documents"), *attached, row("upload_kind", "upload"), "no_secret_declared", anchor="tep")
        names = folded(_("Other names"), row("title_en", "short_name"), anchor="ten-khac")
        what = section(_("What is it?"), "title", names, "kind", "role", anchor="viec")
        mechanism = section(
            _("In which mechanism?"), "mechanism_ref", row("series", "session_number"), "mechanism", "field",
            anchor="co-che",
        )  # fmt: skip
        if not self.is_hosted:
            when = section(
                _("When and where?"), "format", row("starts_on", "ends_on"), row("place", "country"), anchor="khi-nao"
            )
            who = section(_("Who holds it?"), "host_partner", "host_text", anchor="don-vi")
            about = section(_("What for?"), "content", "joining", "result", anchor="noi-dung")
            return Layout(what, when, who, mechanism, about, files)
        host_partner = ["host_partner"] if "host_partner" in self.fields else []
        return Layout(
            what,
            section(_("What is it about, and who is invited?"), "topics", "guest_rank", "host_level", anchor="tham-quyen"),
            section(_("When and where?"), "format", row("starts_on", "ends_on"), "place", "endpoints", anchor="khi-nao"),
            section(_("Hosting"), "needs_principle", "hosting_reason", anchor="dang-cai"),
            section(_("Why, and with what content?"), "theme", "reason", "content", "side_visits", anchor="noi-dung"),
            section(
                _("Who takes part?"), row("vietnamese_count", "foreign_count"), "participants_text", "speakers_text",
                "chair_text", "co_organisers", *host_partner, anchor="thanh-phan",
            ),
            folded(_("Units that help"), "coordinating_units", anchor="phoi-hop"),
            mechanism,
            section(_("Who pays?"), row("budget_vnd", "sponsored_vnd"), "funding_text", anchor="kinh-phi"),
            section(
                _("Plan and explanations"), "plan_line", "out_of_plan_reason", "opinions_text", "warning_reason",
                anchor="giai-trinh",
            ),
            files,
        )  # fmt: skip


class AuthorityForm(PortalForm):
    """Who permits it? Asked before anything is filed."""

    topics = forms.MultipleChoiceField(
        label=_("Topics"), choices=EventTopic, widget=forms.CheckboxSelectMultiple, required=False
    )
    guest_rank = forms.ChoiceField(
        label=_("Highest rank of the foreign guests"),
        choices=GuestRank,
        widget=forms.RadioSelect,
        required=False,
        initial=GuestRank.OTHER,
    )
    host_level = forms.ChoiceField(
        label=_("Who holds it on our side"),
        choices=HostLevel,
        widget=forms.RadioSelect,
        required=False,
        initial=HostLevel.MINISTRY,
    )
    starts_on = DayField(label=_("First day of the event"), required=False)

    def layout(self) -> Layout:
        return Layout("topics", "guest_rank", "host_level", "starts_on")

    @property
    def question(self) -> Question:
        cleaned = self.cleaned_data
        return Question(
            topics=tuple(cleaned.get("topics") or ()),
            guest_rank=cleaned.get("guest_rank") or str(GuestRank.OTHER),
            host=cleaned.get("host_level") or str(HostLevel.MINISTRY),
        )


class TypedEvent(PortalForm):
    """What of a form that is being written decides who permits the event; what makes no sense yet is left out."""

    topics = forms.MultipleChoiceField(choices=EventTopic, required=False)
    guest_rank = forms.ChoiceField(choices=GuestRank, required=False)
    host_level = forms.ChoiceField(choices=HostLevel, required=False)
    role = forms.ChoiceField(choices=EventRole, required=False)
    format = forms.ChoiceField(choices=EventFormat, required=False)
    needs_principle = forms.BooleanField(required=False)
    starts_on = DayField(required=False)
