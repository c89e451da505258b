"""Where the files that come with the program lie: the report templates and the sample forms.

They stand at the top of the repository, where officers find them; an installed wheel and the one-file
executable carry them inside the package.
"""

from __future__ import annotations

from pathlib import Path


def resource_folder(name: str) -> Path:
    """Return the folder `name` ("templates" or "samples"); FileNotFoundError if the program came without it.

    The executable unpacks the package into a temporary folder at start, so the first place serves a wheel
    and the executable alike; the second is a checkout.
    """
    package = Path(__file__).resolve().parent
    for place in (package / name, package.parent / name):
        if place.is_dir():
            return place
    raise FileNotFoundError(f"no folder {name!r} beside or in {package}")
