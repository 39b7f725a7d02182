"""What came of a visit: three lines of a guest who lives here, a short report of a delegation from abroad."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Layout
from django.utils.translation import gettext_lazy as _

from delegations.models import InboundDelegation
from intlcoop.web.forms import LongTextField, PortalForm


class ResultForm(PortalForm):
    result = LongTextField(label=_("Result"), max_length=8000, rows=6)
    recommendations = LongTextField(
        label=_("Recommendations"),
        max_length=4000,
        rows=4,
        required=False,
        help_text=_("What is to be done, by whom, until when; or “none”."),
    )

    def __init__(self, *args: Any, visit: InboundDelegation, **kwargs: Any) -> None:
        initial = {"result": visit.result, "recommendations": visit.recommendations}
        super().__init__(*args, initial=initial, **kwargs)
        self.is_short = visit.is_short
        if visit.is_short:
            del self.fields["recommendations"]
            self.fields["result"].widget.attrs["rows"] = 3
            self.fields["result"].help_text = _("Three lines are enough.")

    def layout(self) -> Layout:
        return Layout("result") if self.is_short else Layout("result", "recommendations")
