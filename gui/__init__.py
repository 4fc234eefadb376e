"""Everything Qt: the window on a document. Imports model and resources, never export or intake."""

from gui.base.overrides import guard_all

guard_all()  # before any class of the window is made
