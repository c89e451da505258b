"""What is published, and the workflows that publish it."""

from __future__ import annotations

import hashlib
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml

import perfxl
from tools.bundle.publish import publish

TOP = Path(perfxl.__file__).parents[1]
WORKFLOWS = sorted((TOP / ".github" / "workflows").glob("*.yml"))


def test_what_is_published_has_its_checksums(tmp_path: Path) -> None:
    built = tmp_path / "dist"
    licences = built / "perfxl-folder" / "_internal" / "perfxl" / "licences"
    licences.mkdir(parents=True)
    (built / "perfxl.exe").write_bytes(b"one file")
    (built / "perfxl-folder" / "perfxl.exe").write_bytes(b"folder")
    (licences / "第三方组件 NOTICES.txt").write_text("notices", encoding="utf-8")
    for target in (tmp_path / "first", tmp_path / "second"):
        publish(built, target)
    released = {path.name: path.read_bytes() for path in (tmp_path / "first").iterdir()}
    assert released == {path.name: path.read_bytes() for path in (tmp_path / "second").iterdir()}
    sums = dict(line.split("  ")[::-1] for line in released.pop("SHA256SUMS.txt").decode().splitlines())
    assert sums == {name: hashlib.sha256(content).hexdigest() for name, content in released.items()}
    version = perfxl.__version__
    assert released[f"perfxl-{version}.exe"] == b"one file"
    with zipfile.ZipFile(tmp_path / "first" / f"perfxl-{version}-folder.zip") as archive:
        assert f"perfxl-{version}/perfxl.exe" in archive.namelist()


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
class TestWorkflows:
    def read(self, path: Path) -> dict[str, Any]:
        found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
        return found

    def test_actions_are_pinned_and_jobs_end(self, path: Path) -> None:
        for job in self.read(path)["jobs"].values():
            assert job["timeout-minutes"] <= 60
            for step in job["steps"]:
                assert (
                    re.fullmatch(r"actions/[\w-]+@v\d+\.\d+\.\d+", step["uses"])
                    if "uses" in step
                    else step["run"]
                )

    def test_only_publishing_may_write(self, path: Path) -> None:
        workflow = self.read(path)
        assert workflow["permissions"] == {"contents": "read"}
        writing = {name for name, job in workflow["jobs"].items() if "permissions" in job}
        assert writing <= {"publish"}
        assert all("tag" in workflow["jobs"][name]["if"] for name in writing)
