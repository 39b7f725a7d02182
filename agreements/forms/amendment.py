"""What is to become of a concluded agreement, and the document by which it was done."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.choices import ChangeAct
from agreements.models import AgreementAmendment
from intlcoop.documents.forms import GuardedFileField, GuardedFilesForm
from intlcoop.web.forms import PortalForm, PortalModelForm, row, section

#: What each kind of change asks for besides its reason.
ASKED: dict[str, tuple[str, ...]] = {
    ChangeAct.AMEND: ("what", "old_text", "new_text"),
    ChangeAct.EXTEND: ("term_kind", "expires_on", "review_on"),
}
ALL_ASKED = tuple(name for names in ASKED.values() for name in names)


class NewAmendmentForm(PortalForm):
    act = forms.ChoiceField(label=_("What is to happen"), widget=forms.RadioSelect)
    by_partner = forms.BooleanField(
        label=_("Done by the other side"),
        required=False,
        help_text=_("What the other side did by itself is recorded by the ICD with its document and asks nobody here."),
    )

    def __init__(self, *args: Any, acts: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = dict(ChangeAct.choices)
        self.fields["act"].choices = [(act, labels[act]) for act in acts]  # type: ignore[attr-defined]


class AmendmentForm(GuardedFilesForm, PortalModelForm):
    upload = GuardedFileField(label=_("Draft of the amendment, or another document"), required=False)

    class Meta(PortalModelForm.Meta):
        model = AgreementAmendment
        fields = ["procedure", "reason", *ALL_ASKED]
        widgets = {"procedure": forms.RadioSelect}

    def __init__(self, *args: Any, instance: AgreementAmendment, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, **kwargs)
        self.asked = ASKED.get(instance.act, ())
        for name in set(ALL_ASKED) - set(self.asked):
            del self.fields[name]
        if "old_text" in self.fields:
            self.fields["old_text"].help_text = _("Copy the provisions as they stand; both wordings stay side by side.")

    def layout(self) -> Layout:
        texts = ("what", "old_text", "new_text")
        asked = [*self.asked] if self.asked == texts else ["term_kind", row("expires_on", "review_on")]
        return Layout(
            *([section(_("What changes?"), *asked, anchor="noi-dung")] if self.asked else []),
            section(_("Why?"), "reason", "procedure", anchor="ly-do"),
            section(_("Documents"), "upload", "no_secret_declared", anchor="tep"),
        )


class SettlementForm(GuardedFilesForm, PortalModelForm):
    """Which document it was, and from when it holds."""

    upload = GuardedFileField(label=_("The document (scan)"), required=False)

    class Meta(PortalModelForm.Meta):
        model = AgreementAmendment
        fields = ["document_number", "document_on", "effective_on", "signed_place", "signer_name", "signer_title"]

    def __init__(self, *args: Any, instance: AgreementAmendment, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, **kwargs)
        self.fields["document_number"].help_text = _("Of the signed text, the decision, or the note to the other side.")
        if not instance.changes_text:
            for name in ("signed_place", "signer_name", "signer_title"):
                del self.fields[name]

    def layout(self) -> Layout:
        signed = ["signed_place", row("signer_name", "signer_title")] if self.instance.changes_text else []
        return Layout(
            section(
                _("By which document?"),
                row("document_number", "document_on"),
                "upload",
                "no_secret_declared",
                anchor="van-ban",
            ),
            section(_("From when?"), "effective_on", *signed, anchor="hieu-luc"),
        )
