"""What every part of the window is made of: look, small widgets, questions, settings, work in threads.

* look: `theme` (colours, sizes, fonts, icons), `windows_contrast`, `plain` (text of a document is never
  markup), `parts`, `tick_box`, `figure_link`, `bar`, `panel_widths`, `dates`, `frame` (where windows stand),
  `breaking` (of lines), `listing` (a table that is read), `enter` (it presses the button in hand),
  `ended_line` (it and Esc end a line)
* the user: `ask` is the one gate for messages and file dialogs; `settings` are kept, `preferences` those of
  now
* Qt: `qt` says what its stubs don't, `overrides` lets no error out of a method Qt calls, `garbage` collects
  in time
* threads: `worker` does one job, `waiting` shows that it takes long, `file_work` queues what a session does
"""
