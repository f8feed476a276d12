//! `safir run`: the service.

use super::{Exit, KafkaFlags};

/// Run the service: articles in from Kafka, events out
#[derive(clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    flags: KafkaFlags,
}

pub(super) fn run(args: Args) -> anyhow::Result<Exit> {
    let _ = args.flags.load()?;
    anyhow::bail!("the service is not built into this version yet")
}
