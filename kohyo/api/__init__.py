"""The public door (公開の入口): a workspace and its data frames, for programs, notebooks and consoles.

The names of the door are those of the package: ``kohyo.Workspace``; nothing here decides anything.
"""
