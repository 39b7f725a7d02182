"""WHAT CAME OF IT: reports that are drawn from frozen figures, and the register of other counted work."""

from reports.models.consulting import CommentRound, UnitOpinion
from reports.models.recorded import RecordedTotal
from reports.models.texts import SectionText
from reports.models.unit_parts import Confirmation, PartText, ReportCall, UnitPart
from reports.models.work import WorkAttendance, WorkConclusion, WorkItem, WorkOpinion
from reports.models.year_end import ReportOutput, Snapshot, YearEndReport

__all__ = [
    "CommentRound",
    "Confirmation",
    "PartText",
    "RecordedTotal",
    "ReportCall",
    "ReportOutput",
    "SectionText",
    "Snapshot",
    "UnitOpinion",
    "UnitPart",
    "WorkAttendance",
    "WorkConclusion",
    "WorkItem",
    "WorkOpinion",
    "YearEndReport",
]
