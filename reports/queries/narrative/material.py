"""All that the text of a report is made from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from intlcoop.vietnamese.dates import short_date
from reports.choices import Channel, Key, RowKind
from reports.queries.figures import FigureJson, Ref, Row, of_kind
from reports.queries.figures.counting import expected_of
from reports.queries.narrative.blocks import plain
from reports.queries.narrative.voice import VIETNAMESE, Voice
from reports.queries.windows import Period, Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """`figures` is what `queries.figures.compute` gave for these rows; `scope` knows the windows of kinds that have one of
    their own; `story` is what is told without being counted (queries.story)."""

    period: Period
    as_of: dt.date
    rows: Sequence[Row]
    figures: Mapping[str, Any]
    paper: Mapping[str, Any]
    plans: Sequence[Mapping[str, Any]] = ()
    parameters: Sequence[Mapping[str, Any]] = ()
    recorded: Sequence[Mapping[str, Any]] = ()
    scope: Scope | None = None
    story: Mapping[str, Any] = field(default_factory=dict)
    language: str = VIETNAMESE

    @property
    def voice(self) -> Voice:
        return Voice(self.language, self.story.get("english", {}))

    @property
    def ministry(self) -> str:
        short = plain(self.paper["short"])
        return (
            self.story.get("english", {}).get(self.paper.get("superior", ""), short) if self.voice.is_english else short
        )

    @property
    def issuer(self) -> str:
        """The department whose report it is."""
        return self.voice.name(self.paper.get("issuer", ""))

    def get(self, key: Key) -> FigureJson | None:
        found: FigureJson | None = self.figures["figures"].get(key)
        return found

    def of(self, kind: RowKind) -> list[Row]:
        return of_kind(self.rows, kind)

    def coming(self, kind: RowKind) -> list[Row]:
        """What is decided on and still to take place in the period."""
        return expected_of(self.rows, kind)

    def told(self, name: str) -> Sequence[Mapping[str, Any]]:
        return self.story.get(name, ())

    def in_channel(self, channel: Channel, key: Key) -> tuple[FigureJson, Ref] | None:
        found = self.figures.get("by_channel", {}).get(str(channel), {}).get(key)
        return (found, Ref(str(key), "channel", str(channel))) if found else None

    def opening(self, found: Mapping[str, Any]) -> str:
        """ "Trong năm 2022"; a total as of a day is not of the period, as the source does not say since when it counted."""
        if until := found.get("until"):
            day = self.voice.date(until)
            return self.voice("Tính đến ngày {day}", "As of {day}", day=day)
        return self.voice("Trong {period}", "In {period}", period=self.voice.period(self.period))

    def day_of_stocks(self, kind: RowKind) -> str:
        """The day on which stocks are counted, in words."""
        day = self.scope.end(kind) if self.scope else min(self.period.last, self.as_of)
        return self.voice("Đến ngày {day}", "As of {day}", day=self.voice.date(day))

    @property
    def as_of_said(self) -> str:
        return self.voice.date(self.as_of) if self.voice.is_english else short_date(self.as_of)
