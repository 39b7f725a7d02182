"""The cases of the articles, each in a ministry of its own: facts carry over, sentences and real names do not.

What a source does not say (days, names, numbers) is not made up: a total is recorded with its source, a day is known to the
month or the year, a meeting without a day has none. `docs/article-cases.md` says fact by fact where it is stored.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from intlcoop.operations.demo.cases import bnv_2021, molisa_2010, ubdt_2021, ubdt_2022

#: Names of contracts.md, with what makes the case; each returns how many files there are.
CASES: Mapping[str, Callable[[], int]] = {
    "ubdt-2021": ubdt_2021.build,
    "ubdt-2022": ubdt_2022.build,
    "bnv-2021": bnv_2021.build,
    "molisa-2010": molisa_2010.build,
}
