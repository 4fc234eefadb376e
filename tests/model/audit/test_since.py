"""An audit beside the last one: mended, new, still there; a row that moved is the same row."""

from model.audit.audited import FormAudit, Remark
from model.audit.compare import since


def remark(where: str, code: str = "met-but-cut", state: str = "error") -> Remark:
    return Remark(code, state, "Sheet1 D14", where, f"{where}有问题。")


def form(*remarks: Remark) -> FormAudit:
    return FormAudit("甲.xlsx", "Sheet1", "示例一小", "", "2023", "x", "整体表", "", "", 0, remarks)


def test_what_was_found_before_is_still_there_and_what_is_gone_is_mended():
    last = form(remark("总分"), remark("资金"))
    found = since(form(remark("资金"), remark("分值")), last)
    assert (found.still, found.new) == ((0,), (1,))
    assert [one.where for one in found.mended] == ["总分"]
    assert found.text == "新 1，还在 1，改好 1"


def test_without_a_last_audit_everything_is_new():
    assert since(form(remark("总分")), None).new == (0,)


def test_an_indicator_is_known_by_its_name_though_its_row_moved():
    last = form(remark("产出指标 · 第2行“培训” · 得分"))
    assert since(form(remark("产出指标 · 第3行“培训” · 得分")), last).still == (0,)
    assert since(form(remark("产出指标 · 第2行“巡检” · 得分")), last).new == (0,)


def test_rows_without_a_name_are_known_by_their_number():
    last = form(remark("产出指标 · 第2行 · 得分"))
    assert since(form(remark("产出指标 · 第3行 · 得分")), last).new == (0,)


def test_of_two_equal_findings_one_mended_leaves_one():
    last = form(remark("总分"), remark("总分"))
    found = since(form(remark("总分")), last)
    assert (len(found.still), len(found.new), len(found.mended)) == (1, 0, 1)


def test_notes_and_what_is_answered_are_not_compared():
    quiet = form(remark("总分", state="note"), remark("资金", state="answered"))
    assert since(quiet, form(remark("分值", state="note"))) == ((), (), ())
