"""What comes out, on screen and paper.

* `outputs` names what comes out of a document (成稿) and gets its PDF through the `doors` that main.py fills
  in
* `preview` shows it on the desk of `page_view`, drawn by `pdf_pages`
* `printing` prints it (`windows_printing` in Windows); both share `printer`; `print_choice`
  asks which papers and pages
* `export_dialog` asks and exports: its first face `export_choice`, in it `export_kinds`
"""
