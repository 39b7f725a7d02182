"""Rows of a snapshot made by hand, for the pure functions that need no database."""

from __future__ import annotations

from typing import Any

UNIT = {"code": "CSDP", "name": "Vụ Chính sách địa phương", "position": 70}
OTHER_UNIT = {"code": "VTLT", "name": "Cục Văn thư và Lưu trữ", "position": 80}
NAMES = {"KH": "Campuchia", "AU": "Australia", "CH": "Thụy Sĩ", "LA": "Lào", "HK": "Hồng Kông"}


def row(number: int = 1, **changes: Any) -> dict[str, Any]:
    """A led trip of two people to Laos in the plan; `countries` are ISO codes, `members` a count, `basis` in/out/unknown."""
    countries = changes.pop("countries", ("LA",))
    members = changes.pop("members", 2)
    basis = changes.pop("basis", "in")
    values: dict[str, Any] = {
        "number": f"DR-2026-{number:04d}",
        "title": f"Đoàn số {number}",
        "state": "completed",
        "unit": UNIT,
        "mode": "led",
        "principal": "",
        "inter_agency": False,
        "departs_on": "2026-03-02",
        "returns_on": "2026-03-05",
        "precision": "day",
        "head": {"name": "Nguyễn Minh An", "post": "Vụ trưởng", "body": ""},
        "members": [
            {"name": f"Người {n}", "post": "Chuyên viên", "body": "", "part": "member"} for n in range(members)
        ],
        "countries": [
            {"iso2": iso2, "name": NAMES[iso2], "territory": iso2 == "HK", "cities": []} for iso2 in countries
        ],
        "purpose": "study",
        "purpose_text": "",
        "field": "",
        "host": "Bộ Nội vụ Lào",
        "plan": {"basis": basis, "line": "", "level": "", "reason": ""},
        "decision": {"number": "15/QĐ-BDP", "date": "2026-02-08"},
        "funding": [{"source": "state_budget", "amount": "120000000.00", "currency": "VND", "decimals": 0}],
        "host_pays_all": False,
        "highlight": False,
        "highlight_text": "",
        "unnamed": False,
        "sample": False,
    }
    return values | changes


def visit(number: int = 1, **changes: Any) -> dict[str, Any]:
    """A visit of three guests, two of them named; `members` a count."""
    members = changes.pop("members", 2)
    values: dict[str, Any] = {
        "kind": "inbound",
        "number": f"DV-2026-{number:04d}",
        "title": f"Đoàn vào số {number}",
        "state": "completed",
        "unit": UNIT,
        "sample": False,
        "first_on": "2026-04-06",
        "last_on": "2026-04-08",
        "precision": "day",
        "members": [{"name": f"Khách {n}", "post": "Vụ trưởng", "body": "Bộ Nội vụ Lào"} for n in range(members)],
        "persons": 3,
        "head": {"name": "Khách 0", "post": "Vụ trưởng", "body": "Bộ Nội vụ Lào"},
        "partner": "Bộ Nội vụ Lào",
        "country": "Lào",
        "host": "Nguyễn Minh An",
        "purpose": "Trao đổi kinh nghiệm",
    }
    return values | changes


def event(number: int = 1, **changes: Any) -> dict[str, Any]:
    values: dict[str, Any] = {
        "kind": "event",
        "number": f"HN-2026-{number:04d}",
        "title": f"Hội thảo số {number}",
        "state": "completed",
        "unit": OTHER_UNIT,
        "sample": False,
        "first_on": "2026-12-14",
        "last_on": "2026-12-14",
        "precision": "day",
        "hosted": True,
        "event": "workshop",
        "format": "online",
        "mechanism": "ACCSM",
        "place": "Hà Nội",
        "by": "",
    }
    return values | changes


def work(number: int = 1, **changes: Any) -> dict[str, Any]:
    values: dict[str, Any] = {
        "kind": "work",
        "number": f"CV-2026-{number:04d}",
        "title": f"Góp ý đề án số {number}",
        "state": "completed",
        "unit": UNIT,
        "sample": False,
        "first_on": "2026-02-02",
        "last_on": None,
        "precision": "day",
        "work": "coordination",
        "persons": None,
        "body": "Bộ Ngoại giao",
    }
    return values | changes


def accompanying(number: int, **changes: Any) -> dict[str, Any]:
    return row(
        number,
        **(
            {"mode": "accompanying", "basis": "not_asked", "principal": "Thủ tướng Chính phủ", "countries": ("KH",)}
            | changes
        ),
    )


def unnamed(number: int, **changes: Any) -> dict[str, Any]:
    """Of a source that only counts it."""
    known_only_by_year = {"departs_on": "2026-01-01", "returns_on": "2026-12-31", "precision": "year"}
    nothing = {
        "countries": (),
        "members": 0,
        "head": None,
        "basis": "unknown",
        "decision": None,
        "funding": [],
        "host": "",
    }
    return row(number, **(known_only_by_year | nothing | {"unnamed": True} | changes))


def agreement(number: int = 1, **changes: Any) -> dict[str, Any]:
    """Signed in March with an agency of Laos, in force."""
    countries = changes.pop("countries", ("LA",))
    values: dict[str, Any] = {
        "kind": "agreement",
        "number": f"TTQT-2026-{number:04d}",
        "title": f"Bản ghi nhớ số {number}",
        "state": "in_force",
        "unit": UNIT,
        "sample": False,
        "signed_on": "2026-03-05",
        "precision": "day",
        "countries": [{"iso2": iso2, "name": NAMES[iso2], "territory": False} for iso2 in countries],
        "countries_known": True,
        "channel": "bilateral",
        "concluded": True,
        "signed": True,
        "in_force": True,
        "dormant": False,
        "ended": False,
        "expiring": False,
    }
    return values | changes
