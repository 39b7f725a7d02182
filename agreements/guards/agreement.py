"""What keeps an agreement from being submitted or signed: the sentences that the user reads."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from agreements.choices import (
    AgreementFile,
    AgreementKind,
    DatePrecision,
    InNameOf,
    Procedure,
    Regime,
    SigningAuthority,
    TermKind,
    TextLanguage,
)
from agreements.guards.dossier import ItemState, attached_kinds, dossier_of, lacking
from agreements.models import InternationalAgreement
from agreements.queries.agreements import legal_values
from agreements.queries.twins import Twin, twins_of
from intlcoop.people import offices
from intlcoop.people.choices import Role, UnitType
from intlcoop.regulations.choices import ParameterKey, Severity
from intlcoop.regulations.queries import ParameterValue, legal_basis_text, parameters
from intlcoop.vietnamese.dates import table_date
from intlcoop.vietnamese.folding import fold
from intlcoop.web.file_numbers import shown
from intlcoop.workflow.models import Case

if TYPE_CHECKING:
    from intlcoop.people.models import User


def of(case: Case) -> InternationalAgreement:
    agreement = InternationalAgreement.objects.select_related("signer", "case__unit").get(case=case)
    agreement.case = case
    return agreement


# --- title ----------------------------------------------------------------------------------------------------------


def forbidden_words(title: str, words: list[str]) -> list[str]:
    """The words of the list that stand in this title as whole words; case, tone marks and accents do not count.

    "hiep dinh" typed without accents is found, "hiệp định" inside a longer word is not.
    """
    folded = f" {fold(title)} "
    return [word for word in words if f" {fold(word)} " in folded]


def title_rule(on: dt.date) -> ParameterValue | None:
    return parameters([ParameterKey.AGREEMENT_TITLES], on).get(ParameterKey.AGREEMENT_TITLES)


def title_problem(agreement: InternationalAgreement, on: dt.date) -> tuple[str, ParameterValue] | None:
    """What is wrong with the name of a paper that is no treaty, and the rule that says so."""
    if agreement.regime != Regime.INTERNATIONAL_AGREEMENT:
        return None
    rule = title_rule(on)
    found = forbidden_words(agreement.case.title, list(rule.value)) if rule else []
    if not found or rule is None:
        return None
    text = _("An agreement under Law 70/2020 cannot be called “%(words)s”, %(basis)s. Change its title.")
    return text % {"words": "”, “".join(found), "basis": legal_basis_text(rule)}, rule


def title_is_allowed(case: Case) -> str | None:
    agreement = of(case)
    if agreement.regime != Regime.TREATY and agreement.kind in AgreementKind.OF_TREATIES[:-1]:
        return _("“%(kind)s” is a kind of treaty. Choose another kind, or register it as a treaty.") % {
            "kind": agreement.get_kind_display()
        }
    found = title_problem(agreement, timezone.localdate())
    return found[0] if found is not None and found[1].severity == Severity.BLOCK else None


def is_not_there_twice(case: Case) -> list[str]:
    """The same paper under an English and a Vietnamese name is shown; who says why it is another one may go on."""
    agreement = of(case)
    if agreement.twin_reason.strip():
        return []
    twins = twins_of(agreement)
    cases = Case.objects.visible_to(case.created_by).filter(pk__in=[twin.agreement.case_id for twin in twins])
    open_to = set(cases.values_list("pk", flat=True)) if twins else set()
    return [twin_words(twin, is_open=twin.agreement.case_id in open_to) for twin in twins]


def twin_words(twin: Twin, *, is_open: bool) -> str:
    """A draft of another unit and what is secret are not named to whoever may not read them."""
    if not is_open:
        return _(
            "It looks like a paper with %(partner)s that you may not read; ask the department of international cooperation. "
            "If it is another one, say why in the box “%(box)s”."
        ) % {"partner": twin.partner, "box": _("why it is another one than those that look alike")}
    return _(
        "It looks like %(number)s “%(title)s” with %(partner)s. If it is another one, say why in the box “%(box)s”."
    ) % {
        "number": shown(twin.agreement.case.number),
        "title": twin.agreement.case.title,
        "partner": twin.partner,
        "box": _("why it is another one than those that look alike"),
    }


# --- submission -----------------------------------------------------------------------------------------------------


def regime_fits(case: Case) -> list[str]:
    """In whose name which paper can be signed: a vụ signs none, a treaty takes no route here."""
    agreement = of(case)
    found = []
    if agreement.regime == Regime.TREATY:
        return [_("A treaty takes no route here: the ICD registers it once it is signed.")]
    of_law = agreement.regime == Regime.INTERNATIONAL_AGREEMENT
    if of_law and agreement.in_name_of == InNameOf.UNIT:
        found.append(_("An agreement under Law 70/2020 is not signed in the name of an attached unit. Choose another."))
    if not of_law and agreement.in_name_of != InNameOf.UNIT:
        found.append(_("A cooperation paper outside Law 70/2020 is signed in the name of the attached unit itself."))
    if agreement.in_name_of == InNameOf.CUC and case.unit.unit_type != UnitType.AUTHORITY:
        found.append(
            _(
                "%(unit)s is no cục: a vụ or an office signs no agreement in its own name (Law 70/2020, article 20). "
                "Choose the ministry."
            )
            % {"unit": case.unit}
        )
    if agreement.in_name_of == InNameOf.UNIT and case.unit.unit_class != "attached":
        found.append(_("%(unit)s is no attached unit, so it signs no cooperation paper.") % {"unit": case.unit})
    return found


def has_parties(case: Case) -> str | None:
    return None if case.agreement.parties.exists() else _("Name at least one partner that signs with us.")


def has_term(case: Case) -> list[str]:
    agreement = of(case)
    match agreement.term_kind:
        case TermKind.AUTO_RENEWED if not agreement.renewal_months:
            return [_("Say by how many months it is renewed each time.")]
        case "":
            return [_("Say for how long it is to hold.")]
    return []


def short_procedure_has_reason(case: Case) -> str | None:
    agreement = of(case)
    if agreement.procedure == Procedure.SHORT and not agreement.procedure_reason.strip():
        return _("Say why the shortened procedure applies (articles 35 to 41 of Law 70/2020).")
    return None


def has_languages(case: Case) -> str | None:
    return None if of(case).languages else _("Say in which languages the text is made out.")


def items_of(agreement: InternationalAgreement, on: dt.date) -> list[ItemState]:
    """The dossier of an agreement, item by item, as it stands."""
    kinds = attached_kinds(agreement.case)
    return dossier_of("agreement", legal_values(agreement), kinds, agreement, on)


def dossier_is_complete(case: Case) -> list[str]:
    agreement = of(case)
    return lacking(items_of(agreement, timezone.localdate()))


SUBMISSION_GUARDS = (
    title_is_allowed,
    regime_fits,
    has_parties,
    has_languages,
    has_term,
    short_procedure_has_reason,
    dossier_is_complete,
    is_not_there_twice,
)


# --- signing --------------------------------------------------------------------------------------------------------


def days_of_signing_fit(case: Case) -> list[str]:
    agreement, today = of(case), timezone.localdate()
    if agreement.signed_on is None:
        return [_("Enter the day of signing.")]
    found = []
    if agreement.signed_on > today:
        found.append(_("The day of signing lies in the future. A signing is recorded once it happened."))
    cleared = case.status_changes.filter(transition="clear").order_by("-pk").first()
    if cleared is not None and agreement.signed_on < timezone.localdate(cleared.at):
        found.append(
            _("It was cleared for signing on %(day)s and cannot have been signed before.")
            % {"day": table_date(timezone.localdate(cleared.at))}
        )
    if agreement.effective_on and agreement.effective_on < agreement.signed_on:
        found.append(_("It cannot come into force before it is signed."))
    begins = agreement.effective_on or agreement.signed_on
    if agreement.expires_on and agreement.expires_on < begins:
        found.append(
            _("It would expire on %(expiry)s, before it is signed or in force (%(begins)s). Correct the days.")
            % {"expiry": table_date(agreement.expires_on), "begins": table_date(begins)}
        )
    if agreement.term_kind in (TermKind.FIXED, TermKind.AUTO_RENEWED) and agreement.expires_on is None:
        found.append(_("Enter the day on which its term ends."))
    return found


def signatory_has_authority(case: Case) -> list[str]:
    """Whoever does not sign by their own office shows the authorisation: number, date and the document itself."""
    agreement = of(case)
    if not agreement.signer_name:
        return [_("Say who signs for us.")]
    if agreement.regime == Regime.TREATY or holds_signing_office(agreement):
        return []
    if agreement.authority != SigningAuthority.AUTHORISED or not agreement.authority_document.strip():
        return [
            _(
                "%(name)s does not hold the office that signs in the name of: %(name_of)s. Enter number and date of the "
                "written authorisation, or choose another signatory."
            )
            % {"name": agreement.signer_name, "name_of": agreement.get_in_name_of_display()}
        ]
    if AgreementFile.AUTHORISATION not in attached_kinds(case):
        return [_("Attach the authorisation by which %(name)s signs.") % {"name": agreement.signer_name}]
    return []


def holds_signing_office(agreement: InternationalAgreement) -> bool:
    """Whether the signatory held, on the day of signing, the office in whose name the paper stands."""
    if agreement.signer is None or agreement.signed_on is None or agreement.authority == SigningAuthority.AUTHORISED:
        return False
    return may_sign(agreement.signer, agreement.in_name_of, agreement, agreement.signed_on)


def may_sign(person: User, in_name_of: str, agreement: InternationalAgreement, on: dt.date) -> bool:
    if in_name_of == InNameOf.MINISTRY:
        return person.appointments.on(on).filter(role=Role.MINISTER).exists()
    if in_name_of in (InNameOf.CUC, InNameOf.UNIT):
        held = offices.can_act(person, offices.UNIT_HEAD, agreement.case.unit, on)
        return held is not None and held.on_behalf_of is None
    return False


def has_vietnamese_text(case: Case) -> str | None:
    agreement = of(case)
    if agreement.regime == Regime.TREATY or TextLanguage.VI in agreement.languages:
        return None
    if AgreementFile.TRANSLATION in attached_kinds(case):
        return None
    return _("There is no Vietnamese text, so attach the Vietnamese translation (Law 70/2020, article 7).")


def says_where_original_is(case: Case) -> str | None:
    return None if of(case).original_kept.strip() else _("Say where the original is kept.")


def has_signed_text(case: Case) -> str | None:
    agreement = of(case)
    if agreement.is_secret or AgreementFile.SIGNED in attached_kinds(case):
        return None
    return _("Attach the signed text. If it is not to be published because it is secret, say so.")


SIGNING_GUARDS = (
    title_is_allowed,
    has_parties,
    days_of_signing_fit,
    signatory_has_authority,
    has_vietnamese_text,
    says_where_original_is,
    has_signed_text,
)


def in_force_day_has_come(case: Case) -> str | None:
    agreement = of(case)
    if agreement.signed_precision != DatePrecision.DAY or agreement.effective_on is None:
        return None
    if agreement.effective_on > timezone.localdate():
        return _("It comes into force on %(day)s.") % {"day": table_date(agreement.effective_on)}
    return None
