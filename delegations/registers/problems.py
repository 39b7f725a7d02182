"""What cannot be understood in a register: sentences that name the cell and say what to write instead."""

from __future__ import annotations


class CellUnclear(ValueError):  # noqa: N818  says what happened
    """One cell cannot be understood; the message is a sentence for whoever mends the file."""


class RowUnclear(ValueError):  # noqa: N818  says what happened
    """A row has cells that cannot be understood: all sentences at once."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences
