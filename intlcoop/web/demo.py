"""The accounts of the demonstration, as the login page lists them (contracts). Made by seed_demo, only when DEMO is set."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

DEMO_PASSWORD = "hop-tac-quoc-te-2026"  # noqa: S105 - public by contract


@dataclass(frozen=True, slots=True)
class DemoAccount:
    name: str
    role: Any


DEMO_ACCOUNTS = (
    DemoAccount("chuyenvien", _("staff of a unit under the ministry")),
    DemoAccount("lanhdaodonvi", _("head of that unit")),
    DemoAccount("truonghoc", _("focal staff of an attached unit")),
    DemoAccount("htqt", _("official of the Department of International Cooperation")),
    DemoAccount("vutruong", _("Director General of that department")),
    DemoAccount("taichinh", _("Planning and Finance Department")),
    DemoAccount("tccb", _("Department of Personnel and Organisation")),
    DemoAccount("phapche", _("Department of Legal Affairs")),
    DemoAccount("vanthu", _("clerk")),
    DemoAccount("thutruong", _("Deputy Minister in charge")),
    DemoAccount("botruong", _("Minister")),
    DemoAccount("quantri", _("administrator")),
    DemoAccount("kiemtoan", _("auditor")),
)
