import pytest

from bot.errors import SettingsError
from bot.settings import settings
from bot.web import settings as web


@pytest.fixture
def read(monkeypatch, tmp_path):
    """Read the settings of an environment of its own."""

    def read(**environment):
        for name, value in {"INSTEP_VAR": str(tmp_path), **environment}.items():
            monkeypatch.setenv(name, value)
        return settings.__wrapped__()

    return read


@pytest.mark.parametrize(
    ("written", "origin"),
    [
        ("https://Practice.Example/", "https://practice.example"),
        ("HTTPS://practice.example:443", "https://practice.example"),
        ("http://practice.example:80", "http://practice.example"),
        ("https://practice.example:8443", "https://practice.example:8443"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_addresses_are_kept_as_browsers_write_origins(read, written, origin):
    here = read(INSTEP_PUBLIC_URL=written, INSTEP_WIDGET_ORIGINS=f" {written} ,http://localhost:8000")
    assert (here.public_url, here.widget_origins) == (origin, (origin, "http://localhost:8000"))
    assert here.secure == origin.startswith("https")


@pytest.mark.parametrize(
    "written",
    [
        "*",
        "null",
        "practice.example",
        "//practice.example",
        "ftp://practice.example",
        "https://",
        "https://practice.example/page",
        "https://practice.example?",
        "https://practice.example/#x",
        "https://me@practice.example",
        "https://practice.example:port",
        "https://practice.example:99999",
        "https://practice example",
        "https://pr\u00e4xis.example",
    ],
)
@pytest.mark.parametrize("name", ["INSTEP_PUBLIC_URL", "INSTEP_WIDGET_ORIGINS"])
def test_anything_but_an_origin_is_refused_with_the_name_of_the_setting(read, name, written):
    with pytest.raises(SettingsError, match=name):
        read(**{name: written})


def test_no_host_of_a_test_is_served():
    assert "testserver" not in web.ALLOWED_HOSTS
    assert [settings().public_url] == web.CSRF_TRUSTED_ORIGINS


@pytest.mark.parametrize("days", ["0", "-1", "soon", "1.5"])
def test_a_retention_that_is_no_number_of_days_is_refused(read, days):
    with pytest.raises(SettingsError, match="INSTEP_RETENTION_DAYS"):
        read(INSTEP_RETENTION_DAYS=days)
