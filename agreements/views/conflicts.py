"""Two people, one agreement: where what was typed differs from what stands in the file now."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from agreements.forms.agreement import AgreementForm
from agreements.models import InternationalAgreement
from agreements.queries.naming import written
from intlcoop.web.row_forms import RowGroups
from intlcoop.workflow.differing import Difference, differing_fields, differing_rows


def differences(agreement: InternationalAgreement, form: AgreementForm, typed: RowGroups) -> list[Difference]:
    """In the order of the form: its fields, then the partners."""
    cleaned = form.cleaned_data
    mine = {name: cleaned[name] for name in ("title", "cooperation") if name in cleaned} | form.values
    kept = {"title": agreement.case.title, "cooperation": list(agreement.fields.all())}
    theirs = {name: kept[name] if name in kept else getattr(agreement, name) for name in mine}
    rows = agreement.parties.select_related("partner__country")
    return [
        *differing_fields(form, theirs, mine),
        *differing_rows(
            _("Partners"),
            [party_words(each.partner, each.signatory, each.signatory_title) for each in rows],
            [
                party_words(row["partner"], row.get("signatory", ""), row.get("signatory_title", ""))
                for row in typed.values.get("parties", [])
            ],
        ),
    ]


def party_words(partner: Any, signatory: str, title: str) -> str:
    return ", ".join(part for part in (written(partner), signatory, title) if part)
