"""A title opens the file of a delegation from abroad; everything else can wait."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from delegations.forms.visit import LONGEST_TITLE
from intlcoop.documents.forms import validate_unmarked
from intlcoop.web.forms import LineField, PortalForm


class NewVisitForm(PortalForm):
    title = LineField(
        label=_("Title of the visit"),
        max_length=LONGEST_TITLE,
        validators=[validate_unmarked],
        help_text=_("For example: Delegation of the Ministry of Home Affairs of Laos visits and works."),
    )
