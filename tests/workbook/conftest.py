"""What of these tests is for some systems only."""

from __future__ import annotations

import os

# Signals that cannot be caught, and limits on the size of files, are things of POSIX.
collect_ignore = [] if os.name == "posix" else ["test_killed.py"]
