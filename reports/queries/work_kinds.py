"""What does each kind of work ask? One form and one page for all kinds: their questions are this table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reports.choices import WorkKind

K = WorkKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Fields under one question; a tuple in `fields` stands in one line."""

    title: Any
    anchor: str
    fields: tuple[str | tuple[str, ...], ...]

    @property
    def names(self) -> Iterator[str]:
        for each in self.fields:
            yield from (each,) if isinstance(each, str) else each


@dataclass(frozen=True, slots=True, kw_only=True)
class KindSpec:
    """`asked`: what the form asks; `closing`: what is asked when it is done; `needed`: without which it is not done.

    `labels`: how this kind calls a field; `required`: without which nothing is saved; `example`: a title.
    """

    help: Any
    example: Any
    asked: tuple[Group, ...]
    closing: tuple[str | tuple[str, ...], ...]
    needed: tuple[str, ...]
    close: Any
    labels: Mapping[str, Any] = field(default_factory=dict)
    required: tuple[str, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """Every field of the item that this kind uses, in the order of the form."""
        asked = [name for group in self.asked for name in group.names]
        return tuple(dict.fromkeys([*asked, *self.closing_fields, "source_text"]))

    @property
    def asked_fields(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for group in self.asked for name in group.names))

    @property
    def closing_fields(self) -> tuple[str, ...]:
        return tuple(name for each in self.closing for name in ((each,) if isinstance(each, str) else each))


def group(title: Any, anchor: str, *fields: str | tuple[str, ...]) -> Group:
    return Group(title=title, anchor=anchor, fields=fields)


WHAT = _("What is the matter?")
BY_WHEN = _("By when, and who sees to it?")
REPLY = {
    "reply_number": _("Number of the reply"),
    "reply_on": _("Date of the reply"),
    "result": _("What was answered"),
}
SENT = {
    "reply_number": _("Number of the document sent"),
    "reply_on": _("Sent on"),
    "content": _("Main content"),
}

