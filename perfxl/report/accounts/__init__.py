"""The final accounts statement (部门决算情况说明), and its input workbook, declared in tables.toml."""
