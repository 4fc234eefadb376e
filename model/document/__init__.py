"""What was typed: texts, document with undo, its file, backups, rescue."""
