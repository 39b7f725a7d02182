"""Vietnamese as data: normal form, folding, order, dates, counts, numbers and words. Pure Python, no Django."""
