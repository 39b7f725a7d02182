"""Notes on a partner: who reads which, said twice and always the same."""

from __future__ import annotations

import uuid

import pytest
import rules

from agreements.choices import NoteAudience
from agreements.models import PartnerNote
from agreements.services import add_note, withdraw_note
from intlcoop.workflow.refusals import NotAllowed, Refused
from tests.agreements.factories import PartnerFactory
from tests.ministry import ACCOUNTS

pytestmark = pytest.mark.django_db


def test_the_list_and_the_right_agree_for_every_account_author_and_audience(ministry):
    """The property: can_view(user, note) equals visible_to(user) contains note."""
    partner = PartnerFactory()
    for author in ("chuyenvien", "htqt", "botruong"):
        for audience in NoteAudience:
            add_note(partner, f"{author} {audience}", actor=ministry.person(author), audience=audience)
    withdraw_note(PartnerNote.objects.get(author=ministry.botruong, audience="inner"), actor=ministry.htqt)
    seen = {}
    for name in ACCOUNTS:
        person = ministry.person(name)
        listed = set(PartnerNote.objects.visible_to(person))
        seen[name] = len(listed)
        for note in PartnerNote.objects.all():
            assert (note in listed) == rules.has_perm("agreements.view_note", person, note), (name, note)
    assert seen["htqt"] == seen["botruong"] == seen["thutruong"] == 5
    assert seen["chuyenvien"] == 4  # three for everybody, and the inner one of their own
    assert seen["kiemtoan"] == seen["truonghoc"] == 3


def test_who_only_reads_writes_none_and_only_the_author_or_the_department_takes_one_back(ministry):
    partner = PartnerFactory()
    with pytest.raises(NotAllowed):
        add_note(partner, "x", actor=ministry.kiemtoan)
    for bad in ({"text": " "}, {"text": "x", "audience": "nonsense"}):
        with pytest.raises(Refused):
            add_note(partner, actor=ministry.chuyenvien, **bad)
    note = add_note(partner, "Thích trà", actor=ministry.chuyenvien)
    with pytest.raises(NotAllowed):
        withdraw_note(note, actor=ministry.taichinh)
    withdraw_note(note, actor=ministry.chuyenvien)
    with pytest.raises(NotAllowed):
        withdraw_note(note, actor=ministry.chuyenvien)


def test_by_clicking(client, ministry):
    partner, person = PartnerFactory(), ministry.chuyenvien
    client.force_login(person)
    url = f"/doi-tac/{partner.pk}/ghi-chu/"
    sent = {"_nguoi_dung": str(person.pk), "_yeu_cau": str(uuid.uuid4()), "audience": "inner"}
    page = client.post(url, sent | {"text": ""})
    assert page.context["form"].errors["text"]
    assert client.post(url, sent | {"text": "Nên hẹn trước hai tuần"}, follow=True).status_code == 200
    note = PartnerNote.objects.get()
    client.force_login(ministry.taichinh)
    assert "hai tuần" not in client.get(f"/doi-tac/{partner.pk}/tom-tat/").content.decode()
    other = {"_nguoi_dung": str(ministry.taichinh.pk), "_yeu_cau": str(uuid.uuid4())}
    assert client.post(f"/doi-tac/ghi-chu/{note.pk}/rut/", other).status_code == 404
    client.force_login(person)
    client.post(f"/doi-tac/ghi-chu/{note.pk}/rut/", sent)
    assert "hai tuần" not in client.get(f"/doi-tac/{partner.pk}/tom-tat/").content.decode()
    assert client.get(url).status_code == 302
