"""The template libraries: which of them a page loads last must not decide what a filter writes."""

from collections import Counter
from importlib import import_module
from pkgutil import iter_modules

from recado.panel import templatetags
from recado.panel.templatetags.console import to_the_second
from recado.panel.templatetags.formats import moment


def test_no_two_libraries_share_the_name_of_a_filter_or_a_tag():
    libraries = [import_module(f"{templatetags.__name__}.{module.name}").register for module in iter_modules(templatetags.__path__)]
    assert {to_the_second.__name__, moment.__name__} <= {name for library in libraries for name in library.filters}
    names = Counter(name for library in libraries for name in (*library.filters, *library.tags))
    assert [name for name, count in names.items() if count > 1] == []
