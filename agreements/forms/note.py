"""Writing a note on a partner."""

from __future__ import annotations

from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.choices import NoteAudience
from intlcoop.documents.forms import validate_unmarked
from intlcoop.web.forms import LongTextField, PortalForm


class NoteForm(PortalForm):
    text = LongTextField(
        label=_("Note"),
        max_length=2000,
        rows=3,
        validators=[validate_unmarked],
        help_text=_("What the next person who meets them should know. Nothing secret."),
    )
    audience = forms.ChoiceField(
        label=_("Who reads it"), choices=NoteAudience, initial=NoteAudience.EVERYBODY, widget=forms.RadioSelect
    )

    def layout(self) -> Layout:
        return Layout("text", "audience")
