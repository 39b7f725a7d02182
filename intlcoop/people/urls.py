from __future__ import annotations

from django.urls import path

from intlcoop.people.views import administration, languages, offices, people, profile, substitutions, units

app_name = "people"
urlpatterns = [
    path("ho-so-cua-toi/", profile.profile, name="profile"),
    path("ho-so-cua-toi/thay-the/", profile.own_substitution, name="own_substitution"),
    path("ho-so-cua-toi/thay-the/<int:pk>/thu-hoi/", profile.own_substitution_revoke, name="own_substitution_revoke"),
    path("ho-so-cua-toi/ngoai-ngu/them/", languages.own, name="own_language"),
    path("quan-tri/ngoai-ngu/", languages.LanguageList.as_view(), name="language_list"),
    path("quan-tri/ngoai-ngu/them/", languages.create, name="language_create"),
    path("quan-tri/ngoai-ngu/<int:pk>/sua/", languages.change, name="language_change"),
    path("quan-tri/ngoai-ngu/<int:pk>/xoa/", languages.remove, name="language_remove"),
    path("quan-tri/", administration.home, name="administration"),
    path("quan-tri/nguoi-dung/", people.PersonList.as_view(), name="person_list"),
    path("quan-tri/nguoi-dung/them/", people.person_create, name="person_create"),
    path("quan-tri/nguoi-dung/<int:pk>/", people.person, name="person"),
    path("quan-tri/nguoi-dung/<int:pk>/sua/", people.person_change, name="person_change"),
    path("quan-tri/nguoi-dung/<int:pk>/mat-khau/", people.person_password, name="person_password"),
    path("quan-tri/nguoi-dung/<int:pk>/tai-khoan/", people.person_account, name="person_account"),
    path("quan-tri/nguoi-dung/<int:pk>/bo-nhiem/", offices.appointment_create, name="appointment_create"),
    path("quan-tri/bo-nhiem/", offices.AppointmentList.as_view(), name="appointment_list"),
    path("quan-tri/bo-nhiem/<int:pk>/sua/", offices.appointment_change, name="appointment_change"),
    path("quan-tri/don-vi/", units.UnitList.as_view(), name="unit_list"),
    path("quan-tri/don-vi/them/", units.unit_create, name="unit_create"),
    path("quan-tri/don-vi/<int:pk>/", units.unit, name="unit"),
    path("quan-tri/don-vi/<int:pk>/sua/", units.unit_change, name="unit_change"),
    path("quan-tri/phu-trach/", offices.SupervisionList.as_view(), name="supervision_list"),
    path("quan-tri/phu-trach/them/", offices.supervision_create, name="supervision_create"),
    path("quan-tri/phu-trach/<int:pk>/sua/", offices.supervision_change, name="supervision_change"),
    path("quan-tri/thay-the/", substitutions.SubstitutionList.as_view(), name="substitution_list"),
    path("quan-tri/thay-the/them/", substitutions.substitution_create, name="substitution_create"),
    path("quan-tri/thay-the/<int:pk>/", substitutions.substitution, name="substitution"),
    path("quan-tri/thay-the/<int:pk>/thu-hoi/", substitutions.substitution_revoke, name="substitution_revoke"),
    path("quan-tri/chuc-danh/", offices.TitleList.as_view(), name="title_list"),
    path("quan-tri/chuc-danh/<int:pk>/sua/", offices.title_change, name="title_change"),
]
