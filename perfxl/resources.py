"""Where the files that travel with the program lie: templates and samples."""

from __future__ import annotations

import sys
from pathlib import Path


def resource_folder(name: str) -> Path:
    """Return the folder "templates" or "samples": in the executable, in an installed wheel, or in a checkout.

    Raises FileNotFoundError where the installation is incomplete.
    """
    package = Path(__file__).resolve().parent
    bundle = getattr(sys, "_MEIPASS", None)
    places = ([Path(bundle) / name] if bundle else []) + [package / name, package.parent / name]
    for place in places:
        if place.is_dir():
            return place
    raise FileNotFoundError(name)
