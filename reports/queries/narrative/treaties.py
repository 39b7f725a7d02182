"""Sections on agreements with their commitments, on conventions, and on programmes and projects."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from agreements.aid import ProjectState
from reports.choices import Key, RowKind
from reports.queries.figures import Row
from reports.queries.figures.money import AID, COUNTERPART, DISBURSED
from reports.queries.narrative.activities import sums_of
from reports.queries.narrative.blocks import Block, paragraph, plain
from reports.queries.narrative.material import Material

NAMED = 10
#: Papers in the chain of a national report or of the scheme to defend it.
PAPERS = {
    "submission": ("{issuer} đã có tờ trình{when}", "submitted by {issuer}{when}"),
    "decision": ("{issuer} đã phê duyệt{when}", "approved by {issuer}{when}"),
}


def agreements(material: Material) -> list[Block]:
    """Signed in the period, standing at its end, and what became of what was promised."""
    return [paragraph(text) for text in (*_signed(material), _standing(material), _commitments(material)) if text]


def _signed(material: Material) -> Iterator[str]:
    voice = material.voice
    signed, countries = material.get(Key.SIGNED), material.get(Key.SIGNED_COUNTRIES)
    if not signed:
        return
    said = voice.counted(signed, Key.SIGNED, "thỏa thuận hợp tác", "cooperation agreement", "cooperation agreements")
    where = ""
    if countries:
        where = voice(
            " với cơ quan, tổ chức của {said}",
            " with bodies of {said}",
            said=voice.counted(countries, Key.SIGNED_COUNTRIES, "quốc gia", "country", "countries", padded=False),
        )
    yield voice(
        "{opening}, {ministry} đã ký {said}{where}.",
        "{opening}, {ministry} signed {said}{where}.",
        opening=material.opening(signed),
        ministry=material.ministry,
        said=said,
        where=where,
    )
    shown = {row["number"] for row in material.of(RowKind.OUTBOUND) if row["highlight"]}
    rows = [row for row in material.of(RowKind.AGREEMENT) if row["signed"] and not row["unnamed"] and not row["hidden"]]
    told = [row for row in rows if row["signed_during"] in shown]
    others = [row for row in rows if row["signed_during"] not in shown]
    if others:
        yield voice("Trong đó có: {named}", "Among them: {named}", named=voice.titled(others, keep=NAMED, dated=True))
    if told:
        yield voice(
            "Trong đó, {n} thỏa thuận được ký nhân chuyến công tác nêu tại phần đoàn ra.",
            "Of these, {n} signed during a visit named among the outbound delegations.",
            n=len(told) if voice.is_english else f"{len(told):02d}",
        )


def _standing(material: Material) -> str:
    voice, parts, signed = material.voice, [], material.get(Key.SIGNED)
    for key, vietnamese, english in (
        (Key.AGREEMENTS, "đã ký {said} từ trước đến nay", "{said} signed so far"),
        (Key.IN_FORCE, "{said} đang có hiệu lực", "{said} in force"),
        (Key.ENDED, "{said} hết hiệu lực trong kỳ", "{said} ended in the period"),
        (Key.EXPIRING, "{said} sẽ hết hạn trong 12 tháng tới", "{said} expiring within the next 12 months"),
    ):
        found = material.get(key)
        if found and not (key == Key.AGREEMENTS and signed and found["value"] == signed["value"]):
            said = voice.counted(found, key, "thỏa thuận", "agreement", "agreements")
            parts.append(voice(vietnamese, english, said=said))
    if not parts:
        return ""
    return f"{material.day_of_stocks(RowKind.AGREEMENT)}: {'; '.join(parts)}."


def _commitments(material: Material) -> str:
    kept, is_open = material.get(Key.KEPT), material.get(Key.OPEN)
    voice, parts = material.voice, []
    if kept:
        said = voice.counted(kept, Key.KEPT, "cam kết", "commitment", "commitments")
        parts.append(voice("đã hoàn thành {said}", "{said} carried out", said=said))
    if is_open:
        said = voice.counted(is_open, Key.OPEN, "cam kết", "commitment", "commitments")
        parts.append(voice("đang thực hiện {said}", "{said} under way", said=said))
    joined = "; ".join(parts)
    return voice("Về thực hiện cam kết: {parts}.", "Commitments: {parts}.", parts=joined) if parts else ""


# --- conventions ------------------------------------------------------------------------------------------------------


def conventions(material: Material) -> list[Block]:
    """National reports with their papers, each by its name."""
    voice, found = material.voice, material.get(Key.TREATY_REPORTS)
    if not found:
        return []
    rows = material.of(RowKind.TREATY_REPORT)
    said = voice.counted(found, Key.TREATY_REPORTS, "báo cáo quốc gia", "national report", "national reports")
    text = [
        voice(
            "{opening}, {ministry} chủ trì, phối hợp với các bộ, ngành xây dựng, bảo vệ {said} về thực hiện công ước quốc tế.",
            "{opening}, {ministry}, together with other ministries, worked on {said} on conventions.",
            opening=material.opening(found),
            ministry=material.ministry,
            said=said,
        )
    ]
    text += [_report(material, row) for row in rows[:NAMED]]
    for key, vietnamese, english in (
        (Key.TREATY_SENT, "Đã gửi cơ quan giám sát công ước {said}.", "Sent to treaty bodies: {said}."),
        (Key.TREATY_DEFENDED, "Đã bảo vệ {said}.", "Defended: {said}."),
    ):
        if each := material.get(key):
            text.append(voice(vietnamese, english, said=voice.counted(each, key, "báo cáo", "report", "reports")))
    return [paragraph(each) for each in text]


def _report(material: Material, row: Row) -> str:
    """ "Báo cáo …: Bộ đã có tờ trình; Đề án …: Thủ tướng Chính phủ đã phê duyệt (năm 2022)."."""
    parts = [_chain(material, plain(row["title"]), row.get("papers") or ())]
    if scheme := row.get("scheme"):
        parts.append(_chain(material, plain(scheme["title"]), scheme["papers"]))
    return f"{'; '.join(parts)}."


def _chain(material: Material, title: str, papers: Any) -> str:
    voice, said = material.voice, []
    for paper in papers:
        if paper["kind"] in PAPERS:
            known = voice.known({"first_on": paper["on"], "precision": paper["precision"]})
            number = voice(" số {n}", " no. {n}", n=plain(paper["number"])) if paper["number"] else ""
            when = f"{number}{f' ({known})' if known else ''}"
            issuer = plain(paper["issuer"]) or material.ministry
            if not voice.is_english and plain(paper["title"]).startswith("Trình "):
                said.append(f"{issuer} đã {plain(paper['title'])[:1].lower()}{plain(paper['title'])[1:]}{when}")
            else:
                said.append(voice(*PAPERS[paper["kind"]], issuer=issuer, when=when))
    return f"{title}: {', '.join(said)}" if said else title


# --- programmes and projects --------------------------------------------------------------------------------------------


def projects(material: Material) -> list[Block]:
    """Carried out, approved and closed, their money by currency, and those that are on their way."""
    voice, rows = material.voice, material.of(RowKind.PROJECT)
    parts = []
    for key, vietnamese, english in (
        (Key.PROJECTS, "đang thực hiện {said}", "{said} being carried out"),
        (Key.PROJECTS_APPROVED, "phê duyệt {said} trong kỳ", "{said} approved in the period"),
        (Key.PROJECTS_CLOSED, "kết thúc {said} trong kỳ", "{said} closed in the period"),
    ):
        if found := material.get(key):
            said = voice.counted(found, key, "chương trình, dự án", "programme or project", "programmes and projects")
            parts.append(voice(vietnamese, english, said=said))
    text = [f"{material.day_of_stocks(RowKind.PROJECT)}: {'; '.join(parts)}."] if parts else []
    if active := [row for row in rows if row["active"]]:
        text.append(voice("Gồm: {named}", "They are: {named}", named=voice.listed(_projects(material, active))))
    for name, vietnamese, english in (
        (AID, "Tổng viện trợ: {sums}.", "Aid in all: {sums}."),
        (COUNTERPART, "Vốn đối ứng: {sums}.", "Counterpart funds: {sums}."),
        (DISBURSED, "Đã giải ngân theo báo cáo trong kỳ: {sums}.", "Disbursed, as reported in the period: {sums}."),
    ):
        if sums := sums_of(material, name):
            text.append(voice(vietnamese, english, sums=sums))
    on_their_way = (ProjectState.MOBILISING, ProjectState.APPRAISAL, ProjectState.RETURNED, ProjectState.APPROVED)
    if coming := [row for row in rows if not row["active"] and row["state"] in on_their_way]:
        text.append(voice("Đang vận động, thẩm định, chuẩn bị thực hiện: {named}",
                          "Being mobilised, appraised or prepared: {named}",
                          named=voice.listed(_projects(material, coming))))  # fmt: skip
    return [paragraph(each) for each in text]


def _projects(material: Material, rows: list[Row]) -> Iterator[str]:
    for row in rows[:NAMED]:
        donors = ", ".join(material.voice.name(each["name"]) for each in row["donors"])
        with_whom = material.voice(" (với {donors})", " (with {donors})", donors=donors) if donors else ""
        yield f"{plain(row['title'])}{with_whom}"
    if len(rows) > NAMED:
        yield "…"
