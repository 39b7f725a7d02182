"""Drawing the sections that other packages put on the page of a partner."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context

register = template.Library()


@register.simple_tag(takes_context=True)
def section_body(context: Context, section: Any) -> str:
    """The body of a section: its template with its own data, and the page's around it."""
    engine = context.template.engine  # type: ignore[union-attr]
    with context.push(**section.data):
        return engine.get_template(section.template).render(context)  # type: ignore[no-any-return]
