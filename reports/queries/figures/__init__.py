"""What a report counts: pure functions from the frozen rows to one figures object."""

from reports.queries.figures.activities import guests_of
from reports.queries.figures.computing import compute, figures_of, ministry_totals
from reports.queries.figures.counting import Figure, FigureJson, Item, Row, expected_of, is_expected, of_kind
from reports.queries.figures.outbound import is_accompanying, is_led, lacks_basis
from reports.queries.figures.refs import MONEY, NOWHERE, PARAMETERS, Ref

__all__ = [
    "MONEY",
    "NOWHERE",
    "PARAMETERS",
    "Figure",
    "FigureJson",
    "Item",
    "Ref",
    "Row",
    "compute",
    "expected_of",
    "figures_of",
    "guests_of",
    "is_accompanying",
    "is_expected",
    "is_led",
    "lacks_basis",
    "ministry_totals",
    "of_kind",
]
