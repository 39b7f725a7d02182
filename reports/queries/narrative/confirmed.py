"""What somebody confirmed not to have happened is said so; it is never counted as a zero among other numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from reports.choices import Key
from reports.queries.figures import FigureJson
from reports.queries.narrative.blocks import Block, figure, paragraph
from reports.queries.narrative.material import Material

#: Where it is said, and what did not happen.
NOTHING: Mapping[Key, tuple[tuple[str, ...], str, str]] = {
    Key.LED: (("outbound",), "đoàn ra do {ministry} chủ trì", "outbound delegation led by {ministry}"),
    Key.ACCOMPANYING: (
        ("outbound",),
        "đoàn tháp tùng Lãnh đạo Đảng, Nhà nước và Chính phủ",
        "delegation accompanying leaders",
    ),
    Key.VISITS: (("inbound",), "đoàn vào", "inbound delegation"),
    Key.HOSTED: (
        ("events",),
        "hội nghị, hội thảo quốc tế do {ministry} chủ trì",
        "international event held by {ministry}",
    ),
    Key.EVENTS_ATTENDED: (("events",), "hội nghị, hội thảo quốc tế tham dự", "international event attended"),
    Key.SIGNED: (("agreements",), "thỏa thuận quốc tế được ký", "agreement signed"),
    Key.PROJECTS: (("projects",), "chương trình, dự án đang thực hiện", "programme or project under way"),
    Key.TASKS: (("work", "tasks"), "công việc phối hợp", "coordination task"),
    Key.TRAININGS: (("work", "training"), "khóa đào tạo, bồi dưỡng", "training course"),
}


def is_confirmed(found: FigureJson) -> bool:
    return bool(found.get("confirmed")) and not found["value"]


def without_confirmed(material: Material) -> Material:
    """The material as if nobody had confirmed anything: sentences with counts are about what happened."""
    kept = {key: found for key, found in material.figures["figures"].items() if not is_confirmed(found)}
    return replace(material, figures={**material.figures, "figures": kept})


def confirmed_texts(material: Material) -> Iterator[tuple[str, Block]]:
    """(section, sentence) for what did not happen."""
    voice = material.voice
    for key, (sections, vietnamese, english) in NOTHING.items():
        found = material.get(key)
        if found and is_confirmed(found):
            text = voice(
                "Trong {period} {nothing} {what} (đã được xác nhận).",
                "{nothing} {what} in {period} (confirmed).",
                period=voice.period(material.period),
                nothing=figure(voice("không phát sinh", "There was no"), key),
                what=voice(vietnamese, english, ministry=material.ministry),
            )
            yield from ((section, paragraph(text)) for section in sections)
