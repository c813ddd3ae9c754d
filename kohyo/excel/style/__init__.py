"""What everything kohyo writes into workbooks shares: colours, how tall a text is, the foot of a page."""
