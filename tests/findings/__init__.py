"""Scenes (場面) that bring about each finding: a file is made, or a state of the workspace, and the product is run."""
