"""What the tests of the window share: Qt without a display, folders of the user's own, a window, files to drop on it."""

from __future__ import annotations

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"
