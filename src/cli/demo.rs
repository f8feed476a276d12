//! `safir demo`: the whole pipeline on this machine, with nothing installed.
//!
//! Nothing is staged: the samples go through a Kafka broker (librdkafka's mock cluster, in this process), the consumer
//! group, the workers and the producer of the service, and are read back from the output topic.

use std::io::{self, IsTerminal, Write};
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};
use tokio::sync::oneshot;

use super::{ColourChoice, Exit, LexiconFlag, OutputFormat, width};
use crate::config::{Config, Log, LogFormat};
use crate::kafka::{
    ArticlePublisher, EmbeddedBroker, EventReader, KafkaSink, KafkaSource, ReceivedRecord, Settings, Start,
};
use crate::pipeline::{self, ArticleProcessor, Destination, InputRecord, Partition, PipelineError, Process as _};
use crate::record::{self, DiplomaticEvent};
use crate::render::{self, Renderer};
use crate::telemetry::{Health, Metrics, http, log};
use crate::{decode, service};

/// Show the whole pipeline at work, offline
///
/// Starts a Kafka broker inside this process, publishes sample articles in Arabic and English (and one broken record),
/// runs the real pipeline and prints the events that arrive in the output topic.
#[derive(clap::Args)]
#[command(after_help = "Examples:
  safir demo
  safir demo --format json | jq '.participants[].name'
  safir demo --keep          then, in another terminal, what it prints at its end")]
pub(super) struct Args {
    /// Leave broker and pipeline running, for another terminal, until Ctrl-C
    #[arg(long)]
    keep: bool,
    /// How to print events
    #[arg(long, short, value_enum, default_value_t = OutputFormat::Text)]
    format: OutputFormat,
    #[command(flatten)]
    lexicon: LexiconFlag,
}

/// Our own articles, also under `samples/`.
pub(super) const SAMPLES: [(&str, &str); 11] = [
    ("ar/security-partnership", include_str!("../../samples/ar/security-partnership.json")),
    ("ar/water-call", include_str!("../../samples/ar/water-call.json")),
    ("ar/postponed-visit", include_str!("../../samples/ar/postponed-visit.json")),
    ("ar/gulf-of-aden-summit", include_str!("../../samples/ar/gulf-of-aden-summit.json")),
    ("ar/prisoner-talks", include_str!("../../samples/ar/prisoner-talks.json")),
    ("en/fisheries-deal", include_str!("../../samples/en/fisheries-deal.json")),
    ("en/cancelled-trip", include_str!("../../samples/en/cancelled-trip.json")),
    ("en/dam-mediation", include_str!("../../samples/en/dam-mediation.json")),
    ("en/border-summit", include_str!("../../samples/en/border-summit.json")),
    ("fr/lake-ferry", include_str!("../../samples/fr/lake-ferry.json")),
    ("fr/cancelled-summit", include_str!("../../samples/fr/cancelled-summit.json")),
];
/// What a feed that was cut off leaves behind: it becomes a dead letter.
const BROKEN: &str = r#"{"id": "broken", "title": "A record that was cut off", "body": "The ministers m"#;

const PARTITIONS: i32 = 3;
/// A healthy run takes about a second; this only bounds a sick one.
const PATIENCE: Duration = Duration::from_secs(60);
const POLL: Duration = Duration::from_millis(50);

