"""The state folder: private, kept, and one supervisor at a time."""

import stat

import pytest

from tiepdan.config import load_settings
from tiepdan.operations.state import State, StateError, new_secrets


def test_secrets_are_made_once_and_only_their_user_reads_them(tmp_path):
    state = State(tmp_path / "state")
    first = state.secrets()
    state.close()
    again = State(tmp_path / "state")
    assert again.secrets() == first
    mode = (tmp_path / "state" / "secrets.json").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600
    again.close()


def test_a_second_supervisor_is_told_who_is_first(tmp_path):
    state = State(tmp_path)
    with pytest.raises(StateError, match="stop that one first"):
        State(tmp_path)
    state.close()
    State(tmp_path).close()


def test_reset_forgets_everything(tmp_path):
    state = State(tmp_path)
    first = state.secrets()
    (state.subfolder("logs") / "web.log").write_text("old")
    state.reset()
    assert {entry.name for entry in tmp_path.iterdir()} == {"lock"}
    assert state.secrets() != first
    state.close()


def test_fresh_secrets_are_fit_to_start_with(good_environ):
    fresh = new_secrets()
    good_environ |= {"TIEPDAN_SECRET_KEY": fresh.secret_key, "TIEPDAN_ROOT_KEY": fresh.root_key}
    assert load_settings(good_environ).secret_key == fresh.secret_key
