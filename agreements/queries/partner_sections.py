"""Which sections make up the page of a partner? Agreements, commitments, projects, trips … each register their own.

The page itself draws the frame (`<section id=anchor>` with its heading); a template draws the body only.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Build = Callable[[Any, Any], dict[str, Any] | None]


@dataclass(frozen=True, slots=True)
class Section:
    """`build(partner, user)` gives what the template needs, all of it loaded under the user's rights, or None: no section."""

    order: int
    anchor: str
    title: Any
    build: Build
    template: str


@dataclass(frozen=True, slots=True)
class ShownSection:
    """A section with its content. `data` may carry `count` (beside the heading), `head_url` and `head_label` (a link there)."""

    anchor: str
    title: Any
    template: str
    data: dict[str, Any]


_sections: dict[str, Section] = {}


def register_section(order: int, anchor: str, title: Any, build: Build, template: str) -> None:
    """Called from AppConfig.ready(). Orders: the partner's own people 20, units and groups 30, agreements 40, commitments 50,
    plan lines and trips 60, projects 70, mechanisms 80; the timeline of dealings stands last."""
    _sections[anchor] = Section(order, anchor, title, build, template)


def sections_of(partner: Any, user: Any) -> list[ShownSection]:
    """The sections that have something to show to this person, in their order."""
    return shown_sections(_sections, partner, user)


def shown_sections(sections: dict[str, Section], thing: Any, user: Any) -> list[ShownSection]:
    """Those that say something about this thing to this person."""
    shown = []
    for section in sorted(sections.values(), key=lambda each: (each.order, each.anchor)):
        data = section.build(thing, user)
        if data is not None:
            shown.append(ShownSection(section.anchor, section.title, section.template, data))
    return shown


def section_of(anchor: str, partner: Any, user: Any) -> ShownSection | None:
    """One of the sections by itself, for other pages about this partner."""
    section = _sections.get(anchor)
    data = section.build(partner, user) if section is not None else None
    if section is None or data is None:
        return None
    return ShownSection(section.anchor, section.title, section.template, data)
