"""The engineer's reference (技術者のための参照): pages in Markdown, made from the package itself."""
