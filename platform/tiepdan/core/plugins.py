"""The one place where hooks are called.

pluggy gives markers, registry and validation. Calling is ours, because each kind of hook fails in its own
way; so far the platform's slices use one kind, `join`: the same step, the same transaction.
"""

import pluggy

from tiepdan import hookspecs

manager = pluggy.PluginManager("tiepdan")
manager.add_hookspecs(hookspecs)


def register_slice(module: object, name: str) -> None:
    """Let a slice of the platform join hooks; a second registration of the same name is ignored."""
    if not manager.has_plugin(name):
        manager.register(module, name)
        manager.check_pending()


def join(hook: str, **arguments: object) -> None:
    """Let higher slices take part in this step, in name order; an exception rolls the whole step back."""
    caller: pluggy.HookCaller = getattr(manager.hook, hook)
    for implementation in sorted(caller.get_hookimpls(), key=lambda found: found.plugin_name):
        wanted = {name: arguments[name] for name in implementation.argnames}
        implementation.function(**wanted)
