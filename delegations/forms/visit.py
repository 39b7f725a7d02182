"""The two forms of a visit: eight questions about a guest who lives here, and the whole file of a delegation from abroad."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import HTML, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agreements.models import Partner
from delegations.choices import LineState, PlanKind
from delegations.forms.visit_fields import BodyField, VisitBook, hour_field
from delegations.models import InboundDelegation, PlanLine
from delegations.queries.visits import head_guest
from delegations.visit_choices import GuestRank, VisitAttachmentKind
from intlcoop.catalogues.models import CooperationField, Country
from intlcoop.documents.forms import GuardedFileField, GuardedFilesForm, validate_unmarked
from intlcoop.people.choices import Rank
from intlcoop.web.forms import NOTHING, LineField, LongTextField, PortalModelForm, folded, row, section
from intlcoop.workflow.models import CaseAttachment

LONGEST_TITLE = 300
PROPOSE = HTML('{% include "agreements/_propose_partner.html" %}')
#: Fields of the forms that are the head guest's: (field of the form, field of the row).
HEAD = {
    "guest_name": "full_name",
    "guest_honorific": "honorific",
    "guest_post": "post",
    "guest_rank": "rank",
    "guest_equivalent": "equivalent",
}


class VisitFields(PortalModelForm):
    """What both forms ask: who comes from which body, and who receives them."""

    guest_name = LineField(label=_("Full name"), max_length=200, required=False)
    guest_post = LineField(label=_("Post"), max_length=200, required=False)
    body = BodyField(
        label=_("Body"),
        required=False,
        help_text=_("Type a name and choose the partner, or write the name as the body names itself."),
    )
    host_text = LineField(label=_("Who receives"), max_length=200, required=False)
    host_rank = forms.ChoiceField(
        label=_("Rank of who receives"),
        choices=[("", NOTHING), *Rank.choices],
        required=False,
        help_text=_("Of our staff it follows from their appointment. By it the file finds its way."),
    )
    meeting_time = hour_field(_("Hour"))

    def __init__(self, *args: Any, instance: InboundDelegation, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, **kwargs)
        visit = instance
        self.book = VisitBook(visit.arrives_on or timezone.localdate())
        self.fields["body"].keep = visit.partner_id  # type: ignore[attr-defined]
        self.fields["host_text"].help_text = _("Choose from the list of our staff.")
        self.fields["host_text"].widget.attrs |= {"list": "nhan-su", "autocomplete": "off"}
        if "languages" in self.fields:
            self.fields["languages"].widget.attrs |= {"list": "ngon-ngu", "autocomplete": "off"}
        self.fields["body"].initial = visit.partner or visit.partner_text
        self.fields["host_text"].initial = self.book.written(visit.host) if visit.host else visit.host_name
        self.fields["host_rank"].initial = visit.host_rank
        self.fields["meeting_time"].initial = visit.meeting_time
        head = head_guest(visit) if visit.pk else None
        for name, field in HEAD.items():
            if name in self.fields and head is not None:
                self.fields[name].initial = getattr(head, field)

    def clean_host_text(self) -> str:
        """A name from the list must be one of the list."""
        text = self.cleaned_data["host_text"]
        if self.book.is_unknown_account(text):
            raise ValidationError(
                gettext("“%(name)s” is not in the list of our staff. Choose again.") % {"name": text[:80]}
            )
        return text

    def _post_clean(self) -> None:
        """The service writes and checks; the row is not touched by a form."""

    @property
    def values(self) -> dict[str, Any]:
        """What the service writes into the visit: the fields that passed."""
        cleaned = self.cleaned_data
        found = {name: cleaned[name] for name in self.Meta.fields if name in cleaned}
        found |= {name: cleaned[name] for name in ("host_rank", "meeting_time") if name in cleaned}
        if "body" in cleaned:
            body = cleaned["body"]
            partner = body if isinstance(body, Partner) else None
            found |= {"partner": partner, "partner_text": "" if partner else body or ""}
            if partner is not None and not found.get("country"):
                found["country"] = partner.country
        if "host_text" in cleaned:
            host = self.book.host_named(cleaned["host_text"]) if cleaned["host_text"] else None
            found |= {"host": host, "host_name": "" if host else cleaned["host_text"]}
        return found

    @property
    def head(self) -> dict[str, Any]:
        """The fields of the guest who leads."""
        return {field: self.cleaned_data[name] for name, field in HEAD.items() if name in self.cleaned_data}


class ShortVisitForm(VisitFields):
    """A guest who lives here: eight questions, a few minutes. The title makes itself from the guest."""

    title = LineField(
        label=_("Title of the file"),
        max_length=LONGEST_TITLE,
        required=False,
        validators=[validate_unmarked],
        help_text=_("Made from the guest’s post and name when it is left empty."),
    )
    result = LongTextField(
        label=_("Result"),
        max_length=8000,
        rows=3,
        required=False,
        help_text=_("Three lines are enough. It can wait until after the meeting."),
    )

    class Meta(PortalModelForm.Meta):
        model = InboundDelegation
        fields = ["arrives_on", "meeting", "meeting_place", "topics", "languages"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        visit = self.instance
        self.fields["title"].initial = visit.case.title if visit.case_id else ""
        self.fields["arrives_on"].label = _("Day")
        self.fields["arrives_on"].required = True
        self.fields["guest_name"].required = True
        self.fields["body"].required = True
        self.fields["meeting_place"].label = _("Place of the meeting")
        self.fields["topics"].label = _("Topics of the meeting")
        self.fields["topics"].widget.attrs["rows"] = 3
        self.fields["languages"].label = _("Interpreting, from or into")
        self.fields["languages"].help_text = _("Empty when no interpreter is needed. Languages of ethnic groups too.")
        self.fields["guest_name"].help_text = _("As the guest writes it, in any script.")
        self.fields["guest_post"].help_text = _("For example: Ambassador Extraordinary and Plenipotentiary of India.")
        self.fields["result"].initial = visit.result

    def clean(self) -> dict[str, Any]:
        """Somebody who is not on our list is received at a rank that has to be said."""
        cleaned = super().clean() or self.cleaned_data
        host = cleaned.get("host_text")
        if host and not cleaned.get("host_rank") and self.book.host_named(host) is None:
            text = gettext("“%(name)s” is not in the list of our staff: say at which rank the guest is received.")
            self.add_error("host_rank", text % {"name": host[:80]})
        return cleaned

    @property
    def title_or_made(self) -> str:
        """In the language of the record, whatever that of the page."""
        cleaned = self.cleaned_data
        if cleaned.get("title"):
            return str(cleaned["title"])
        guest = " ".join(filter(None, (cleaned.get("guest_post"), cleaned.get("guest_name"))))
        return f"Tiếp {guest or cleaned.get('body') or 'khách quốc tế'}"[:LONGEST_TITLE]

    @property
    def values(self) -> dict[str, Any]:
        found = super().values
        if "result" in self.cleaned_data:
            found["result"] = self.cleaned_data["result"]
        return found

    def layout(self) -> Layout:
        return Layout(
            section(_("Who is the guest?"), row("guest_name", "guest_post"), "body", PROPOSE, anchor="khach"),
            section(_("When and where?"), row("arrives_on", "meeting_time"), "meeting_place", anchor="khi-nao"),
            section(_("Who receives?"), "host_text", anchor="ai-tiep"),
            section(_("About what?"), "topics", "languages", anchor="de-lam-gi"),
            folded(_("Result, if the meeting is over"), "result", anchor="ket-qua"),
            folded(_("More about the meeting, another title"), row("meeting", "host_rank"), "title", anchor="ten"),
        )


class FullVisitForm(GuardedFilesForm, VisitFields):
    """The whole file of a delegation from abroad; only the title is asked of a draft."""

    title = LineField(
        label=_("Title of the visit"),
        max_length=LONGEST_TITLE,
        validators=[validate_unmarked],
        help_text=_("For example: Delegation of the Ministry of Home Affairs of Laos visits and works."),
    )
    guest_honorific = LineField(label=_("Form of address"), max_length=40, required=False)
    guest_rank = forms.ChoiceField(label=_("Rank"), choices=[("", NOTHING), *GuestRank.choices], required=False)
    guest_equivalent = LineField(
        label=_("Equivalent Vietnamese post"),
        max_length=200,
        required=False,
        help_text=_("By it the rank of who receives and the seating are chosen."),
    )
    arrival_time = hour_field(_("Time of arrival"))
    departure_time = hour_field(_("Time of departure"))
    upload_kind = forms.ChoiceField(label=_("Kind of document"), choices=VisitAttachmentKind.choices, required=False)
    upload = GuardedFileField(label=_("File to attach"), required=False)
    withdraw = forms.ModelMultipleChoiceField(
        queryset=CaseAttachment.objects.none(), widget=forms.CheckboxSelectMultiple, required=False, label=_("Take out")
    )

    summary = True

    class Meta(PortalModelForm.Meta):
        model = InboundDelegation
        fields = [
            "country", "level", "guest_class", "persons", "arrives_on", "leaves_on", "meeting", "meeting_on",
            "meeting_place", "our_side", "languages", "interpreter", "purpose_text", "topics", "field", "request_number",
            "request_date", "visa", "plan_line", "out_of_plan_reason", "arrival_flight", "arrival_place", "met_by",
            "departure_flight", "departure_place", "seen_off_by", "hotel", "cars", "protocol_notes", "warning_reason",
        ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        visit = self.instance
        self.fields["title"].initial = visit.case.title
        self.fields["arrival_time"].initial = visit.arrival_time
        self.fields["departure_time"].initial = visit.departure_time
        self.choose("country", Country.objects.abroad().filter(Q(is_active=True) | Q(pk=visit.country_id)))
        self.choose("field", CooperationField.objects.filter(Q(is_active=True) | Q(pk=visit.field_id)))
        self.fields["guest_name"].label = _("Full name of the head of the guests")
        self.fields["guest_post"].label = _("Post of the head of the guests")
        self.fields["persons"].help_text = _("If they are not all named yet; the list counts where it is longer.")
        self.fields["guest_honorific"].help_text = _("For example: H.E. Mr.")
        self.fields["our_side"].help_text = _("Names or units, one a line.")
        self.fields["languages"].help_text = _("Empty when no interpreter is needed. Languages of ethnic groups too.")
        self.offer_plan_lines(visit)
        self.offer_attachments(visit)

    def choose(self, name: str, queryset: Any) -> None:
        self.fields[name].queryset = queryset  # type: ignore[attr-defined]

    def offer_plan_lines(self, visit: InboundDelegation) -> None:
        """Approved lines for visits of the year of arrival and after, that the writer reads; the chosen one stays."""
        year = (visit.arrives_on or timezone.localdate()).year
        wanted = Q(
            plan__approved_on__isnull=False, state=LineState.ACCEPTED, kind=PlanKind.INBOUND, plan__year__gte=year
        )
        wanted &= Q(pk__in=PlanLine.objects.visible_to(self.actor or visit.case.created_by).values("pk"))
        lines = PlanLine.objects.filter(wanted | Q(pk=visit.plan_line_id)).select_related("plan", "unit")
        self.choose("plan_line", lines)
        own, others = [], []
        for line in lines.order_by("-plan__year", "plan__level", "position"):
            words = f"{line.plan.year} · {line.title}"
            if line.unit_id == visit.case.unit_id:
                own.append((line.pk, words))
            else:
                others.append((line.pk, f"{words} ({line.unit})"))
        none = ("", _("Not in the plan (unplanned)"))
        groups = [(gettext("Lines of our unit"), own), (gettext("Lines of other units"), others)]
        self.fields["plan_line"].choices = [none, *((name, rows) for name, rows in groups if rows)]  # type: ignore[attr-defined]

    def offer_attachments(self, visit: InboundDelegation) -> None:
        rows = visit.case.attachments.current().filter(kind__in=VisitAttachmentKind.values).exclude(file="")
        self.attached = list(rows)
        self.choose("withdraw", rows)
        labels = dict(VisitAttachmentKind.choices)
        choices = [(each.pk, f"{labels.get(each.kind, each.kind)}: {each.original_name}") for each in self.attached]
        self.fields["withdraw"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last, day = cleaned.get("arrives_on"), cleaned.get("leaves_on"), cleaned.get("meeting_on")
        if first and last and last < first:
            self.add_error("leaves_on", gettext("The guests cannot leave before they arrive."))
        if day and ((first and day < first) or (last and day > last)):
            self.add_error("meeting_on", gettext("The day of the meeting lies outside the days of the visit."))
        if cleaned.get("guest_class") and not cleaned.get("guest_name"):
            text = gettext("The class of the guests follows from who leads them: name the head of the delegation.")
            self.add_error("guest_name", text)
        if cleaned.get("plan_line"):
            cleaned["out_of_plan_reason"] = ""
        return cleaned

    @property
    def values(self) -> dict[str, Any]:
        times = ("arrival_time", "departure_time")
        return super().values | {name: self.cleaned_data[name] for name in times if name in self.cleaned_data}

    def layout(self) -> Layout:
        attached = ["withdraw"] if self.attached else []
        return Layout(
            section(
                _("Who comes?"),
                "title",
                row("body", "country"),
                PROPOSE,
                row("guest_honorific", "guest_name"),
                row("guest_post", "guest_rank"),
                "guest_equivalent",
                row("persons", "level", "guest_class"),
                anchor="khach",
            ),
            section(_("When?"), row("arrives_on", "leaves_on"), anchor="khi-nao"),
            section(_("What for?"), "purpose_text", "topics", "field", anchor="de-lam-gi"),
            section(
                _("Who receives, and how?"),
                row("host_text", "host_rank"),
                row("meeting", "meeting_on", "meeting_time"),
                "meeting_place",
                "our_side",
                row("languages", "interpreter"),
                anchor="ai-tiep",
            ),
            section(
                _("On which basis?"),
                row("request_number", "request_date"),
                "visa",
                "plan_line",
                "out_of_plan_reason",
                anchor="can-cu",
            ),
            folded(
                _("Arrival and departure, hotel, cars"),
                row("arrival_flight", "arrival_time"),
                row("arrival_place", "met_by"),
                row("departure_flight", "departure_time"),
                row("departure_place", "seen_off_by"),
                row("hotel", "cars"),
                "protocol_notes",
                anchor="hau-can",
            ),
            section(_("Documents"), *attached, row("upload_kind", "upload"), "no_secret_declared", anchor="tep"),
            section(_("Explanation"), "warning_reason", anchor="giai-trinh"),
        )
