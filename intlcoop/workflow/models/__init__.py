"""WHO DECIDED WHAT: cases, the routes they take, the steps on them and the decisions taken at each."""

from intlcoop.workflow.models.case import Case, CaseComment, ContentVersion, NumberSeries, StatusChange
from intlcoop.workflow.models.papers import CaseAttachment, CasePaper
from intlcoop.workflow.models.route import RouteRule, RouteRuleStep
from intlcoop.workflow.models.step import Decision, LeftOut, Permission, Step

__all__ = [
    "Case",
    "CaseAttachment",
    "CaseComment",
    "CasePaper",
    "ContentVersion",
    "Decision",
    "LeftOut",
    "NumberSeries",
    "Permission",
    "RouteRule",
    "RouteRuleStep",
    "StatusChange",
    "Step",
]
