"""How agreements become known to the engine."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from agreements.choices import AgreementFile
from agreements.guards.cautions import agreement_cautions
from agreements.queries import agreements as queries
from agreements.queries.bound_partners import compare_parties
from agreements.workflows.agreement import AGREEMENT
from intlcoop.workflow.choices import Facet
from intlcoop.workflow.registry import FileKind


def agreement_kind() -> FileKind:
    return FileKind(
        code="agreement",
        prefix="TTQT",
        label=_("Agreement"),
        lifecycle=AGREEMENT,
        summary=queries.agreement_summary,
        facts=queries.AgreementFacts,
        facts_of=queries.agreement_facts,
        content_of=queries.agreement_content,
        comparators={Facet.PROGRAMME: compare_parties},
        attachment_kinds=dict(AgreementFile.choices),
        readable=queries.readable_agreement,
        decision_facts=queries.decision_facts,
        warnings=agreement_cautions,
        history=queries.agreement_history,
        edit_url=queries.agreement_edit_url,
        opened_to=queries.concluded_for_all,
        matching=queries.matching_agreements,
    )
