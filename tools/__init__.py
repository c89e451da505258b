"""What developers run: the pages in docs/rules/, the files of a new rule."""
