"""The pane on the right (`pane`): three faces, and while one searches the finder in their place.

* 问题: `findings_face` lists what `finding_list` arranges (`findings_model`, `findings_view`,
  `findings_delegate`), with `reply_editor` below
* 怎么算的: `how_face` with `how_total`, `how_indicator`, `how_accounts`, `how_parts`
* 填写说明: `help_face` with the `legend`
* 查找: `finder`, `finder_list`, `replacer`
"""
