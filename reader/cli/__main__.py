"""`python -m reader.cli` is `postil`."""

import sys

from reader.cli import main

sys.exit(main())
