"""Which files of the npm packages are served: what a page loads, not what a debugger reads."""

from django.contrib.staticfiles.apps import StaticFilesConfig


class ServedFilesConfig(StaticFilesConfig):
    """`collectstatic` copies and compresses everything else."""

    ignore_patterns = ["CVS", ".*", "*~", "*.map", "*-dev.mjs", "*.d.ts", "*-test-bundle.js"]
