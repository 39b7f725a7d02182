"""The items of dossiers, as they are shipped: dated rows with their basis (domain.md B.4, articles 27 and 28 of Law 70/2020)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from agreements.choices import AgreementFile, ItemSource
from agreements.models import DossierItem
from agreements.models.duty import LegalRow
from agreements.reference.routes import LAW, LAW_SINCE, SINCE
from intlcoop.regulations.models import Instrument

KIND = "agreement"
ARTICLE_27, ARTICLE_28 = "Luật 70/2020/QH14, Điều 27", "Luật 70/2020/QH14, Điều 28"
ARTICLE_7 = "Luật 70/2020/QH14, Điều 7"
OF_THE_LAW = {"regime": ["agreement"]}
OF_PAPERS = {"regime": ["paper"]}
CHECK = "Quy chế của Bộ; cần đối chiếu"


def field(code: str, name_vi: str, name_en: str, citation: str, **more: Any) -> dict[str, Any]:
    return {
        "code": code,
        "source": ItemSource.FIELD,
        "key": code,
        "name_vi": name_vi,
        "name_en": name_en,
        "citation": citation,
        **more,
    }


def file(code: str, key: str, name_vi: str, name_en: str, citation: str, **more: Any) -> dict[str, Any]:
    return {
        "code": code,
        "source": ItemSource.FILE,
        "key": key,
        "name_vi": name_vi,
        "name_en": name_en,
        "citation": citation,
        **more,
    }


ITEMS: tuple[dict[str, Any], ...] = (
    field("purpose", "Yêu cầu và mục đích của việc ký", "Need for and purpose of the signing", ARTICLE_27,
          conditions=OF_THE_LAW),
    field("content", "Nội dung chính của thỏa thuận", "Main content of the agreement", ARTICLE_27, conditions=OF_THE_LAW),
    field(
        "assessment",
        "Đánh giá tác động; tính hợp hiến, hợp pháp; việc tuân thủ Điều 3 của Luật; tính khả thi",
        "Impact; lawfulness; keeping of article 3 of the law; feasibility", ARTICLE_27, conditions=OF_THE_LAW,
    ),
    file("draft-vi", AgreementFile.DRAFT_VI, "Dự thảo thỏa thuận bằng tiếng Việt", "Draft in Vietnamese", ARTICLE_27,
         conditions={**OF_THE_LAW, "vietnamese_text": ["yes"]}),
    file("translation", AgreementFile.TRANSLATION, "Bản dịch tiếng Việt (văn bản ký không có bản tiếng Việt)",
         "Vietnamese translation (there is no Vietnamese text)", ARTICLE_7,
         conditions={**OF_THE_LAW, "vietnamese_text": ["no"]}),
    file("draft-foreign", AgreementFile.DRAFT_FOREIGN, "Dự thảo thỏa thuận bằng tiếng nước ngoài",
         "Draft in the foreign language", ARTICLE_27, conditions={**OF_THE_LAW, "foreign_text": ["yes"]}),
    field("opinions_taken_in", "Giải trình việc tiếp thu ý kiến của các cơ quan",
          "Explanation of how the opinions were taken in", ARTICLE_28,
          conditions={**OF_THE_LAW, "in_name_of": ["state", "government", "ministry"], "disagreement": ["yes"]}),
    field("content", "Nội dung chính của văn bản hợp tác", "Main content of the paper", CHECK, conditions=OF_PAPERS,
          valid_from=SINCE, code_of="paper-content"),
    file("paper-draft", AgreementFile.DRAFT_VI, "Dự thảo văn bản hợp tác bằng tiếng Việt", "Draft in Vietnamese", CHECK,
         conditions={**OF_PAPERS, "vietnamese_text": ["yes"]}, valid_from=SINCE),
    file("paper-translation", AgreementFile.TRANSLATION, "Bản dịch tiếng Việt của văn bản hợp tác",
         "Vietnamese translation of the paper", CHECK, conditions={**OF_PAPERS, "vietnamese_text": ["no"]}, valid_from=SINCE),
)  # fmt: skip


def load() -> None:
    rows = [{"kind": KIND, "position": place, **row} for place, row in enumerate(ITEMS)]
    insert_missing(DossierItem, rows, instrument=LAW, since=LAW_SINCE)


def insert_missing(model: type[LegalRow], rows: Sequence[dict[str, Any]], *, instrument: str, since: dt.date) -> None:
    """Insert the rows whose code is not there for their kind of file; what somebody changed here stays.

    A row of the shipped basis names it in its citation; others stand on no instrument.
    """
    known = set(model._default_manager.values_list("kind", "code"))
    wanted = [row | {"code": row.get("code_of", row["code"])} for row in rows]
    missing = [row for row in wanted if (row["kind"], row["code"]) not in known]
    if not missing:
        return
    basis = Instrument.objects.filter(symbol=instrument).first()
    made = []
    for row in missing:
        row.pop("code_of", None)
        stands_on = basis if basis is not None and instrument in row["citation"] else None
        weak = "cần đối chiếu" in row["citation"]
        made.append(model(**{"valid_from": since, "instrument": stands_on, "needs_check": weak, **row}))
    model._default_manager.bulk_create(made)
