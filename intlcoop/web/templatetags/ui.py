"""The words of our templates: icons, formats and components. A builtin: no template loads it."""

from __future__ import annotations

from django import template

register = template.Library()
