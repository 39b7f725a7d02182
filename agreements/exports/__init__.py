"""The papers of this room, printed from its data."""
