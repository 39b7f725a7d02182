"""Fields and forms through which files come in. The guard runs while the form is checked, so its sentence stands beside the
field, and a refused file has touched nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from intlcoop.audit.requests import RequestFacts
from intlcoop.documents import guard
from intlcoop.documents.guard import Inspection
from intlcoop.documents.refusals import SENTENCES, UnacceptableError
from intlcoop.documents.secrecy import Place, find_secrecy_mark
from intlcoop.documents.services import record_refusal
from intlcoop.web.forms import DayField, LineField

if TYPE_CHECKING:
    from intlcoop.people.models import User

NOWHERE = RequestFacts()
OUTSIDE_FIELDS = ("kept_outside", "outside_issuer", "outside_number", "outside_date", "outside_register_no")


def _limits(kind: str | None) -> str:
    kinds = kind.upper() if kind else "PDF, DOCX, XLSX, PNG, JPG"
    return gettext("%(kinds)s; at most %(limit)s MB.") % {"kinds": kinds, "limit": settings.UPLOAD_MAX_BYTES // 2**20}


# A field is made when its module is imported; its words are chosen when the page is.
_limits_lazy = lazy(_limits, str)
_too_large_lazy = lazy(lambda: UnacceptableError("too_large").sentence, str)


class GuardedFileField(forms.FileField):
    """A file that passed the guard; its `inspection` attribute says what it is. Pass it to services.store_upload.

    `declared_kind` narrows what is taken ("pdf"). Use it in a GuardedFilesForm, which also asks for the declaration on
    scans and records refusals.
    """

    widget = forms.FileInput

    def __init__(self, *, declared_kind: str | None = None, **kwargs: Any) -> None:
        self.declared_kind = declared_kind
        kwargs.setdefault("help_text", _limits_lazy(declared_kind))
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        endings = f".{self.declared_kind}" if self.declared_kind else guard.ACCEPT
        return super().widget_attrs(widget) | {
            "accept": endings,
            "data-max-bytes": str(settings.UPLOAD_MAX_BYTES),
            "data-types": endings.replace(".", ""),
            "data-too-large": _too_large_lazy(),
            "data-wrong-type": SENTENCES["kind"],
        }

    def to_python(self, data: Any) -> File | None:
        if data in self.empty_values:
            return None
        inspection = guard.inspect(data, declared_kind=self.declared_kind)
        if not inspection.ok:
            raise ValidationError(inspection.reason, code=inspection.code)
        return data


class GuardedFilesForm(forms.Form):
    """A base for forms with GuardedFileFields, plain or of a model: `class F(GuardedFilesForm, PortalModelForm)`.

    Give it `actor` (and `where=facts_of(request)`): refusals are recorded under that name. `no_secret_declared` is to be
    handed to store_upload.
    """

    no_secret_declared = forms.BooleanField(
        label=_("This file contains no state secret"),
        help_text=_("Needed for scans and pictures, whose text the portal cannot read."),
        required=False,
    )

    def __init__(self, *args: Any, actor: User | None, where: RequestFacts = NOWHERE, **kwargs: Any) -> None:
        self.actor = actor
        self.where = where
        super().__init__(*args, **kwargs)

    def full_clean(self) -> None:
        super().full_clean()
        for _name, upload, inspection in self.inspected() if self.is_bound else ():
            if not inspection.ok:
                record_refusal(upload, inspection, actor=self.actor, where=self.where)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        for name, _upload, inspection in self.inspected():
            if inspection.ok and not inspection.text_layer and not self.cleaned_data.get("no_secret_declared"):
                self.add_error(name, ValidationError(UnacceptableError("undeclared").sentence, code="undeclared"))
        return cleaned

    def inspected(self) -> list[tuple[str, File, Inspection]]:
        """Name of the field, file and finding of every file that was sent."""
        found = []
        for name, field in self.fields.items():
            if isinstance(field, GuardedFileField):
                upload = self[name].data
                if isinstance(inspection := getattr(upload, "inspection", None), Inspection):
                    found.append((name, upload, inspection))
        return found


class OutsideRecordForm(forms.Form):
    """The particulars of a secret document that stays outside (models.OutsideRecord): nothing that may itself be secret."""

    kept_outside = forms.BooleanField(
        label=_("Secret document, kept outside this system"),
        help_text=_("Do not send the document itself, and do not write down what it is about."),
        required=False,
    )
    outside_issuer = LineField(label=_("Issued by"), max_length=200, required=False)
    outside_number = LineField(label=_("Number"), max_length=60, required=False)
    outside_date = DayField(label=_("Date"), required=False)
    outside_register_no = LineField(
        label=_("Number in the register of secret documents"), max_length=60, required=False
    )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        data = self.cleaned_data
        if not data.get("kept_outside"):
            if any(data.get(name) for name in OUTSIDE_FIELDS[1:]):
                self.add_error("kept_outside", gettext("Tick this, or clear the particulars below."))
        elif not (data.get("outside_register_no") or (data.get("outside_number") and data.get("outside_issuer"))):
            self.add_error(
                "outside_register_no",
                gettext("Enter the number in the register of secret documents, or the document's number and issuer."),
            )
        return cleaned


def validate_unmarked(text: str) -> None:
    """A validator for a title or an abstract that a person types: it carries no mark of secrecy.

    Raises ValidationError with the sentence that says where such documents belong.
    """
    if mark := find_secrecy_mark(text, place=Place.MARGIN):
        raise ValidationError(UnacceptableError("secrecy", level=mark.level.value).sentence, code="secrecy")
