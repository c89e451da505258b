"""Tests of the rules of perfxl/rules/scores, one module a rule."""
