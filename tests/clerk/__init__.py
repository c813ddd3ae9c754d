"""Registers and forms as Excel saves them after a person worked in them: made at test time, no file is kept."""
