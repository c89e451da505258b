"""Bytes of a .docx to paragraphs with their numbers, and Word comments spliced back in; knows nothing of budgets."""