KINDS: Mapping[str, KindSpec] = {
    K.COORDINATION: KindSpec(
        help=_("Another body asks us, or we ask another body: request, due day and reply."),
        example=_("Give an opinion on the draft report on the Sustainable Development Goals."),
        asked=(
            group(_("Who asks whom?"), "ai", "direction", "body"),
            group(_("By which document?"), "van-ban", ("request_number", "request_on")),
            group(BY_WHEN, "han", ("due_on", "owner")),
            group(WHAT, "noi-dung", "content"),
        ),
        closing=(("reply_number", "reply_on"), "result"),
        needed=("reply_on",),
        close=_("Record the reply"),
        labels=REPLY | {"content": _("What is asked for"), "body": _("Body that asks, or that we ask")},
        required=("direction", "body"),
    ),
    K.REPORT: KindSpec(
        help=_("A leader approves it before it is sent."),
        example=_("Report on international cooperation in the third quarter of 2026."),
        asked=(
            group(_("Which report, to whom?"), "ai", "report_sort", "in_name_of", "body", "period"),
            group(_("Which document asks for it?"), "van-ban", ("request_number", "request_on")),
            group(BY_WHEN, "han", ("due_on", "owner")),
            group(_("What does it say?"), "noi-dung", "content"),
        ),
        closing=(("reply_number", "reply_on"),),
        needed=("reply_on",),
        close=_("Record that it went out"),
        labels=SENT | {"body": _("Who receives it"), "due_on": _("To be sent by")},
        required=("report_sort", "in_name_of", "body"),
    ),
    K.COMMENT: KindSpec(
        help=_("Our comments on a draft of another body; a leader approves them before they are sent."),
        example=_("Comments on the draft report on human rights."),
        asked=(
            group(_("Who asks for comments?"), "ai", "body", "in_name_of"),
            group(_("By which document?"), "van-ban", ("request_number", "request_on")),
            group(BY_WHEN, "han", ("due_on", "owner")),
            group(_("What do we say?"), "noi-dung", "content"),
        ),
        closing=(("reply_number", "reply_on"),),
        needed=("reply_on",),
        close=_("Record that it went out"),
        labels=SENT | {"body": _("Who asks for comments"), "content": _("Comments")},
        required=("body", "in_name_of"),
    ),
    K.MEETING: KindSpec(
        help=_("Chair, attendees, what units said, and numbered conclusions that become commitments."),
        example=_("Conference to carry out international cooperation in 2026."),
        asked=(
            group(_("Which meeting, when and where?"), "hop", "meeting_sort", ("starts_on", "ends_on"), "place"),
            group(_("Who takes part?"), "thanh-phan", "chair", "attendees", "owner"),
            group(WHAT, "noi-dung", "content"),
        ),
        closing=("result",),
        needed=("starts_on", "chair"),
        close=_("Record that it was held"),
        labels={
            "starts_on": _("Day of the meeting"),
            "ends_on": _("Last day, if it lasts several"),
            "content": _("Agenda"),
            "owner": _("Who takes the minutes"),
            "result": _("Summary"),
        },
        required=("meeting_sort",),
    ),
    K.LOCALITY: KindSpec(
        help=_("What a province or city reports on its external affairs."),
        example=_("Report on people-to-people diplomacy in the first half of 2026."),
        asked=(
            group(_("Which locality, on which period?"), "ai", "body", "period"),
            group(_("By which document did we ask for it?"), "van-ban", ("request_number", "request_on")),
            group(BY_WHEN, "han", ("due_on", "owner")),
            group(WHAT, "noi-dung", "content"),
        ),
        closing=(("reply_number", "reply_on"), "result"),
        needed=("reply_on",),
        close=_("Record the report received"),
        labels={
            "body": _("Locality or body that reports"),
            "due_on": _("Report due on"),
            "reply_number": _("Number of the report"),
            "reply_on": _("Date of the report"),
            "content": _("What is asked for"),
            "result": _("What it reports"),
        },
        required=("body",),
    ),
    K.RECURRING: KindSpec(
        help=_("A meeting that comes again, with a line for each time: attended, not attended, not held."),
        example=_("Briefing of the Central Steering Committee on human rights."),
        asked=(
            group(_("Who calls it, how often?"), "ai", "body", "chair", "frequency"),
            group(
                _("Since when, and who of us goes?"),
                "tu-khi",
                ("starts_on", "ends_on"),
                "place",
                "owner",
                "attended_until",
            ),
            group(WHAT, "noi-dung", "content"),
        ),
        closing=("ends_on", "result"),
        needed=("ends_on",),
        close=_("Close the series"),
        labels={
            "body": _("Body that calls the meeting"),
            "starts_on": _("Followed here since"),
            "ends_on": _("Until"),
            "owner": _("Who usually goes"),
        },
        required=("body", "frequency", "starts_on"),
    ),
    K.TRAINING: KindSpec(
        help=_("For foreign officials, or for our own staff in international work."),
        example=_("Course in English for officials in international work."),
        asked=(
            group(_("Who is taught, by whom?"), "ai", "audience", "body", "partner"),
            group(_("Which needs does it answer?"), "nhu-cau", "languages", "needs"),
            group(_("When and where?"), "khi-nao", ("starts_on", "ends_on"), "place"),
            group(_("How many?"), "bao-nhieu", ("persons", "days"), "owner"),
            group(WHAT, "noi-dung", "content"),
        ),
        closing=(("persons", "days"), "result"),
        needed=("starts_on", "persons"),
        close=_("Record that it was held"),
        labels={"body": _("Body that holds it"), "languages": _("Languages taught, or spoken on the course")},
        required=("audience",),
    ),
    K.DOCUMENTS: KindSpec(
        help=_("Archives, publications, data: what we send abroad and what comes to us."),
        example=_("Digital copies of documents on the border, from the National Archives of France."),
        asked=(
            group(_("Who sends, who receives?"), "ai", "direction", "partner", "body"),
            group(_("By which document?"), "van-ban", ("request_number", "request_on")),
            group(_("What is handed over?"), "noi-dung", "content", "languages"),
            group(BY_WHEN, "han", "owner"),
        ),
        closing=(("reply_number", "reply_on"), "result"),
        needed=("request_on",),
        close=_("Record the handover"),
        labels={
            "request_number": _("Number of the letter"),
            "request_on": _("Sent or received on"),
            "content": _("What is handed over"),
            "reply_number": _("Number of the receipt or thanks"),
            "reply_on": _("Date of the receipt or thanks"),
            "result": _("What it is used for"),
            "body": _("Other body, if it is no partner of the list"),
        },
        required=("direction",),
    ),
    K.OUTREACH: KindSpec(
        help=_("Treaties, agreements and decisions about them are made known, and units are urged to carry them out."),
        example=_("Make the plan to carry out the convention known to the units."),
        asked=(
            group(_("To whom, by which document?"), "ai", "body", ("request_number", "request_on")),
            group(_("When and where?"), "khi-nao", ("starts_on", "ends_on"), "place"),
            group(BY_WHEN, "han", ("persons", "owner")),
            group(WHAT, "noi-dung", "content"),
        ),
        closing=("starts_on", "persons", "result"),
        needed=("starts_on", "result"),
        close=_("Record what came of it"),
        labels={
            "body": _("Units, bodies or people addressed"),
            "request_number": _("Number of the document"),
            "request_on": _("Date of the document"),
        },
        required=("body",),
    ),
    K.PUBLICITY: KindSpec(
        help=_("Articles, broadcasts, publications for readers abroad."),
        example=_("Article in English on policies for ethnic minorities."),
        asked=(
            group(_("In which languages, where?"), "ai", "languages", "body"),
            group(_("When?"), "khi-nao", ("starts_on", "owner")),
            group(WHAT, "noi-dung", "content"),
        ),
        closing=("starts_on", "result"),
        needed=("starts_on",),
        close=_("Record that it was published"),
        labels={
            "body": _("Published in, or broadcast by"),
            "starts_on": pgettext_lazy("publicity", "Published on"),
            "result": _("Address, reach"),
        },
        required=("languages",),
    ),
}
#: Fields whose value is a list to choose from, and what belongs to whom.
LINES_OF = {K.MEETING: ("opinions", "conclusions"), K.RECURRING: ("attendances",)}


def spec_of(kind: str) -> KindSpec:
    return KINDS[kind]
