"""Speeds, each as a ratio against a reference measured in the same run on the same machine: ``make bench``."""
