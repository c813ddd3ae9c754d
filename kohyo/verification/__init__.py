"""Verification (検証): every cell of the register recomputed from answers, decisions and edits."""
