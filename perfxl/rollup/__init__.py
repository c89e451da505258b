"""Many forms into one: what the units of a project filled in, added up the way the forms' own notes prescribe."""
