"""The written report.

* `teller` tells a report: form, outline, `narrative` (the values of its sentences), what the clerk wrote
  (`wording`)
* `report` puts it together as `prose` (neutral parts, with `report_tables`, `chart`, `front`);
  `prose_pages` lays it out; `empty_sections` are the headings with nothing below, `torn_rows` what no page
  holds,
  `captions` how its cells are called
"""
