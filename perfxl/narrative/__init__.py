"""Reports as prose: sentences, and figures with their unit, precision and what they are about."""
