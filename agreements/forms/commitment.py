"""Writing down a commitment, and saying that it was carried out."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agreements.choosing import AgreementField, PartnerField
from agreements.models import Commitment, InternationalAgreement, Programme
from intlcoop.documents.forms import GuardedFileField, GuardedFilesForm, validate_unmarked
from intlcoop.people.choices import Role
from intlcoop.people.models import Appointment, OrgUnit, User
from intlcoop.people.principals import principal_of
from intlcoop.vietnamese.dates import table_date
from intlcoop.web.file_numbers import normalise_number, shown
from intlcoop.web.forms import DayField, LineField, LongTextField, PortalForm, PortalModelForm, folded, row, section
from intlcoop.workflow.models import Case


def staff() -> Any:
    """Active people with an office today, with the name of their unit."""
    today = timezone.localdate()
    offices = Appointment.objects.on(today).filter(person=OuterRef("pk")).exclude(role__in=Role.OUTSIDE_BUSINESS)
    unit = Subquery(offices.order_by("valid_from", "pk").values("unit__name_vi")[:1])
    return User.objects.active().annotate(of_unit=unit).filter(of_unit__isnull=False).order_by("sort_key", "pk")


class CommitmentForm(PortalModelForm):
    """`actor` writes; `born_in` and `partner` may be filled from the file in which the promise was made."""

    title = LineField(
        label=_("What is promised"),
        max_length=300,
        validators=[validate_unmarked],
        help_text=_(
            "One promise, as a sentence: who does what. For example: Send ten officials to the course on archives."
        ),
    )
    unit = forms.ModelChoiceField(
        queryset=OrgUnit.objects.none(), label=_("Unit that answers for it"), empty_label=None
    )
    partner = PartnerField.of(Commitment, "partner")
    agreement = AgreementField.of(Commitment, "agreement")
    born_number = LineField(
        label=_("File here in which it was made"),
        max_length=30,
        required=False,
        help_text=_("The number of an agreement, a trip report or another file, for example BCDR-2026-0003."),
    )
    due_reason = LineField(
        label=_("Why the day is put off"), max_length=500, required=False, help_text=_("Only for a later day.")
    )

    class Meta(PortalModelForm.Meta):
        model = Commitment
        fields = [
            "side",
            "partner",
            "agreement",
            "programme",
            "source_text",
            "owner",
            "verifier",
            "due_on",
            "domestic_document",
            "detail",
        ]
        widgets = {"side": forms.RadioSelect}

    def __init__(self, *args: Any, actor: User, **kwargs: Any) -> None:
        self.actor = actor
        super().__init__(*args, **kwargs)
        self.is_new = self.instance.pk is None
        if self.is_new:
            del self.fields["due_reason"]
        else:
            del self.fields["unit"]
            self.initial.setdefault("title", self.instance.case.title)
            if self.instance.born_in is not None:
                self.initial.setdefault("born_number", shown(self.instance.born_in.number))
        self.offer_units()
        self.offer_links()
        self.offer_people()
        self.fields["side"].choices = list(self.fields["side"].choices)[-2:]  # type: ignore[attr-defined]
        self.fields["source_text"].help_text = _(
            "For example: conclusion of the Minister at the meeting of 12/5/2026. Needed when no file is named."
        )
        self.fields["due_on"].label = _("Carry out by")
        self.fields["due_on"].help_text = _("Leave it empty when no day was named: then nobody is reminded.")
        self.fields["owner"].help_text = _("Of a promise of the partner's: who of us follows it up.")
        self.fields["verifier"].help_text = _(
            "Somebody else. Empty: the head of the unit or the department of cooperation."
        )
        self.fields["domestic_document"].help_text = _("For example: Decision 123/QĐ-BNV of 05/3/2026.")

    def choose(self, name: str, queryset: Any) -> None:
        self.fields[name].queryset = queryset  # type: ignore[attr-defined]

    def offer_units(self) -> None:
        if "unit" not in self.fields:
            return
        principal = principal_of(self.actor)
        units = OrgUnit.objects.on(timezone.localdate())
        if not (principal.is_icd or principal.is_leadership):
            units = units.filter(pk__in=principal.own_unit_ids)
        self.choose("unit", units.order_by("position", "sort_key"))
        own = min(principal.own_unit_ids, default=None)
        self.initial.setdefault("unit", own)

    def offer_links(self) -> None:
        kept = self.instance
        self.fields["partner"].keep = kept.partner_id  # type: ignore[attr-defined]
        readable = InternationalAgreement.objects.visible_to(self.actor)
        self.fields["agreement"].offer(readable, kept.agreement_id)  # type: ignore[attr-defined]
        self.choose("programme", Programme.objects.filter(Q(is_active=True) | Q(pk=kept.programme_id)))

    def offer_people(self) -> None:
        """One query for both fields; whoever is named already stays, also after leaving office."""
        people = list(staff())
        gone = {self.instance.owner_id, self.instance.verifier_id} - {None, *(each.pk for each in people)}
        choices = [("", "—")] + [(each.pk, f"{each.full_name} · {each.of_unit}") for each in people]
        choices += [(each.pk, each.full_name) for each in User.objects.filter(pk__in=gone)] if gone else []
        for name in ("owner", "verifier"):
            self.choose(name, User.objects.filter(pk__in=[pk for pk, _label in choices if pk]))
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean_born_number(self) -> Case | None:
        """The file itself. What this person may not read does not exist for them."""
        text = self.cleaned_data["born_number"]
        if not text:
            return None
        number = normalise_number(text) or text.strip().upper()
        found = Case.objects.visible_to(self.actor).filter(number=number).first()
        kept = self.instance.born_in
        if found is None and kept is not None and kept.number == number:
            found = kept
        if found is None:
            raise ValidationError(
                gettext("There is no file with the number “%(number)s” that you may read. Look at the number again.")
                % {"number": text}
            )
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        agreement = cleaned.get("agreement")
        if agreement and not cleaned.get("partner") and "partner" not in self.errors:
            parties = list(agreement.parties.select_related("partner")[:2])
            if len(parties) == 1:
                cleaned["partner"] = parties[0].partner
        sourced = agreement or cleaned.get("source_text") or cleaned.get("born_number")
        if not sourced and not {"agreement", "source_text", "born_number"} & set(self.errors):
            self.add_error("source_text", _("Say where the commitment was made: an agreement, a file, or in words."))
        if cleaned.get("owner") and cleaned.get("owner") == cleaned.get("verifier"):
            self.add_error("verifier", _("Who verifies must be somebody else than who sees to it."))
        self._clean_due(cleaned)
        return cleaned

    def _clean_due(self, cleaned: dict[str, Any]) -> None:
        """The sentence beside the field; the service asks again."""
        old, new = self.initial.get("due_on"), cleaned.get("due_on")
        if self.is_new or old is None or "due_on" in self.errors or cleaned.get("due_reason"):
            return
        if new is None or new > old:
            text = gettext("The day was %(old)s. Say why it is put off.") % {"old": table_date(old)}
            self.add_error("due_reason", text)

    def _post_clean(self) -> None:
        """The source is checked in `clean`, with the file that no field of the model shows."""
        self.instance.born_in = self.cleaned_data.get("born_number") or None
        super()._post_clean()  # type: ignore[misc]

    def validate_constraints(self) -> None:
        """The service validates the whole row; here its sentences already stand beside their fields."""

    @property
    def values(self) -> dict[str, Any]:
        """What the service writes."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields} | {
            "born_in": self.cleaned_data["born_number"]
        }

    def layout(self) -> Layout:
        who = ["unit"] if self.is_new else []
        reason = [] if self.is_new else ["due_reason"]
        return Layout(
            section(_("Who promised what?"), "title", "side", "detail", anchor="cam-ket"),
            section(
                _("To whom, and where was it made?"),
                "partner",
                "agreement",
                row("born_number", "source_text"),
                folded(_("Scheme or programme that it serves"), "programme", anchor="chuong-trinh"),
                anchor="phat-sinh",
            ),
            section(
                _("Who sees to it, and by when?"), *who, row("owner", "verifier"), "due_on", *reason, anchor="thuc-hien"
            ),
            section(_("By which domestic document is it carried out?"), "domestic_document", anchor="van-ban"),
        )


class ClaimForm(GuardedFilesForm, PortalForm):
    """What came of it, when, and the evidence: a file, or the number of the document that carries it out."""

    result = LongTextField(label=_("What was carried out"), max_length=4000, rows=5)
    done_on = DayField(label=_("Carried out on"))
    domestic_document = LineField(
        label=_("Document that carries it out (number, date, title)"), max_length=300, required=False
    )
    evidence = GuardedFileField(label=_("Evidence"), required=False)

    def clean_done_on(self) -> Any:
        day = self.cleaned_data["done_on"]
        if day and day > timezone.localdate():
            raise ValidationError(
                gettext("The day on which it was carried out lies in the future. Report it when it is done.")
            )
        return day

    def layout(self) -> Layout:
        return Layout(
            section(_("What came of it?"), "result", "done_on", anchor="ket-qua"),
            section(_("Evidence"), "evidence", "no_secret_declared", "domestic_document", anchor="minh-chung"),
        )
