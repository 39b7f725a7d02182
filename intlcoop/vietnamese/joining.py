"""How are several things put into one sentence? "A, B và C"; "A; B; C."; "Pháp, Lào…" (domain A5)."""

from __future__ import annotations

from collections.abc import Iterable

ELLIPSIS = "…"


def join_and(items: Iterable[str]) -> str:
    """("A", "B", "C") -> "A, B và C". Empty items are left out."""
    *head, last = [item for item in items if item] or [""]
    return f"{', '.join(head)} và {last}" if head else last


def join_semicolons(items: Iterable[str], *, end: str = "") -> str:
    """("A.", "B") -> "A; B" followed by `end`; closing signs of the items themselves are dropped."""
    joined = "; ".join(without_end(item) for item in items if item.strip())
    return joined + end if joined else ""


def join_elided(items: Iterable[str], *, keep: int) -> str:
    """The first `keep` items, then "…" if there were more: "Pháp, Lào…"."""
    kept = [item for item in items if item]
    return ", ".join(kept[:keep]) + (ELLIPSIS if len(kept) > keep else "")


def without_end(text: str) -> str:
    """The text without its closing sign, ready for another: "Hà Nội." -> "Hà Nội"; "./." goes too; "…" stays."""
    stripped = text.rstrip()
    while stripped.endswith((".", ";", ",", "./.")) and not stripped.endswith("..."):
        stripped = (stripped[:-3] if stripped.endswith("./.") else stripped[:-1]).rstrip()
    return stripped


def capitalise_first(text: str) -> str:
    """Only the first letter changes: "hội nghị ASEAN" -> "Hội nghị ASEAN"."""
    return text[:1].upper() + text[1:]
