"""What a report reads and what it makes of it: windows, rows, figures, narrative; and the reads of the home page."""
