"""What must hold for every template of the portal, whoever wrote it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings

FOLDER = Path(settings.BASE_DIR) / "templates"
# Print templates for WeasyPrint carry their own style; no browser sees them.
PAPERS = re.compile(r"pdf|papers/|exporting/")
TEMPLATES = sorted(path for path in FOLDER.rglob("*.html") if not PAPERS.search(str(path.relative_to(FOLDER))))
TAGS = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
COMMENTS = re.compile(r"\{#.*?#\}|\{% comment.*?endcomment %\}", re.DOTALL)
IN_MARKUP = {
    "inline script": re.compile(r"<script(?![^>]*\bsrc=)", re.IGNORECASE),
    "inline style": re.compile(r"<style|\sstyle=", re.IGNORECASE),
    "event attribute": re.compile(r"<[^>{]*\son[a-z]+\s*=", re.IGNORECASE),
    "htmx that evaluates": re.compile(r"hx-on|hx-vals=.?js:|hx-trigger=\"[^\"]*\[", re.IGNORECASE),
    "javascript address": re.compile(r"javascript:", re.IGNORECASE),
    "foreign host": re.compile(r"(?:src|href)=\"(?:https?:)?//", re.IGNORECASE),
}
IN_TAGS = {
    "untrimmed blocktranslate": re.compile(r"\{% blocktrans(?:late)?(?![^%]*\btrimmed\b)[^%]*%\}"),
    "safe": re.compile(r"\|safe\b(?!seq)"),
}
# crispy hands over fields that it rendered itself.
RENDERED = {"components/folded.html", "bootstrap5/layout/fieldset.html"}


def source_of(path: Path) -> str:
    return COMMENTS.sub("", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(FOLDER)))
def test_strict_policy_can_hold(path):
    source = source_of(path)
    markup = TAGS.sub("", source)
    found = [what for what, pattern in IN_MARKUP.items() if pattern.search(markup)]
    found += [what for what, pattern in IN_TAGS.items() if pattern.search(source)]
    assert set(found) <= ({"safe"} if str(path.relative_to(FOLDER)) in RENDERED else set())


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(FOLDER)))
def test_h1_is_made_by_the_frame_alone(path):
    count = len(re.findall(r"<h1\b", source_of(path)))
    assert count == (1 if path.name in {"base.html", "entrance.html"} else 0)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(FOLDER)))
def test_every_post_form_carries_its_token(path):
    for form in re.findall(r"<form[^>]*method=\"post\".*?</form>", source_of(path), re.DOTALL | re.IGNORECASE):
        assert "form_tokens" in form or "csrf_token" in form


@pytest.mark.parametrize("path", sorted((Path(settings.BASE_DIR) / "static").rglob("*.js")), ids=lambda path: path.name)
def test_own_scripts_evaluate_nothing(path):
    source = path.read_text(encoding="utf-8")
    assert not re.search(r"\beval\(|new Function|setAttribute\(.style|\.style\.", source)
    assert len(source.splitlines()) <= 400
