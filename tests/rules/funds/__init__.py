"""Tests of the rules of perfxl/rules/funds, one module a rule."""
