"""Bytes: HTML to PDF, DOCX and XLSX, tables and charts. No models, no business; callers pass what is printed."""
