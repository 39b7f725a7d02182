"""The form on which a file is written: its title, its own fields, a document handed in, documents taken out."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from intlcoop.documents.forms import GuardedFileField, GuardedFilesForm, validate_unmarked
from intlcoop.web.forms import LineField, PortalModelForm
from intlcoop.workflow.models import CaseAttachment

LONGEST_TITLE = 300


def title_field(label: Any, help_text: Any) -> LineField:
    return LineField(label=label, max_length=LONGEST_TITLE, validators=[validate_unmarked], help_text=help_text)


class SheetForm(GuardedFilesForm, PortalModelForm):
    """A kind of file says its `title`, which kinds of documents people bring along, and how all kinds are called."""

    upload_kind = forms.ChoiceField(label=_("Kind of document"), required=False)
    upload = GuardedFileField(label=_("File to attach"), required=False)
    withdraw = forms.ModelMultipleChoiceField(
        queryset=CaseAttachment.objects.none(), widget=forms.CheckboxSelectMultiple, required=False, label=_("Take out")
    )

    summary = False
    offered_kinds: ClassVar[tuple[Any, ...]]
    all_kinds: ClassVar[type[models.TextChoices]]

    def __init__(self, *args: Any, instance: Any, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, **kwargs)
        self.fields["title"].initial = instance.case.title
        self.fields["upload_kind"].choices = [(kind.value, kind.label) for kind in self.offered_kinds]  # type: ignore[attr-defined]
        self.offer_attachments(instance)

    def choose(self, name: str, queryset: Any) -> None:
        self.fields[name].queryset = queryset  # type: ignore[attr-defined]

    def offer_attachments(self, instance: Any) -> None:
        rows = instance.case.attachments.current().filter(kind__in=self.offered_kinds).exclude(file="")
        self.attached = list(rows)
        self.choose("withdraw", rows)
        labels = dict(self.all_kinds.choices)
        choices = [(each.pk, f"{labels.get(each.kind, each.kind)}: {each.original_name}") for each in self.attached]
        self.fields["withdraw"].choices = choices  # type: ignore[attr-defined]
