"""How year-end reports become known to the engine."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from intlcoop.workflow.binding import compare_exactly
from intlcoop.workflow.choices import Facet
from intlcoop.workflow.registry import FileKind
from reports.queries import report_file as queries
from reports.services import KIND, SIGNED_SCAN
from reports.workflows.year_end import YEAR_END


def year_end_kind() -> FileKind:
    return FileKind(
        code=KIND,
        prefix="BC",
        label=_("Year-end report"),
        lifecycle=YEAR_END,
        summary=queries.summary,
        facts=queries.ReportFacts,
        facts_of=queries.facts_of,
        content_of=queries.content,
        comparators={Facet.PROGRAMME: compare_exactly},
        attachment_kinds={SIGNED_SCAN: _("Signed report"), "other": _("Other document")},
        decision_facts=queries.decision_facts,
        opened_to=queries.opened_to,
        history=queries.history,
        waits=queries.waits,
    )
