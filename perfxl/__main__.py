"""`python -m perfxl`, and what the executable runs."""

from __future__ import annotations

import sys

from perfxl.cli import main

if __name__ == "__main__":
    sys.exit(main())
