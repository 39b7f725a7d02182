"""The pages of this room: administration of people and offices, and everybody's own profile."""