pub(super) fn run(args: Args, colour: ColourChoice) -> anyhow::Result<Exit> {
    log::init(&Log { format: LogFormat::Text, filter: "warn".into() })?;
    let started = Instant::now();
    let mut config = Config::default();
    config.extract.lexicon = args.lexicon.lexicon.iter().map(|folder| folder.display().to_string()).collect();
    let topics = [
        (config.topics.input.as_str(), PARTITIONS),
        (config.topics.output.as_str(), PARTITIONS),
        (config.topics.dead_letter.as_str(), 1),
    ];
    let broker = EmbeddedBroker::start(&topics)?;
    config.kafka.brokers = broker.bootstrap_servers().to_owned();
    config.http.listen = args.keep.then(|| SocketAddr::from(([127, 0, 0, 1], 0)));
    let settings = config.kafka();

    let mut screen = Screen {
        format: args.format,
        renderer: Renderer::new(colour.on(io::stdout().is_terminal()), width()),
        out: io::stdout(),
    };
    screen.say(&format!("Kafka broker inside this process: {}", settings.brokers))?;
    // Begun first: joining a consumer group takes a few seconds, also alone.
    let service = Service::start(config)?;
    publish(&settings)?;
    screen.say(&format!(
        "{} sample articles and a broken record published to {}",
        SAMPLES.len(),
        settings.input_topic
    ))?;

    let mut events = EventReader::new(&settings, Start::Beginning, PATIENCE)?;
    let mut letters = EventReader::of_topic(&settings, &settings.dead_letter_topic, Start::Beginning, PATIENCE)?;
    let (found, rejected) = collect(&service, &mut events, &mut letters)?;
    screen.say(&format!("{} events read from {}:\n", found.len(), settings.output_topic))?;
    for event in in_order_of_samples(found) {
        screen.event(&event)?;
    }
    screen.say("")?;
    for letter in &rejected {
        let reason = header(letter, "safir-dlq-message");
        screen.say(&format!("1 record in {}: {reason}", settings.dead_letter_topic))?;
    }
    screen.say(&format!("done in {:.1} s", started.elapsed().as_secs_f64()))?;
    if args.keep {
        return keep(&settings, &service, &mut events, &mut screen);
    }
    service.stop()?;
    Ok(Exit::Done)
}

fn publish(settings: &Settings) -> anyhow::Result<()> {
    let publisher = ArticlePublisher::new(settings)?;
    let decoder = decode::Decoder::default();
    for (name, json) in SAMPLES {
        let article = decoder.decode(json.as_bytes()).with_context(|| format!("sample {name}"))?;
        publisher.publish(Some(article.id.as_bytes()), json.as_bytes())?;
    }
    publisher.publish(Some(b"broken"), BROKEN.as_bytes())?;
    publisher.flush(PATIENCE)?;
    Ok(())
}

/// The pipeline of the service, on a thread of its own, with counters beside it that tell when it is done.
struct Service {
    progress: Arc<Progress>,
    stop: oneshot::Sender<()>,
    thread: thread::JoinHandle<Result<(), PipelineError>>,
    /// Of the HTTP port, if there is one.
    address: Option<SocketAddr>,
}

#[derive(Default)]
struct Progress {
    records: AtomicUsize,
    events: AtomicUsize,
    rejected: AtomicUsize,
}

impl Service {
    fn start(config: Config) -> anyhow::Result<Self> {
        let (metrics, health) = (Arc::<Metrics>::default(), Arc::<Health>::default());
        let extractor = Arc::new(config.extractor()?);
        let lexicon_version = extractor.lexicon_version().to_owned();
        let articles =
            ArticleProcessor::new(config.decoder()?, extractor, config.extract.min_confidence, metrics.clone());
        let progress = Arc::new(Progress::default());
        let counted = progress.clone();
        let processor = move |partition: &Partition, record: &InputRecord| {
            let outcome = articles.process(partition, record);
            match &outcome {
                Ok(outputs) => {
                    let events = outputs.iter().filter(|output| output.destination == Destination::Events).count();
                    counted.events.fetch_add(events, Ordering::SeqCst);
                }
                Err(_) => {
                    counted.rejected.fetch_add(1, Ordering::SeqCst);
                }
            }
            // Last, so that whoever sees this record counted sees its events counted too.
            counted.records.fetch_add(1, Ordering::SeqCst);
            outcome
        };
        let kafka = config.kafka();
        let source = KafkaSource::new(&kafka, metrics.clone(), health.clone())?;
        let sink = KafkaSink::new(&kafka, metrics.clone(), health.clone())?;
        let settings = service::settings(&config, metrics.clone(), health.clone());
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
        let port = match config.http.listen {
            Some(listen) => Some(runtime.block_on(http::serve(listen, metrics, health, &lexicon_version))?),
            None => None,
        };
        let address = port.as_ref().map(http::HttpServer::address);
        let (stop, stopped) = oneshot::channel();
        let thread = thread::Builder::new().name("safir-pipeline".into()).spawn(move || {
            let shutdown = async {
                // A dropped sender means the same.
                let _ = stopped.await;
            };
            let outcome = runtime.block_on(pipeline::run(settings, Arc::new(processor), source, sink, shutdown));
            drop(port);
            outcome.map(|_| ())
        })?;
        Ok(Self { progress, stop, thread, address })
    }

