"""Rules (規則): what makes raw answers trustworthy, and which form a returned book is. Pure."""
