"""What every part of the window is made of: look, small widgets, questions, settings, work in threads."""
