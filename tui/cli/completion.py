"""`workspaces completion`: what makes a shell complete our words."""

import click
from click.shell_completion import get_completion_class

COMPLETE = "_WORKSPACES_COMPLETE"
"""The variable by which a shell asks for completions."""


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(click_context: click.Context, shell: str) -> None:
    """Print the completion of a shell.

    \b
    bash:  eval "$(workspaces completion bash)"          in ~/.bashrc
    zsh:   eval "$(workspaces completion zsh)"           in ~/.zshrc
    fish:  workspaces completion fish | source           in ~/.config/fish/config.fish
    """
    if found := get_completion_class(shell):
        click.echo(found(click_context.find_root().command, {}, "workspaces", COMPLETE).source())
