"""One person in one capacity: by which appointment, in which form of signature, for whom."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from intlcoop.people.choices import SignatureForm
from intlcoop.people.titles import full_title, office_title, plain_title, with_unit

if TYPE_CHECKING:
    from intlcoop.people.models import Appointment, Substitution, User
    from intlcoop.people.roster import Roster


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who may act in an office on a day.

    `form` is a SignatureForm: empty for the office's own head, KT for a deputy, TL / TL_KT / TUQ for who signs by order
    or authorisation. `seat` is the appointment of the person who is stood in for, None when nobody is.
    """

    appointment: Appointment
    form: str
    roster: Roster = field(repr=False, compare=False)
    seat: Appointment | None = None
    substitution: Substitution | None = None

    @property
    def user(self) -> User:
        return self.appointment.person

    @property
    def acting(self) -> bool:
        return self.appointment.acting

    @property
    def on_behalf_of(self) -> User | None:
        """Whom this person stands in for; a deputy in charge of a vacant seat stands in for nobody."""
        return self.seat.person if self.seat else None

    @property
    def title(self) -> str:
        """The person's own title in Vietnamese, as papers and the record of a decision write it."""
        return self.title_in("vi")

    def title_in(self, language: str) -> str:
        return full_title(self.roster.titles, self.appointment).of(language)


def by_order(holder: Holder) -> Holder:
    """The same head of unit (or deputy in charge) signing a paper of the ministry by the minister's order (TL.)."""
    form = {SignatureForm.OWN: SignatureForm.TL, SignatureForm.KT: SignatureForm.TL_KT}.get(SignatureForm(holder.form))
    return replace(holder, form=form) if form else holder


def signature_lines(holder: Holder) -> list[str]:
    """The lines above the name, in capitals, top to bottom (Decree 30/2020, article 13 and annex I, box 7a).

    A deputy in charge signs as a deputy. Examples: ["BỘ TRƯỞNG"], ["KT. BỘ TRƯỞNG", "THỨ TRƯỞNG"],
    ["TL. BỘ TRƯỞNG", "KT. VỤ TRƯỞNG VỤ HỢP TÁC QUỐC TẾ", "PHÓ VỤ TRƯỞNG"].
    """
    roster, appointment = holder.roster, holder.appointment
    own = plain_title(roster.titles, appointment).vi
    if holder.form == SignatureForm.KT:
        lines = [f"KT. {roster.chief_title(appointment).vi}", own]
    elif holder.form == SignatureForm.TL:
        lines = [f"TL. {roster.minister_title().vi}", with_unit(own, appointment.unit)]
    elif holder.form == SignatureForm.TL_KT:
        chief = with_unit(roster.chief_title(appointment).vi, appointment.unit)
        lines = [f"TL. {roster.minister_title().vi}", f"KT. {chief}", own]
    elif holder.form == SignatureForm.TUQ and holder.seat is not None:
        chief = office_title(roster.titles, holder.seat.role, holder.seat.unit).vi
        lines = [f"TUQ. {chief}", with_unit(own, appointment.unit)]
    else:
        lines = [own]
    return [abbreviated(line).upper() for line in lines]


def abbreviated(line: str) -> str:
    """ "Q. Vụ trưởng" for whom the head's office was entrusted to: Decree 30 writes "Quyền" short before the title."""
    word, _space, title = line.partition(" ")
    return f"Q. {title}" if title and word.casefold() == "quyền" else line
