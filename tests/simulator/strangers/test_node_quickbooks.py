"""node-quickbooks against the simulator, where Node is installed and its registry can be reached."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.simulator.strangers.conftest import Sandbox

PACKAGE = "node-quickbooks@2"
SESSION = Path(__file__).with_name("session.js")
INSTALLING_SECONDS = 90
TALKING_SECONDS = 60


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The client, installed into a folder of its own."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        pytest.skip("Node and npm are not installed")
    folder = tmp_path_factory.mktemp("node")
    (folder / "package.json").write_text('{"private": true}')
    command = [npm, "install", "--no-audit", "--no-fund", "--ignore-scripts", PACKAGE]
    try:
        done = subprocess.run(
            command, cwd=folder, capture_output=True, timeout=INSTALLING_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        pytest.skip(f"npm did not install {PACKAGE} within {INSTALLING_SECONDS} s")
    if done.returncode:
        pytest.skip(f"npm could not install {PACKAGE}: {done.stderr.decode()[-200:]}")
    return folder / "node_modules" / "node-quickbooks"


def test_a_session_of_node_quickbooks(fresh_sandbox: Sandbox, package: Path) -> None:
    done = subprocess.run(
        ["node", str(SESSION), str(package)],
        input=json.dumps(fresh_sandbox.facts),
        capture_output=True,
        text=True,
        timeout=TALKING_SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    results = json.loads(done.stdout)
    assert {name: told for name, told in results.items() if told != "ok"} == {}
    assert len(results) == 18