    fn stop(self) -> anyhow::Result<()> {
        let _ = self.stop.send(());
        match self.thread.join() {
            Ok(outcome) => Ok(outcome?),
            Err(_) => bail!("internal error: the pipeline panicked"),
        }
    }

    /// Ended before it was told to, which only an error can cause.
    fn has_ended(&self) -> bool {
        self.thread.is_finished()
    }
}

/// Reads topics until everything that was published has come out at the other end.
fn collect(
    service: &Service,
    events: &mut EventReader,
    letters: &mut EventReader,
) -> anyhow::Result<(Vec<DiplomaticEvent>, Vec<ReceivedRecord>)> {
    let deadline = Instant::now() + PATIENCE;
    let (mut found, mut rejected) = (Vec::new(), Vec::new());
    loop {
        if let Some(record) = events.next(POLL)? {
            found.push(record::decode_event(record.value.as_deref().unwrap_or_default())?);
            continue;
        }
        if let Some(letter) = letters.next(Duration::ZERO)? {
            rejected.push(letter);
            continue;
        }
        let progress = &service.progress;
        if progress.records.load(Ordering::SeqCst) > SAMPLES.len()
            && found.len() >= progress.events.load(Ordering::SeqCst)
            && rejected.len() >= progress.rejected.load(Ordering::SeqCst)
        {
            return Ok((found, rejected));
        }
        if service.has_ended() {
            bail!("the pipeline ended early");
        }
        if Instant::now() > deadline {
            bail!("{} events after {PATIENCE:?}, and more are to come", found.len());
        }
    }
}

/// Partitions arrive in any order; people read better article by article. Within an article the order stays.
fn in_order_of_samples(mut events: Vec<DiplomaticEvent>) -> Vec<DiplomaticEvent> {
    let decoder = decode::Decoder::default();
    let ids: Vec<_> = SAMPLES.iter().filter_map(|(_, json)| Some(decoder.decode(json.as_bytes()).ok()?.id)).collect();
    events.sort_by_key(|event| {
        let id = record::read(event).article_id;
        ids.iter().position(|other| other == id)
    });
    events
}

/// Prints whatever arrives until the user ends it.
fn keep(settings: &Settings, service: &Service, events: &mut EventReader, screen: &mut Screen) -> anyhow::Result<Exit> {
    let brokers = &settings.brokers;
    screen.say(&format!(
        "\nBroker and pipeline keep running. In another terminal:\n\n  \
         safir publish articles.jsonl --brokers {brokers}\n  \
         safir tail --from-beginning --brokers {brokers}"
    ))?;
    if let Some(address) = service.address {
        screen.say(&format!("  curl http://{address}/metrics"))?;
    }
    screen.say("\nNew events are printed here. Ctrl-C ends it.\n")?;
    while !service.has_ended() {
        if let Some(record) = events.next(Duration::from_millis(200))? {
            screen.event(&record::decode_event(record.value.as_deref().unwrap_or_default())?)?;
        }
    }
    bail!("the pipeline ended early");
}

fn header(record: &ReceivedRecord, name: &str) -> String {
    let value = record.headers.iter().find(|header| header.name == name).and_then(|header| header.value.as_deref());
    render::clean(&String::from_utf8_lossy(value.unwrap_or_default()))
}

struct Screen {
    format: OutputFormat,
    renderer: Renderer,
    out: io::Stdout,
}

impl Screen {
    /// What is not an event; with JSON it goes to stderr, so that stdout holds events alone.
    fn say(&mut self, text: &str) -> io::Result<()> {
        match self.format {
            OutputFormat::Text => writeln!(self.out, "{text}"),
            OutputFormat::Json => writeln!(io::stderr(), "{text}"),
        }
    }

    fn event(&mut self, event: &DiplomaticEvent) -> io::Result<()> {
        match self.format {
            OutputFormat::Text => write!(self.out, "{}", self.renderer.event(&record::read(event)))?,
            OutputFormat::Json => writeln!(self.out, "{}", record::json_of(event))?,
        }
        self.out.flush()
    }
}
