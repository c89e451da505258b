"""Rules on a report (PX5xx): held against its form, and against itself."""
