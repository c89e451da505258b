"""Tests of the rules of perfxl/rules/file, one module a rule."""
