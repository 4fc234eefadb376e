"""The texts of the report where they are written, in the tabs of the form.

* `report_tabs` knows which tab has any; `report_panel` builds the sections, on the page of the indicators
  in `report_drawer`
* in a section: `report_parts`, `sentence_box` (generated or in the clerk's words), `sentence_group`,
  `outturn_grid`; `report_words` says what a sentence lacks
"""
