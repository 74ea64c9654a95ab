"""A pytest plugin that gives every test run a data folder of its own, before the settings are read.

It must be loaded with `-p recado.testing.data_folder`, because pytest-django reads the settings earlier than any conftest.
"""

import atexit
import os
import shutil
import tempfile

FOLDER = tempfile.mkdtemp(prefix="recado-test-data-")
os.environ["RECADO_DATA"] = FOLDER
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
