"""Floor 2: what a form says. Cells become a `Form` whose every value remembers its cell."""
