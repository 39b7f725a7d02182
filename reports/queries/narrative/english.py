"""The fixed words of the report in English: headings, names of periods, months. Names follow Circular 03/2009/TT-BNG as far as it
has them (domain.md C3)."""

from __future__ import annotations

from collections.abc import Mapping

from intlcoop.vietnamese.counts import Qualifier
from reports.choices import Variant

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
COUNT_WORDS = {Qualifier.MORE_THAN: "more than", Qualifier.AT_LEAST: "at least", Qualifier.ABOUT: "about"}
PERIODS = {
    "h1": "the first six months of {year}",
    "h2": "the last six months of {year}",
    "q1": "the first quarter of {year}",
    "q2": "the second quarter of {year}",
    "q3": "the third quarter of {year}",
    "q4": "the fourth quarter of {year}",
}
#: Titles of sections by their key; those of a variant stand below.
TITLES: Mapping[str, str] = {
    "context": "Background and general situation",
    "results": "Results of international cooperation in {year}",
    "advice": "Advisory work, drafting of documents and plans",
    "outbound": "Outbound delegations",
    "inbound": "Inbound delegations and reception of foreign guests",
    "multilateral": "Multilateral cooperation",
    "un": "The United Nations and international organisations",
    "regional": "ASEAN cooperation",
    "forum": "Forums and sub-regional mechanisms",
    "bilateral": "Bilateral cooperation",
    "ngo": "Non-governmental organisations and development partners",
    "agreements": "Conclusion and implementation of treaties and international agreements",
    "events": "International conferences and workshops",
    "projects": "Programmes, projects and aid",
    "conventions": "Human rights and implementation of conventions",
    "work": "External information, training and coordination",
    "staff": "Organisation and staffing",
    "assessment": "General assessment",
    "strengths": "Strengths",
    "limits": "Limitations",
    "causes": "Causes",
    "directions": "Directions and tasks for {next}",
    "conclusions": "Instructions of the leadership",
    "proposals": "Recommendations and proposals",
    "opinions": "Opinions of the units",
    "meetings": "Recurring meetings",
    "outreach": "Dissemination of treaties and international agreements",
    "tasks": "Coordination tasks",
    "training": "Training and external information",
    "session": "Conference on implementing international cooperation",
    "coordination": "Coordination and new regulations",
    "rules": "New documents and regulations",
    "units": "Results and proposals of the units",
    "by_unit": "Figures of the units",
    "annex.figures": "Main figures",
    "annex.outbound": "List of outbound delegations",
    "annex.inbound": "List of inbound delegations",
    "annex.agreements": "List of agreements signed",
    "annex.events": "List of international conferences and workshops",
    "annex.projects": "List of programmes and projects",
    "annex.gaps": "Matters without sufficient data",
}
OF_VARIANTS: Mapping[str, Mapping[str, str]] = {
    Variant.CHANNEL: {"results": "Results of international cooperation in {year} by channel"},
    Variant.LEADER_SESSION: {
        "results": "Results of the tasks carried out",
        "staff": "Organisation, staffing and functions",
    },
}
CLOSING = "Attached to this report"
ANNEX = "Annex"

#: Headers and other fixed words of tables.
WORDS: Mapping[str, str] = {
    "TT": "No.",
    "Tên đoàn": "Delegation",
    "Trưởng đoàn": "Head of delegation",
    "Nước đến": "Countries visited",
    "Thời gian": "Dates",
    "Số người": "Persons",
    "Đơn vị đề nghị": "Proposing unit",
    "Văn bản cử đoàn": "Decision",
    "Cơ quan mời": "Inviting organisation",
    "Kinh phí": "Funding",
    "Ghi chú": "Remarks",
    "Cơ quan, đối tác": "Organisation, partner",
    "Nước": "Country",
    "Số khách": "Guests",
    "Người chủ trì tiếp": "Received by",
    "Đơn vị đầu mối": "Focal unit",
    "Tên hội nghị, hội thảo": "Conference, workshop",
    "Cơ chế hợp tác": "Mechanism",
    "Địa điểm": "Place",
    "Cơ quan tổ chức": "Organiser",
    "Tên thỏa thuận": "Agreement",
    "Đối tác": "Partner",
    "Ngày ký": "Signed on",
    "Nơi ký": "Signed at",
    "Thời hạn": "Valid until",
    "Đơn vị chủ trì": "Lead unit",
    "Tên chương trình, dự án": "Programme, project",
    "Nhà tài trợ": "Donor",
    "Viện trợ": "Aid",
    "Vốn đối ứng": "Counterpart funds",
    "Địa bàn": "Localities",
    "Chỉ tiêu": "Figure",
    "Ước cả năm": "Estimate of the whole year",
    "Ước cả kỳ": "Estimate of the whole period",
    "Đơn vị": "Unit",
    "Đoàn ra": "Outbound delegations",
    "Đoàn vào": "Inbound delegations",
    "Hội nghị, hội thảo": "Conferences and workshops",
    "Thỏa thuận ký trong kỳ": "Agreements signed in the period",
    "Thỏa thuận đã ký": "Agreements signed so far",
    "Dự án": "Projects",
    "Cộng": "Total",
    "Toàn Bộ": "Whole ministry",
    "Đoàn tháp tùng": "Accompanying senior leaders",
    "Chưa nêu nước đến": "Country not stated",
    "Chủ trì tổ chức": "Held by the ministry",
    "Tham dự": "Attended",
    "Trong kế hoạch": "In the plan",
    "Ngoài kế hoạch": "Outside the plan",
    "Chưa rõ trong hay ngoài kế hoạch": "Not stated whether in the plan",
    "Ngân sách nhà nước": "State budget",
    "Phía mời": "Host",
    "Chương trình, dự án": "Programme, project",
    "Nguồn thu của đơn vị": "Income of the unit",
    "Nguồn khác": "Other source",
    "Phía mời chi toàn bộ": "All costs borne by the host",
    "Đoàn liên ngành": "Inter-agency delegation",
    "Chưa nêu tên trong nguồn": "Not named in the source",
    "Dữ liệu minh họa": "Sample data",
}
