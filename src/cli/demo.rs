//! `safir demo`: the whole pipeline on this machine, with nothing installed.

use super::{ColourChoice, Exit};

/// Show the whole pipeline at work, offline
#[derive(clap::Args)]
pub(super) struct Args {
    /// Leave broker and pipeline running for another terminal
    #[arg(long)]
    keep: bool,
}

pub(super) fn run(args: Args, colour: ColourChoice) -> anyhow::Result<Exit> {
    let _ = (args.keep, colour);
    anyhow::bail!("the demonstration is not built into this version yet")
}
