"""Use cases (やること): each command as a public function that reads as a paragraph."""
