"""The address book of partners from a spreadsheet. All rows or none; the same sheet twice adds nothing twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from agreements.choices import NameKind, PartnerKind, PartnerTier
from agreements.likeness import readings
from agreements.models import GroupMembership, Partner, PartnerGroup
from agreements.queries.alike import names_of, partners_like
from agreements.queries.tree import survivor
from agreements.registers.reading import Atlas, CellUnclear, Line, Units, read_lines
from agreements.services import create_partner, save_group, update_partner
from intlcoop.catalogues.models import CooperationField
from intlcoop.exporting.table_reading import TableUnreadable
from intlcoop.people.registers import ImportResult, RowResult
from intlcoop.vietnamese.folding import fold
from intlcoop.workflow.refusals import Refused

if TYPE_CHECKING:
    from intlcoop.people.models import OrgUnit, User

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "number": ("TT", "STT", "Số TT"),
    "name_vi": ("Tên đối tác", "Đối tác", "Tên cơ quan", "Tên tiếng Việt", "Tên cơ quan, tổ chức", "Tên tổ chức"),
    "name_en": ("Tên tiếng Anh", "Tiếng Anh"),
    "name_native": ("Tên bản ngữ", "Tên nguyên ngữ", "Tên gốc"),
    "short_name": ("Tên viết tắt", "Viết tắt", "Chữ viết tắt"),
    "other": ("Tên gọi khác", "Tên khác", "Tên cũ"),
    "kind": ("Loại đối tác", "Loại", "Loại hình", "Phân loại"),
    "country": ("Quốc gia", "Nước", "Quốc gia, vùng lãnh thổ"),
    "parent": ("Trực thuộc", "Cơ quan chủ quản", "Thuộc"),
    "tier": ("Mức độ quan hệ", "Mức độ"),
    "units": ("Đơn vị hợp tác", "Đơn vị đầu mối", "Đơn vị", "Đơn vị của Bộ"),
    "group": ("Nhóm", "Nhóm đối tác"),
    "fields": ("Lĩnh vực hợp tác", "Lĩnh vực"),
    "in_viet_nam": ("Tại Việt Nam", "Văn phòng tại Việt Nam", "Có văn phòng tại Việt Nam"),
    "address": ("Địa chỉ",),
    "website": ("Trang thông tin điện tử", "Website", "Trang web"),
    "needs": ("Nhu cầu hợp tác", "Nhu cầu"),
    "capacity": ("Năng lực, thế mạnh", "Thế mạnh", "Năng lực"),
}
NEEDED = ("name_vi",)
MOST_ROWS = 5_000
#: Words by which people say what kind of body it is, or by which its name shows it; the first that fits counts.
KINDS = (
    (PartnerKind.EMBASSY, ("dai su quan", "lanh su quan", "embassy", "consulate")),
    (PartnerKind.UNIVERSITY, ("dai hoc", "university", "hoc vien", "academy", "vien", "institute", "college")),
    (PartnerKind.ARCHIVE, ("luu tru", "archives")),
    (PartnerKind.IFI, ("dinh che tai chinh", "ngan hang", "bank", "quy tien te")),
    (PartnerKind.UN_AGENCY, ("lien hop quoc", "united nations", "lhq", "un")),
    (PartnerKind.DONOR_GROUP, ("nhom nha tai tro", "nhom doi tac", "donor group")),
    (PartnerKind.INGO, ("phi chinh phu quoc te", "phi chinh phu nuoc ngoai", "pcpnn", "ingo")),
    (PartnerKind.NGO, ("phi chinh phu", "ngo")),
    (PartnerKind.INTERGOVERNMENTAL, ("lien chinh phu", "intergovernmental")),
    (PartnerKind.FOREIGN_MINISTRY, ("bo", "co quan nha nuoc", "uy ban", "cuc", "ministry", "department", "commission")),
    (PartnerKind.OTHER, ("khac", "other")),
)
TIERS = {
    PartnerTier.STRATEGIC: ("chien luoc", "strategic"),
    PartnerTier.TRADITIONAL: ("truyen thong", "traditional"),
    PartnerTier.NEW: ("moi", "new"),
}
WEBSITE = forms.URLField(required=False, max_length=200, assume_scheme="https")
YES = {"co", "x", "yes", "1", "true", "dung"}
#: Texts that are taken as they stand, and what there is room for.
TEXTS = {
    "name_en": 200, "name_native": 200, "short_name": 40, "address": 300, "website": 200, "needs": 2000, "capacity": 2000,
}  # fmt: skip


def import_partners(
    data: bytes, *, dry_run: bool, actor: User | None, source: str = "", default_unit: OrgUnit | None = None
) -> ImportResult:
    """Add partners, or complete those that are there. Each row says to which partners its name comes near.

    Raises TableUnreadable when the file is no such table.
    """
    if actor is None:
        raise TableUnreadable(_("Say in whose name the partners are taken over (--actor USERNAME)."))
    lines = read_lines(data, COLUMNS, needed=NEEDED)
    if len(lines) > MOST_ROWS:
        raise TableUnreadable(_("The file has more than %(limit)s rows. Split it.") % {"limit": MOST_ROWS})
    result, book = ImportResult(), Book(default_unit)
    with transaction.atomic():
        for line in lines:
            result.rows.append(_taken_over(line, book, actor))
        result.saved = not dry_run and not result.has_errors
        transaction.set_rollback(not result.saved)
    return result


class Book:
    """What the rows are compared with; loaded once."""

    def __init__(self, default_unit: OrgUnit | None) -> None:
        self.atlas = Atlas()
        self.units = Units(default_unit)
        self.fields = {
            fold(name): field for field in CooperationField.objects.all() for name in (field.name_vi, field.name_en)
        }


def _taken_over(line: Line, book: Book, actor: User) -> RowResult:
    """One row written in a savepoint of its own, so that the others are still looked at."""
    try:
        with transaction.atomic():
            action, message = _write(line, book, actor)
    except CellUnclear as unclear:
        action, message = "error", str(unclear)
    except Refused as refusal:
        action, message = "error", " ".join(refusal.reasons)
    return RowResult(line.number, action, message)


def _write(line: Line, book: Book, actor: User) -> tuple[str, str]:
    values = _understood(line, book)
    units, group, names = values.pop("units"), values.pop("group"), values.pop("names")
    found = Partner.objects.same_as(values["name_vi"], values["country"]).first()
    if found is not None:
        return _completed(survivor(found), values, units, names, group, actor)
    near = partners_like([values["name_vi"], values["name_en"], values["short_name"], *names], values["country"])
    rows = [{"name": name, "kind": NameKind.ALIAS} for name in names]
    partner = create_partner(actor=actor, names=rows, units=[{"unit": unit} for unit in units], **values)
    _join(partner, group, actor)
    message = _("%(name)s: new partner.") % {"name": partner.name_vi}
    if near:
        others = "; ".join(f"“{each.partner.name_vi}”" for each in near)
        warning = _(
            "Looks like %(others)s, which is in the list. If it is the same, write that name, or merge them later."
        )
        message = f"{message} {warning % {'others': others}}"
    return "create", message


def _completed(
    partner: Partner, values: dict[str, Any], units: Iterable[OrgUnit], names: list[str], group: str, actor: User
) -> tuple[str, str]:
    """What the row knows more: empty fields, other names, units, the group. Nothing that is written is overwritten."""
    more = {
        name: values[name] for name in (*TEXTS, "tier", "parent") if values.get(name) and not getattr(partner, name)
    }
    if values["in_viet_nam"] and not partner.in_viet_nam:
        more["in_viet_nam"] = True
    known = {fold(name) for name in names_of(partner)}
    new_names = [name for name in names if fold(name) not in known]
    own = list(partner.units.select_related("unit"))
    new_units = [unit for unit in units if unit.pk not in {row.unit_id for row in own}]
    joined = _join(partner, group, actor)
    if not (more or new_names or new_units or joined):
        return "skip", _("%(name)s: nothing new.") % {"name": partner.name_vi}
    rows: dict[str, Any] = {}
    if new_names:
        kept = [{"name": row.name, "kind": row.kind, "until": row.until} for row in partner.names.all()]
        rows["names"] = [*kept, *({"name": name, "kind": NameKind.ALIAS} for name in new_names)]
    if new_units:
        as_they_are = [
            {"unit": row.unit, "since": row.since, "until": row.until, "content": row.content} for row in own
        ]
        rows["units"] = [*as_they_are, *({"unit": unit} for unit in new_units)]
    update_partner(partner, actor=actor, **rows, **more)
    return "update", _("%(name)s: completed.") % {"name": partner.name_vi}


def _join(partner: Partner, group: str, actor: User) -> bool:
    """Whether the partner was taken into the group, which is made when there is none of this name."""
    if not group:
        return False
    found = next((each for each in PartnerGroup.objects.all() if fold(each.name_vi) == fold(group)), None)
    found = found or save_group(None, name_vi=group[:200], actor=actor)
    _row, made = GroupMembership.objects.get_or_create(group=found, partner=partner)
    return made


def _understood(line: Line, book: Book) -> dict[str, Any]:
    """The fields of a partner as the row says them. Raises CellUnclear, with all that is unclear in one sentence."""
    problems: list[str] = []

    def attempt(read: Any, otherwise: Any) -> Any:
        try:
            return read()
        except CellUnclear as unclear:
            problems.append(str(unclear))
            return otherwise

    name = line.text("name_vi") or line.text("name_en")
    if not fold(name):
        problems.append(_("The name of the partner is missing."))
    if len(name) > 200:
        problems.append(_("The name is longer than 200 characters: “%(name)s…”.") % {"name": name[:60]})
    values: dict[str, Any] = {
        "name_vi": name,
        "kind": attempt(lambda: read_kind(line.text("kind"), name), PartnerKind.OTHER),
        "country": attempt(lambda: read_country(line.text("country"), name, book.atlas), None),
        "tier": attempt(lambda: read_tier(line.text("tier")), ""),
        "units": attempt(lambda: book.units.units(line.parts("units")), []),
        "fields": attempt(lambda: read_fields(line.parts("fields"), book.fields), []),
        "in_viet_nam": fold(line.text("in_viet_nam")) in YES,
        "names": line.parts("other"),
        "group": line.text("group"),
        "parent": attempt(lambda: read_parent(line.text("parent")), None),
        **{text: line.text(text)[:longest] for text, longest in TEXTS.items()},
        "website": attempt(lambda: read_website(line.text("website")), ""),
    }
    if problems:
        raise CellUnclear(" ".join(problems))
    return values


def read_kind(text: str, name: str) -> str:
    """The kind that is named, else the one that the name shows. Raises CellUnclear for a word that is none."""
    plain = fold(text)
    labels = {fold(str(label)): value for value, label in PartnerKind.choices}
    if plain in labels or text in PartnerKind.values:
        return labels.get(plain, text)
    for kind, words in KINDS:
        if any(f" {word} " in f" {plain or fold(name)} " for word in words):
            return kind
    if plain:
        sentence = _("“%(value)s” is no kind of partner. One of: %(kinds)s.")
        raise CellUnclear(
            sentence % {"value": text[:60], "kinds": ", ".join(str(label) for label in PartnerKind.labels)}
        )
    return PartnerKind.OTHER


def read_website(text: str) -> str:
    """The address as a link can lead there; "www.archives.gov" without its beginning too. Raises CellUnclear."""
    try:
        return WEBSITE.clean(text)  # type: ignore[no-any-return]
    except ValidationError as error:
        raise CellUnclear(_("“%(value)s” is no address of a website.") % {"value": text[:60]}) from error


def read_country(text: str, name: str, atlas: Atlas) -> Any:
    """The country of the cell; of an empty cell, the one that the name itself says."""
    if text:
        return atlas.country(text)
    places = {place for reading in readings(name) for place in reading.places}
    return atlas.country(places.pop()) if len(places) == 1 else None


def read_tier(text: str) -> str:
    plain = fold(text)
    for tier, words in TIERS.items():
        if any(word in plain for word in words):
            return tier
    if plain:
        sentence = _("“%(value)s” does not say how close the partner is. Write: chiến lược, truyền thống or mới.")
        raise CellUnclear(sentence % {"value": text[:60]})
    return ""


def read_fields(texts: list[str], known: Mapping[str, CooperationField]) -> list[CooperationField]:
    unknown = [text for text in texts if fold(text) not in known]
    if unknown:
        raise CellUnclear(_("“%(value)s” is no field of cooperation of the list.") % {"value": unknown[0][:60]})
    return [known[fold(text)] for text in texts]


def read_parent(text: str) -> Partner | None:
    """The partner above, which has to stand in the list or in a row before."""
    if not text:
        return None
    found = Partner.objects.living().filter(folded_name=fold(text)).first()
    if found is None:
        sentence = _("The partner above, “%(value)s”, is not in the list. Put its row before this one.")
        raise CellUnclear(sentence % {"value": text[:80]})
    return found
