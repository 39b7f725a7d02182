"""What stands in the way of an act in this room, by what it acts on; a guard answers with the sentences that the user reads."""
