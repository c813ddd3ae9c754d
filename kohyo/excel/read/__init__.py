"""Reading workbooks that people made: safety first, in a worker that may die."""
