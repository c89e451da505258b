"""The values behind a template's variables: one module for each family of reports.

A module has `VARIABLES`, what its templates may name, and a function that fills them for one report.
"""
