"""The demo ministry: made-up people, marked "minh họa". Its ministry also serves the tests."""
