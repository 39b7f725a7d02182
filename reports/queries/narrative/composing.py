"""The whole report: every section that has something to say, and the report laid out of them by its outline."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from intlcoop.vietnamese.counts import count
from intlcoop.vietnamese.joining import join_semicolons
from reports.choices import Channel, RowKind, Variant
from reports.queries.narrative import activities, assessing, channels, coming, housework, standing_annexes, treaties
from reports.queries.narrative.annexes import list_of_trips
from reports.queries.narrative.blocks import Block, bullets, paragraph, plain
from reports.queries.narrative.confirmed import confirmed_texts, without_confirmed
from reports.queries.narrative.gaps import gaps_of
from reports.queries.narrative.material import Material
from reports.queries.narrative.other import list_of_events, list_of_visits
from reports.queries.narrative.outbound import outbound
from reports.queries.narrative.outline import Outline, Section, lay_out, outline_of

Written = Callable[[Material], list[Block]]


def compose(material: Material, outline: Outline | None = None) -> tuple[list[Section], list[str]]:
    """(sections as they are printed, sentences about what is missing); without an outline that of the merged template."""
    library, gaps = compose_all(material)
    return lay_out(library, outline or outline_of(Variant.ACTIVITY, material.period.year)), gaps


def compose_all(whole: Material) -> tuple[list[Section], list[str]]:
    """(every section that has something to say, sentences about what is missing), whatever the report will show of it."""
    material = without_confirmed(whole)
    texts = {key: written(material) for key, written in SECTIONS.items()}
    for key, said in confirmed_texts(whole):
        texts[key] = [*texts[key], said]
    gaps = gaps_of(
        whole.rows,
        whole.figures,
        year=whole.period.year,
        ministry=whole.ministry,
        plans=whole.plans,
        recorded=whole.recorded,
        told=[key for key, written in texts.items() if written],
    )
    return [
        *_filled(texts),
        *_filled({key: written(material) for key, written in LISTS.items()}, landscape=True),
        *_filled({"annex.gaps": [bullets(gaps)] if gaps else []}),
    ], gaps


def _filled(texts: Mapping[str, list[Block]], *, landscape: bool = False) -> list[Section]:
    return [_section(key, blocks, landscape=landscape) for key, blocks in texts.items() if blocks]


def _section(key: str, blocks: list[Block], *, landscape: bool = False) -> Section:
    return {"key": key, "landscape": landscape, "blocks": blocks}


def context(material: Material) -> list[Block]:
    """Only what the records say: what is covered, as of when, by which plans and rule."""
    period, voice = material.period, material.voice
    found = [
        voice(
            "Báo cáo tổng hợp hoạt động hợp tác quốc tế của {whose} trong {period}, theo các hồ sơ đã được quyết định. "
            "Số liệu tính đến ngày {day}.",
            "This report covers the international cooperation of {whose} in {period}, as decided on and recorded. "
            "Figures as of {day}.",
            whose=voice.name(material.paper["superior"]) or material.ministry,
            period=voice.period(period),
            day=material.as_of_said,
        )
    ]
    if material.plans:
        plans = join_semicolons(_plan_said(material, plan) for plan in material.plans)
        found.append(
            voice(
                "Công tác đoàn ra năm {year} được triển khai theo {plans}.",
                "Outbound delegations of {year} follow {plans}.",
                year=period.year,
                plans=plans,
            )
        )
    for rule in material.parameters:
        doubt = voice(" (cần đối chiếu)", " (to be checked)") if rule["needs_check"] else ""
        found.append(
            voice(
                "Kỳ báo cáo năm được xác định theo {rule}{doubt}.",
                "The reporting year is laid down in {rule}{doubt}.",
                rule=plain(rule["citation"]),
                doubt=doubt,
            )
        )
    return [paragraph(text) for text in found]


def _plan_said(material: Material, plan: Mapping[str, Any]) -> str:
    voice, document = material.voice, ""
    if plan["number"]:
        document = voice(
            " (văn bản số {number} ngày {day})",
            " (document no. {number} of {day})",
            number=plain(plan["number"]),
            day=voice.date(plan["date"]),
        )
    lines = voice(", gồm {n} đoàn dự kiến", ", with {n} lines", n=count(plan["lines"])) if plan["lines"] else ""
    return f"{plain(plan['title'])}{document}{lines}"


def _outbound(material: Material) -> list[Block]:
    return outbound(
        material.of(RowKind.OUTBOUND),
        material.figures,
        period=material.voice.period(material.period),
        ministry=material.ministry,
        voice=material.voice,
    )


def _in(channel: Channel) -> Written:
    return lambda material: channels.channel_section(material, channel)


#: Every section that can be composed. What stands in two of them (`work` holds what `tasks`, `meetings`, `outreach` and
#: `training` say) is never in one variant together.
SECTIONS: Mapping[str, Written] = {
    "context": context,
    "advice": housework.advice,
    "outbound": _outbound,
    "inbound": activities.inbound,
    "un": _in(Channel.UNITED_NATIONS),
    "regional": _in(Channel.REGIONAL),
    "forum": _in(Channel.FORUM),
    "bilateral": _in(Channel.BILATERAL),
    "ngo": _in(Channel.NGO),
    "agreements": treaties.agreements,
    "events": activities.held,
    "projects": treaties.projects,
    "conventions": treaties.conventions,
    "work": housework.other_work,
    "tasks": housework.tasks,
    "meetings": housework.meetings,
    "outreach": housework.outreach,
    "training": housework.training,
    "staff": housework.staff,
    "strengths": assessing.strengths,
    "limits": assessing.limits,
    "causes": assessing.causes,
    "directions": coming.directions,
    "proposals": coming.proposals,
    "opinions": coming.opinions,
    "conclusions": coming.conclusions,
    "session": coming.session,
    "rules": coming.rules,
    "by_unit": coming.by_unit,
}
#: Wide tables.
LISTS: Mapping[str, Written] = {
    "annex.figures": standing_annexes.main_figures,
    "annex.outbound": lambda material: list_of_trips(material.of(RowKind.OUTBOUND), material.ministry, material.voice),
    "annex.inbound": lambda material: list_of_visits(material.of(RowKind.INBOUND), material.voice),
    "annex.agreements": standing_annexes.list_of_agreements,
    "annex.events": lambda material: list_of_events(material.of(RowKind.EVENT), material.voice),
    "annex.projects": standing_annexes.list_of_projects,
}
