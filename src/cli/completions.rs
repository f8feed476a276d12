//! `safir completions`: for the user's shell.

use std::io::Write as _;

use clap::CommandFactory as _;
use clap_complete::Shell;

use super::{Cli, Exit};

/// Print completions for a shell
#[derive(clap::Args)]
#[command(after_help = "Examples:
  safir completions bash > ~/.local/share/bash-completion/completions/safir
  safir completions zsh > \"${fpath[1]}/_safir\"
  safir completions fish > ~/.config/fish/completions/safir.fish")]
pub(super) struct Args {
    /// The shell to complete for
    shell: Shell,
}

pub(super) fn run(args: Args) -> anyhow::Result<Exit> {
    // Through memory: the generator panics when its output is closed early.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "safir", &mut script);
    std::io::stdout().write_all(&script)?;
    Ok(Exit::Done)
}
