"""How dates and numbers read on every page; named by FORMAT_MODULE_PATH.

Django's own `vi` formats lack DATE_INPUT_FORMATS, so that 05/11/2026 would be read as 11 May.
"""
