"""The papers that come out of a trip's data: Word files in the layout of Decree 30, and the leader's slip."""
