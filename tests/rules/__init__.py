"""Tests of the rules: one module a rule, and the published forms as a whole."""
