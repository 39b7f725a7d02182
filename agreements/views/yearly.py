"""The report of a year on agreements and the signing plan of the next, due on 15 November: page and spreadsheet."""

from __future__ import annotations

import rules
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agreements.choices import AgreementState
from agreements.models import InternationalAgreement
from agreements.queries.agreements import parties_text, signed_text, term_text
from agreements.queries.figures import countries_of
from agreements.queries.yearly import YearlyReport, yearly_report
from intlcoop.audit.exports import record_export
from intlcoop.documents.filenames import content_disposition
from intlcoop.exporting import tables
from intlcoop.web.display import Crumb
from intlcoop.web.file_numbers import shown
from intlcoop.workflow.doors import person_of

YEARS_BACK = 6


@require_safe
def yearly(request: HttpRequest) -> HttpResponse:
    if not rules.has_perm("agreements.see_yearly_report", request.user):
        raise PermissionDenied(_("This page is for those who work on agreements."))
    this_year = timezone.localdate().year
    text = request.GET.get("nam", "")
    wanted = int(text) if text.isascii() and text.isdecimal() and len(text) == 4 else this_year
    year = wanted if this_year - 40 <= wanted <= this_year + 1 else this_year
    report = yearly_report(person_of(request), year)
    if request.GET.get("xuat") == "xlsx":
        return as_xlsx(request, report)
    context = {
        "report": report,
        "countries": countries_of(InternationalAgreement.objects.filter(pk__in=[row.pk for row in report.signed])),
        "signed": [(row, parties_text(row), signed_text(row), term_text(row)) for row in report.signed],
        "planned": [(row, parties_text(row), AgreementState(row.case.state).label) for row in report.planned],
        "years": [this_year + 1 - back for back in range(YEARS_BACK + 1)],
        "crumbs": [Crumb(_("Agreements"), reverse("agreements:agreements"))],
    }
    return render(request, "agreements/yearly.html", context)


def as_xlsx(request: HttpRequest, report: YearlyReport) -> HttpResponse:
    """Both lists in one sheet, each line saying whether it was signed or is planned."""
    rows = [(_("Signed"), row) for row in report.signed] + [(_("Planned"), row) for row in report.planned]
    columns = [
        tables.Column(_("Part"), lambda pair: pair[0]),
        tables.Column(_("Number"), lambda pair: shown(pair[1].case.number)),
        tables.Column(_("Vietnamese title of the text"), lambda pair: pair[1].case.title, width=56),
        tables.Column(_("English title of the text"), lambda pair: pair[1].title_en, width=44),
        tables.Column(_("Partner"), lambda pair: parties_text(pair[1]), width=44),
        tables.Column(_("Kind"), lambda pair: str(pair[1].get_kind_display()), width=22),
        tables.Column(_("In the name of"), lambda pair: str(pair[1].get_in_name_of_display()), width=18),
        tables.Column(_("Signed on"), lambda pair: signed_text(pair[1])),
        tables.Column(
            _("Signing planned"), lambda pair: None if pair[1].signed_on else pair[1].intended_on, kind="date"
        ),
        tables.Column(_("Term"), lambda pair: term_text(pair[1]), width=28),
        tables.Column(_("Main content"), lambda pair: pair[1].content, width=56),
        tables.Column(_("Unit"), lambda pair: str(pair[1].case.unit), width=28),
        tables.Column(_("Status"), lambda pair: str(AgreementState(pair[1].case.state).label), width=24),
    ]
    title = _("Agreements of %(year)s") % {"year": report.year}
    record_export(request, title)
    response = HttpResponse(tables.to_xlsx(title, columns, rows), content_type=tables.XLSX_TYPE)
    response["Content-Disposition"] = content_disposition(f"thoa-thuan-quoc-te-{report.year}.xlsx", inline=False)
    return response
