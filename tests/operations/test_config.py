"""Settings: what starts, and what refuses to start."""

import base64
from datetime import date

import pytest

from tiepdan.config import ConfigError, load_settings

SHORT_KEY = base64.b64encode(bytes(range(100, 116))).decode()
ZERO_KEY = base64.b64encode(bytes(32)).decode()


def problems(environ):
    with pytest.raises(ConfigError) as caught:
        load_settings(environ)
    return {problem.name for problem in caught.value.problems}


def test_a_complete_environment_starts_in_production(good_environ):
    settings = load_settings(good_environ)
    assert settings.environment == "production"
    assert len(settings.root_key) == 32
    assert settings.clock is None
    assert settings.trusted_proxies == 0


@pytest.mark.parametrize(
    "name", ["DATABASE_URL", "REDIS_URL", "TIEPDAN_SECRET_KEY", "TIEPDAN_ROOT_KEY", "TIEPDAN_ATTACHMENTS"]
)
@pytest.mark.parametrize("value", [None, "", "  "])
def test_a_missing_setting_refuses_to_start(good_environ, name, value):
    del good_environ[name]
    if value is not None:
        good_environ[name] = value
    assert problems(good_environ) == {name}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TIEPDAN_SECRET_KEY", "changeme-changeme-changeme-changeme"),
        ("TIEPDAN_SECRET_KEY", "secret"),
        ("TIEPDAN_SECRET_KEY", "a" * 64),
        ("TIEPDAN_SECRET_KEY", "k3Jq8vTt1wLw0pX2"),
        ("TIEPDAN_ROOT_KEY", ZERO_KEY),
        ("TIEPDAN_ROOT_KEY", SHORT_KEY),
        ("TIEPDAN_ROOT_KEY", "not base64!"),
        ("DATABASE_URL", "mysql://tiepdan_app:8uZq4vTt1w@db/tiepdan"),
        ("DATABASE_URL", "postgresql://tiepdan_app:8uZq4vTt1w@db"),
        ("DATABASE_URL", "postgresql://tiepdan_app:tiepdan_app@db/tiepdan"),
        ("DATABASE_URL", "postgresql://tiepdan_app:postgres@db/tiepdan"),
        ("DATABASE_URL", "postgresql://tiepdan_owner:8uZq4vTt1w@db/tiepdan"),
        ("DATABASE_OWNER_URL", "postgresql://tiepdan_owner:password@db/tiepdan"),
        ("REDIS_URL", "http://queue"),
        ("TIEPDAN_ENVIRONMENT", "staging"),
        ("TIEPDAN_CLOCK", "2024-06-28"),
        ("TIEPDAN_METRICS_PORT", "many"),
        ("TIEPDAN_METRICS_PORT", "70000"),
        ("TIEPDAN_TRUSTED_PROXIES", "-1"),
        ("TIEPDAN_LOG_LEVEL", "LOUD"),
        ("TIEPDAN_BASE_DOMAIN", "https://tiepdan.example.vn/"),
        ("TIEPDAN_ATTACHMENTS", "attachments"),
    ],
)
def test_a_wrong_or_default_setting_refuses_to_start(good_environ, name, value):
    assert problems(good_environ | {name: value}) == {name}


def test_all_problems_are_told_at_once_and_each_says_what_to_do(good_environ):
    with pytest.raises(ConfigError) as caught:
        load_settings({"TIEPDAN_ENVIRONMENT": "production", "TIEPDAN_CLOCK": "2024-06-28"})
    text = str(caught.value)
    for name in ("DATABASE_URL", "REDIS_URL", "TIEPDAN_SECRET_KEY", "TIEPDAN_ROOT_KEY", "TIEPDAN_CLOCK"):
        assert name in text
    assert "tiepdan secrets" in text
    assert all(problem.vi and problem.en for problem in caught.value.problems)


def test_a_refusal_does_not_repeat_the_secret(good_environ):
    with pytest.raises(ConfigError) as caught:
        load_settings(good_environ | {"TIEPDAN_SECRET_KEY": "password-known-to-everyone-in-the-world"})
    assert "known-to-everyone" not in str(caught.value)


@pytest.mark.parametrize("environment", ["demo", "test"])
def test_the_business_day_may_be_set_in_demo_and_tests(good_environ, environment):
    settings = load_settings(good_environ | {"TIEPDAN_ENVIRONMENT": environment, "TIEPDAN_CLOCK": "2024-06-28"})
    assert settings.clock == date(2024, 6, 28)


def test_an_impossible_business_day_is_refused(good_environ):
    environ = good_environ | {"TIEPDAN_ENVIRONMENT": "demo", "TIEPDAN_CLOCK": "2024-02-30"}
    assert problems(environ) == {"TIEPDAN_CLOCK"}


def test_secrets_do_not_show_in_the_repr(good_environ):
    shown = repr(load_settings(good_environ))
    assert good_environ["TIEPDAN_SECRET_KEY"] not in shown
    assert "8uZq4vTt1w" not in shown


def test_only_commands_that_need_the_owner_ask_for_it(good_environ):
    del good_environ["DATABASE_OWNER_URL"]
    settings = load_settings(good_environ)
    with pytest.raises(ConfigError, match="DATABASE_OWNER_URL"):
        settings.require_owner_url()


@pytest.mark.parametrize("start", ["xXXntqTZ3c5", "deVq7Lw0pX2", "TeStQ9fKq91"])
def test_a_random_secret_may_begin_like_a_word(good_environ, start):
    secret = f"{start}bNQ5sWIKvHGT-JbwmBqBdu5d5kf6sJsOk5068JFllD3HuLO"
    assert load_settings(good_environ | {"TIEPDAN_SECRET_KEY": secret}).secret_key == secret


@pytest.mark.parametrize("start", ["xxxxxxxx", "test-", "dev_", "Secret", "12345"])
def test_a_secret_from_an_example_is_refused(good_environ, start):
    secret = f"{start}bNQ5sWIKvHGT-JbwmBqBdu5d5kf6sJsOk5068JFllD3HuLO"
    assert problems(good_environ | {"TIEPDAN_SECRET_KEY": secret}) == {"TIEPDAN_SECRET_KEY"}
