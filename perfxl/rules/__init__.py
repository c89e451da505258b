"""Floor 4: judging a form. One rule a file; the file's docstring is the rule's page for officers, in Chinese."""
