"""Sections on work inside the house: advice and plans, coordination, recurring meetings, training, information, posts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from reports.choices import Attendance, Key, RowKind, WorkKind
from reports.queries.figures import Row
from reports.queries.narrative.blocks import Block, paragraph, plain
from reports.queries.narrative.material import Material

NAMED = 10


def of_work(material: Material, *kinds: str) -> list[Row]:
    return [row for row in material.of(RowKind.WORK) if row["work"] in kinds]


def _paragraphs(sentences: Iterator[str]) -> list[Block]:
    return [paragraph(text) for text in sentences if text]


# --- advice -------------------------------------------------------------------------------------------------------------


def advice(material: Material) -> list[Block]:
    """Programmes that run, reports and comments written, and what became of the plans."""
    return _paragraphs(_advice(material))


def _advice(material: Material) -> Iterator[str]:
    voice = material.voice
    if named := [programme_said(material, each) for each in material.told("programmes")]:
        yield voice(
            "{ministry} triển khai, theo dõi các đề án, chương trình, kế hoạch: {named}",
            "{ministry} carries out or follows these schemes, programmes and plans: {named}",
            ministry=material.ministry,
            named=voice.listed(named),
        )
    for key, kind, vietnamese, english, nouns in (
        (Key.REPORTS, WorkKind.REPORT, "Đã xây dựng {said}: {named}", "Wrote {said}: {named}",
         ("báo cáo định kỳ, đột xuất, cung cấp thông tin", "report", "reports")),
        (Key.COMMENTS, WorkKind.COMMENT, "Đã tham gia góp ý {said}: {named}", "Commented {said}: {named}",
         ("nội dung dự thảo", "time on drafts", "times on drafts")),
    ):  # fmt: skip
        if found := material.get(key):
            rows = of_work(material, kind)
            yield voice(
                vietnamese, english, said=voice.counted(found, key, *nouns), named=voice.titled(rows, keep=NAMED)
            )
    yield plans(material)


def programme_said(material: Material, each: Mapping[str, Any]) -> str:
    """With the decision that approved it, as printed there."""
    paper, voice = each["instrument"], material.voice
    if not paper:
        return voice.name(each["name"])
    day = voice(" ngày {day}", " of {day}", day=voice.date(paper["on"])) if paper["on"] else ""
    symbol = voice("Quyết định số {symbol}", "Decision no. {symbol}", symbol=plain(paper["symbol"]))
    return f"{voice.name(each['name'])} ({symbol}{day})"


def plans(material: Material) -> str:
    """Plan against actual, line by line of the approved plans."""
    voice, lines = material.voice, material.get(Key.PLAN_LINES)
    if not lines:
        return ""
    parts = []
    for key, vietnamese, english in (
        (Key.PLAN_DONE, "{said} đã thực hiện", "{said} carried out"),
        (Key.PLAN_UNDER_WAY, "{said} đang thực hiện", "{said} under way"),
        (Key.PLAN_NOT_YET, "{said} chưa thực hiện", "{said} not yet begun"),
        (Key.PLAN_MOVED, "{said} chuyển sang năm sau", "{said} moved to another year"),
        (Key.PLAN_DROPPED, "{said} không thực hiện", "{said} not carried out"),
    ):
        if found := material.get(key):
            parts.append(voice(vietnamese, english, said=voice.counted(found, key, "hoạt động", "line", "lines")))
    return voice(
        "Trong {said} của các kế hoạch năm {year} đã được phê duyệt có {parts}.",
        "Of {said} of the approved plans of {year}: {parts}.",
        said=voice.counted(lines, Key.PLAN_LINES, "hoạt động", "line", "lines"),
        year=material.period.year,
        parts="; ".join(parts),
    )


# --- coordination, training, information --------------------------------------------------------------------------------


def other_work(material: Material) -> list[Block]:
    """Everything of the register of other work that has no section of its own."""
    parts = (_training, _outreach, _documents, _tasks, _meetings, _localities, _afterwards)
    return _paragraphs(text for part in parts for text in part(material))


def tasks(material: Material) -> list[Block]:
    return _paragraphs(text for part in (_tasks, _localities) for text in part(material))


def meetings(material: Material) -> list[Block]:
    return _paragraphs(_meetings(material))


def outreach(material: Material) -> list[Block]:
    return _paragraphs(_outreach(material))


def training(material: Material) -> list[Block]:
    return _paragraphs(text for part in (_training, _publicity, _documents) for text in part(material))


def _tasks(material: Material) -> Iterator[str]:
    if found := material.get(Key.TASKS):
        yield material.voice(
            "{opening}, {ministry} đã thực hiện {said} theo chức năng, nhiệm vụ được giao.",
            "{opening}, {ministry} carried out {said}.",
            opening=material.opening(found),
            ministry=material.ministry,
            said=material.voice.counted(
                found, Key.TASKS, "công việc phối hợp", "coordination task", "coordination tasks"
            ),
        )


def _localities(material: Material) -> Iterator[str]:
    if found := material.get(Key.LOCALITIES):
        said = material.voice.counted(found, Key.LOCALITIES, "báo cáo", "report", "reports")
        yield material.voice(
            "Đã tiếp nhận, trao đổi với địa phương về {said}.", "Exchanged {said} with localities.", said=said
        )


def _training(material: Material) -> Iterator[str]:
    voice, courses = material.voice, material.get(Key.TRAININGS)
    if not courses:
        return
    people = foreign = ""
    if trained := material.get(Key.TRAINED):
        said = voice.counted(trained, Key.TRAINED, "lượt học viên", "person taught", "persons taught")
        people = voice(", với {said}", ", with {said}", said=said)
    if found := material.get(Key.TRAININGS_FOREIGN):
        said = voice.counted(found, Key.TRAININGS_FOREIGN, "khóa", "course", "courses")
        foreign = voice(
            ", trong đó {said} cho cán bộ, công chức nước ngoài", ", of which {said} for foreign officials", said=said
        )
    yield voice(
        "Công tác đào tạo, bồi dưỡng: đã tổ chức, tham gia {said}{people}{foreign}.",
        "Training: {said}{people}{foreign}.",
        said=voice.counted(courses, Key.TRAININGS, "khóa", "course held or attended", "courses held or attended"),
        people=people,
        foreign=foreign,
    )


def _publicity(material: Material) -> Iterator[str]:
    if found := material.get(Key.PUBLICITY):
        said = material.voice.counted(found, Key.PUBLICITY, "tin, bài, ấn phẩm", "item", "items")
        yield material.voice(
            "Thông tin đối ngoại: đã thực hiện {said} bằng tiếng nước ngoài.",
            "External information: {said} in foreign languages.",
            said=said,
        )


def _outreach(material: Material) -> Iterator[str]:
    yield from _publicity(material)
    found, voice = material.get(Key.OUTREACH), material.voice
    if found:
        yield voice(
            "Đã thực hiện {said} phổ biến, đôn đốc thực hiện cam kết quốc tế: {named}",
            "Carried out {said} to spread and urge international commitments: {named}",
            said=voice.counted(found, Key.OUTREACH, "hoạt động", "activity", "activities"),
            named=voice.titled(of_work(material, WorkKind.OUTREACH), keep=NAMED),
        )


def _documents(material: Material) -> Iterator[str]:
    found, voice = material.get(Key.DOCUMENTS), material.voice
    if found:
        items = [
            f"{plain(row['title'])}{voice(' ({body})', ' ({body})', body=plain(row['body'])) if row['body'] else ''}"
            for row in of_work(material, WorkKind.DOCUMENTS)[:NAMED]
        ]
        yield voice(
            "Về trao đổi tài liệu, đã thực hiện {said}: {named}",
            "Exchange of documents, {said}: {named}",
            said=voice.counted(found, Key.DOCUMENTS, "đợt", "exchange", "exchanges"),
            named=voice.listed(items),
        )


def _afterwards(material: Material) -> Iterator[str]:
    """What was done between the end of the period and the day of the figures; it counts in no figure."""
    rows = [row for row in material.told("later") if row["done"] and row["kind"] == RowKind.WORK]
    if rows:
        yield material.voice(
            "Ngoài ra, sau kỳ báo cáo, đến ngày {day} đã ghi nhận: {named}",
            "Recorded after the period, by {day}: {named}",
            day=material.as_of_said,
            named=material.voice.titled(rows, keep=NAMED),
        )


def _meetings(material: Material) -> Iterator[str]:
    """Recurring meetings: how many were held and attended; of some a source says only that all were attended."""
    voice = material.voice
    held, attended = material.get(Key.MEETINGS_HELD), material.get(Key.MEETINGS_ATTENDED)
    if attended:
        said = voice.counted(
            attended, Key.MEETINGS_ATTENDED, "cuộc họp định kỳ", "recurring meeting", "recurring meetings"
        )
        of_all = ""
        if held and held["source"] is None and held["value"] > attended["value"]:
            all_said = voice.counted(held, Key.MEETINGS_HELD, "cuộc đã tổ chức", "held", "held")
            of_all = voice(" trong số {said}", " of {said}", said=all_said)
        yield voice("Đã tham dự {said}{of_all}.", "Attended {said}{of_all}.", said=said, of_all=of_all)
    counted = {row["series"] for row in material.of(RowKind.MEETING) if row["status"] in Attendance.HELD}
    for row in of_work(material, WorkKind.RECURRING):
        if row.get("attended_until") and row["number"] not in counted:
            yield voice(
                "Đã tham dự đầy đủ {title}, tính đến ngày {day}.",
                "Attended all meetings of this series until {day}: {title}.",
                title=plain(row["title"])[:1].lower() + plain(row["title"])[1:],
                day=voice.date(row["attended_until"]),
            )


# --- posts --------------------------------------------------------------------------------------------------------------


def staff(material: Material) -> list[Block]:
    """What the department is there for, and its posts: assigned, filled, vacant; who heads it."""
    return _paragraphs(_staff(material))


def _staff(material: Material) -> Iterator[str]:
    voice, quota, filled = material.voice, material.get(Key.STAFF_QUOTA), material.get(Key.STAFF_FILLED)
    posts = material.of(RowKind.POST)
    if not posts:
        return
    yield voice(
        "{issuer} là đầu mối tham mưu, thực hiện công tác đối ngoại, hợp tác quốc tế của {ministry}.",
        "{issuer} is the focal point for the international cooperation of {ministry}.",
        issuer=material.issuer,
        ministry=material.ministry,
    )
    parts = []
    if quota:
        said = voice.counted(quota, Key.STAFF_QUOTA, "biên chế", "post", "posts")
        parts.append(voice("được giao {said} theo đề án vị trí việc làm", "{said} assigned", said=said))
    if filled and filled["value"]:
        said = voice.counted(filled, Key.STAFF_FILLED, "người", "person in post", "persons in post")
        parts.append(voice("hiện có {said}", "{said}", said=said))
    vacant = material.get(Key.STAFF_VACANT)
    if vacant and vacant["value"]:
        said = voice.counted(vacant, Key.STAFF_VACANT, "vị trí", "vacant post", "vacant posts")
        parts.append(voice("còn thiếu {said}", "{said}", said=said))
    if parts:
        yield voice("Về biên chế: {parts}.", "Posts: {parts}.", parts="; ".join(parts))
    if not posts[0]["headed"]:
        acting = next((row for row in posts if row["acting"]), None)
        who = plain(acting["title"]).partition(", ")[2] if acting else ""
        if who:
            yield voice(
                "Chưa có người đứng đầu; {who} điều hành.", "There is no head yet; {who} is in charge.", who=who
            )
        else:
            yield voice("Chưa có người đứng đầu.", "There is no head yet.")
