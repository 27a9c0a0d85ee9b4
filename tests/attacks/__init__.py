"""Attacks made by hand, each by a few lines of code: what comes from outside does no harm, and it is said why it is not
taken. ``make torture`` tries thousands of inputs that chance makes."""
