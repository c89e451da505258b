"""Tests of the rules of perfxl/rules/presence, one module a rule."""
