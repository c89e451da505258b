"""Blank official forms: what a declaration says of a form, how it becomes a workbook, and what fills it.

`declaration` reads a declared form whole, `layout` puts it on a sheet together with a `Filling`, `write` makes the
workbook. `sources` says what a list of projects, a declaration of targets or last year's form fills in.
"""
