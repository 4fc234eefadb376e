"""What the menus do: a class a group, a method a command, declared in one place (decision 23).

* `command` declares, `menus` builds, `groups` knows all groups and keys (shown by `keys_dialog`)
* `workbench` is what commands work with: the open document, settings, `status_line`
* groups: `file_commands`, `save_commands`, `version_commands`, `paper_commands`, `fill_commands`,
  `edit_commands`, `find_commands`, `form_commands`, `accounts_commands`, `check_commands`,
  `lead_commands` (the next step), `last_year_commands` (its texts),
  `handin_commands`, `view_commands`, `help_commands`, `import_commands` (with `dropping`),
  `sum_commands`, `audit_commands`, `bureau_commands` (forms of one's own),
  `handout_commands`, `finished_commands`; `recovery` opens what an ended program left
"""
