"""The notice of conclusions as PDF lies among the files of the meeting."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from intlcoop.jobs.prints import page_of
from intlcoop.workflow.prints import CasePrints
from reports.exports.conclusions import load, notice

NOTICES = CasePrints(
    code="meeting_conclusions",
    label=_("Notice of conclusions"),
    folder="thong-bao-ket-luan",
    make=lambda case, _name: page_of(notice(load(case.number))),
    kept_as="conclusions",
)
