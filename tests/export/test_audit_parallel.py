"""docs/folder-audit.md: the lines with GNU parallel, as they stand there, give the audit of the whole."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import main
from model.audit.record import Record
from tests.command import FAULTY, SOUND

ROOT = Path(main.__file__).parent
(LINES,) = re.findall(r"```sh\n(.*?)```", (ROOT / "docs" / "folder-audit.md").read_text("utf-8"), re.DOTALL)


@pytest.mark.skipif(shutil.which("parallel") is None, reason="GNU parallel is not installed")
def test_folders_spread_by_parallel_and_joined_are_the_audit_of_the_whole(tmp_path):
    for n, source in enumerate((FAULTY, SOUND, FAULTY)):
        folder = tmp_path / "收齐" / f"示例{n}小"
        folder.mkdir(parents=True)
        data = {**json.loads(source.read_text("utf-8")), "unit": f"示例{n}小"}
        (folder / "自评表.json").write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    script = LINES.replace("python main.py", f"{sys.executable} {ROOT / 'main.py'}")
    subprocess.run(["bash", "-c", script], cwd=tmp_path, capture_output=True, check=False, timeout=120)
    record = Record(tmp_path / "全省" / "检查结果.json")
    files = [entry.file for entry in record.entries]
    assert sorted(files) == [f"示例{n}小/自评表.json" for n in range(3)]
    assert files[-1].startswith("示例1小")  # the sound one comes last
    assert (tmp_path / "全省" / "审核意见" / "示例0小-审核意见.docx").exists()
    record.close()
