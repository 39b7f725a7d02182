"""The pages of the rules: read by all, changed by administrators and heads of the ICD."""
