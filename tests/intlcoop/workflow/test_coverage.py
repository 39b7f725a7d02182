"""Gaps and shadows among routes, as pure arithmetic over closed choices."""

from __future__ import annotations

from intlcoop.workflow.coverage import Candidate, gaps, shadowed, winner

DOMAIN = {"rank": ("minister", "deputy", "official"), "plan": ("pm", "none"), "party": ("yes", "no")}


def route(code, priority=100, **conditions):
    return Candidate(code=code, priority=priority, conditions=conditions)


def test_the_lowest_priority_that_fits_wins_and_the_code_settles_a_tie():
    found = [route("b"), route("a"), route("c", 10, rank=("minister",))]
    assert winner(found, {"rank": "minister", "plan": "pm", "party": "no"}) == "c"
    assert winner(found, {"rank": "official", "plan": "pm", "party": "no"}) == "a"
    assert winner([], {"rank": "official"}) is None


def test_a_route_without_conditions_leaves_no_gap():
    assert gaps([route("all")], DOMAIN) == []
    assert gaps([], DOMAIN) == [{}]


def test_a_gap_is_named_by_the_facts_that_matter_alone():
    found = [route("led", rank=("minister", "official")), route("plan", plan=("pm",))]
    assert gaps(found, DOMAIN) == [{"rank": ("deputy",), "plan": ("none",)}]


def test_two_gaps_are_two_descriptions_that_cover_every_missing_file():
    found = [route("x", rank=("minister",), plan=("pm",)), route("y", rank=("deputy",))]
    boxes = gaps(found, DOMAIN)
    for rank in DOMAIN["rank"]:
        for plan in DOMAIN["plan"]:
            values = {"rank": rank, "plan": plan, "party": "no"}
            described = any(all(values[name] in box[name] for name in box) for box in boxes)
            assert described == (winner(found, values) is None)
    assert all("party" not in box for box in boxes)


def test_a_route_behind_another_that_takes_all_its_files_is_shadowed_by_it():
    found = [route("wide", 10, rank=("minister", "deputy")), route("narrow", 20, rank=("deputy",)), route("rest", 30)]
    assert shadowed(found, DOMAIN) == {"narrow": ("wide",)}


def test_two_routes_can_shadow_a_third_together():
    found = [route("pm", 10, plan=("pm",)), route("none", 20, plan=("none",)), route("late", 30, rank=("minister",))]
    assert shadowed(found, DOMAIN) == {"late": ("pm", "none")}


def test_a_condition_that_no_file_meets_is_shadowed_by_nobody():
    assert shadowed([route("all", 200), route("odd", 1, rank=("king",))], DOMAIN) == {"odd": ()}
