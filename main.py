"""Kế Hoạch Số: with no command it opens the window, with one it works without a screen."""

import sys

from ui import cli

if __name__ == "__main__":
    sys.exit(cli.main(sys.argv[1:]))
