"""What a guard of the second kind finds: a sentence with the rule behind it, which warns or blocks as the rule's row says."""

from __future__ import annotations

from dataclasses import dataclass

from intlcoop.regulations.choices import ParameterKey, Severity
from intlcoop.regulations.queries import ParameterValue

#: Every parameter that a trip is held against; a key without a row on the day of departure is off.
LIMITS = (
    ParameterKey.LEAD_TIME,
    ParameterKey.REPORT_DUE,
    ParameterKey.TRIPS_PER_LEADER,
    ParameterKey.MAX_MEMBERS,
    ParameterKey.MAX_DAYS,
    ParameterKey.MAX_COUNTRIES,
    ParameterKey.KEY_LEADERS,
    ParameterKey.SAME_CONTENT,
    ParameterKey.SHORT_TRIP,
    ParameterKey.UNPLANNED_REASON,
    ParameterKey.ATTACHED_INVITES,
    ParameterKey.PASSPORT_VALIDITY,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Warning_:  # noqa: N801  "Warning" is Python's own
    """A mismatch, overlap or limit that an approver should see. `number` leads to the other file.

    `blocks`: the row of the rule says that no such file may be submitted; else one explanation is enough.
    """

    code: str
    text: str
    citation: str = ""
    needs_check: bool = False
    number: str = ""
    blocks: bool = False


def warn(code: str, text: str, rule: ParameterValue | None = None, number: str = "", citation: str = "") -> Warning_:
    if rule is None:
        return Warning_(code=code, text=text, number=number, citation=citation)
    return Warning_(
        code=code,
        text=text,
        citation=rule.citation,
        needs_check=rule.needs_check,
        number=number,
        blocks=rule.severity == Severity.BLOCK,
    )
