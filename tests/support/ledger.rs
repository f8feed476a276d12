//! Numbered articles, each of which tells exactly one event or becomes one dead letter, and the account of what came out.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use rdkafka::ClientConfig;
use rdkafka::config::RDKafkaLogLevel;
use rdkafka::message::{Header, OwnedHeaders};
use rdkafka::producer::{BaseRecord, DeliveryResult, Producer as _, ProducerContext, ThreadedProducer};
use rdkafka::types::RDKafkaErrorCode;
use serde_json::json;

use super::articles;
use super::kafka::{Kafka, Received};

/// As many articles in a row of one partition are versions of one story and share its id, which is the events' key.
const VERSIONS: usize = 4;

/// What has to become of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    Event,
    DeadLetter,
}

/// An article of the ledger.
#[derive(Clone, Debug)]
pub struct Article {
    pub number: usize,
    pub partition: i32,
    /// The place in its partition.
    pub sequence: usize,
    /// The offsets at which it stands: that of its place, unless the brokers have written an article twice.
    pub offsets: Vec<usize>,
}

impl Article {
    fn new(number: usize, partition: i32, sequence: usize) -> Article {
        Article { number, partition, sequence, offsets: vec![sequence] }
    }

    pub fn fate(&self) -> Fate {
        if self.number % 17 == 5 { Fate::DeadLetter } else { Fate::Event }
    }

    /// The story that it is a version of.
    pub fn key(&self) -> String {
        format!("story-{}-{}", self.partition, self.sequence / VERSIONS)
    }

    pub fn value(&self) -> Vec<u8> {
        let number = self.number;
        if self.fate() == Fate::DeadLetter {
            return match number % 3 {
                0 => format!("{{\"id\": \"{number}\", \"body\": \"cut off in the mid"),
                1 => format!("{{\"id\": \"{number}\", \"body\": {number}}}"),
                _ => format!("{{\"id\": \"{number}\", \"title\": \"A title alone\"}}"),
            }
            .into_bytes();
        }
        let pick = |list: &[&'static str]| list[number / 5 % list.len()];
        let filler = |sentence: &str, times: usize| sentence.repeat(times);
        let english = "The market of the old town opened late and the stalls were half empty. ";
        let arabic = "افتتح سوق البلدة القديمة متأخراً وكانت الأكشاك نصف خالية. ";
        let (language, body) = match number % 5 {
            0 => ("en", format!("{} met {} in Lisbon on Monday.", pick(GUESTS_EN), pick(HOSTS_EN))),
            1 => ("ar", format!("التقى {} {} في لشبونة يوم الاثنين.", pick(GUESTS_AR), pick(HOSTS_AR))),
            2 => {
                let rest = filler(english, 1 + number % 40);
                ("en", format!("{} met {} in Lisbon on Monday.\n\n{rest}", pick(GUESTS_EN), pick(HOSTS_EN)))
            }
            3 => {
                let rest = filler(arabic, 1 + number % 40);
                ("ar", format!("التقى {} {} في لشبونة يوم الاثنين.\n\n{rest}", pick(GUESTS_AR), pick(HOSTS_AR)))
            }
            // Long enough that those behind it are done first.
            _ => {
                let rest = filler(english, 150);
                ("en", format!("{} met {} in Lisbon on Monday.\n\n{rest}", pick(GUESTS_EN), pick(HOSTS_EN)))
            }
        };
        let value = json!({
            "id": self.key(),
            "language": language,
            "body": body,
            "published_at": "2031-03-04T08:00:00Z",
            "url": format!("https://example.org/{number}"),
        });
        value.to_string().into_bytes()
    }
}

const GUESTS_EN: &[&str] = &[
    "Norwegian Foreign Minister Ingrid Solberg",
    "Chilean President Tomas Alvarado",
    "Kenyan Prime Minister Joseph Barasa",
    "Polish Foreign Minister Zofia Lipska",
];
const HOSTS_EN: &[&str] = &[
    "Portuguese President Rui Teixeira",
    "Moroccan Foreign Minister Salma Idrissi",
    "Greek Prime Minister Nikos Pappas",
];
const GUESTS_AR: &[&str] = &[
    "وزير الخارجية النرويجي إريك هانسن",
    "وزير الخارجية المغربي سالم الإدريسي",
    "وزير الخارجية الألماني توماس فيبر",
    "وزير الخارجية العراقي كريم الساعدي",
];
const HOSTS_AR: &[&str] = &["الرئيس البرتغالي روي تيشيرا", "الرئيس الفرنسي بول مارتان", "الرئيس اليوناني نيكوس باباس"];

/// Publishes numbered articles at a steady pace until it is told to stop.
pub struct Feeder {
    stop: Arc<AtomicBool>,
    published: Arc<AtomicUsize>,
    partitions: Arc<AtomicUsize>,
    thread: Option<JoinHandle<Vec<Article>>>,
}

struct Delivered;

impl rdkafka::ClientContext for Delivered {}

impl ProducerContext for Delivered {
    type DeliveryOpaque = ();

    fn delivery(&self, result: &DeliveryResult<'_>, (): ()) {
        if let Err((error, _)) = result {
            // The ledger would be wrong from here on.
            eprintln!("the feeder's article was not delivered: {error}");
            std::process::abort();
        }
    }
}

impl Feeder {
    /// `rate` articles a second to the partitions in turn.
    pub fn start(kafka: &Kafka, topic: &str, partitions: usize, rate: usize) -> Feeder {
        let mut config = ClientConfig::new();
        config.set("bootstrap.servers", kafka.bootstrap()).set_log_level(RDKafkaLogLevel::Emerg);
        config.set("enable.idempotence", "true").set("linger.ms", "5").set("socket.timeout.ms", "10000");
        config.set("topic.metadata.refresh.interval.ms", "1000");
        let producer: ThreadedProducer<Delivered> = config.create_with_context(Delivered).expect("a producer");
        let (stop, published) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
        let partitions = Arc::new(AtomicUsize::new(partitions));
        let thread = {
            let (topic, stop, published) = (topic.to_owned(), stop.clone(), published.clone());
            let partitions = partitions.clone();
            std::thread::spawn(move || {
                let (mut list, mut next) = (Vec::new(), BTreeMap::<i32, usize>::new());
                let start = Instant::now();
                while !stop.load(Ordering::Relaxed) {
                    let due = (start.elapsed().as_secs_f64() * rate as f64) as usize;
                    while list.len() < due {
                        let number = list.len();
                        let partition = (number % partitions.load(Ordering::Relaxed)) as i32;
                        let sequence = next.entry(partition).or_default();
                        let article = Article::new(number, partition, *sequence);
                        *sequence += 1;
                        publish(&producer, &topic, &article);
                        list.push(article);
                    }
                    published.store(list.len(), Ordering::Relaxed);
                    std::thread::sleep(Duration::from_millis(10));
                }
                producer.flush(Duration::from_secs(120)).expect("the brokers take every article");
                list
            })
        };
        Feeder { stop, published, partitions, thread: Some(thread) }
    }

    pub fn published(&self) -> usize {
        self.published.load(Ordering::Relaxed)
    }

    /// Further partitions take part from now on.
    pub fn use_partitions(&self, partitions: usize) {
        self.partitions.store(partitions, Ordering::Relaxed);
    }

    /// Everything that was published, all of it acknowledged.
    pub fn stop(mut self) -> Vec<Article> {
        self.stop.store(true, Ordering::Relaxed);
        self.thread.take().expect("stopped once").join().expect("the feeder does not panic")
    }
}

impl Drop for Feeder {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

fn publish(producer: &ThreadedProducer<Delivered>, topic: &str, article: &Article) {
    let (key, value, number) = (article.key(), article.value(), article.number.to_string());
    let mut record = BaseRecord::<[u8], [u8]>::to(topic)
        .partition(article.partition)
        .key(key.as_bytes())
        .payload(&value)
        .headers(OwnedHeaders::new().insert(Header { key: "number", value: Some(number.as_bytes()) }));
    while let Err((error, back)) = producer.send(record) {
        // A partition that was just added becomes known in a moment.
        let passing = [RDKafkaErrorCode::QueueFull, RDKafkaErrorCode::UnknownPartition];
        assert!(
            error.rdkafka_error_code().is_some_and(|code| passing.contains(&code)),
            "the feeder's producer: {error}"
        );
        record = back;
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Says of each article where it stands in the input topic, of which `records` are all. A producer that writes again what
/// a broker acknowledged just before it died can leave an article there twice, idempotent or not; what is read twice has to
/// be told twice, and all behind it stand one further.
pub fn locate(list: &mut [Article], records: &[Received]) {
    list.iter_mut().for_each(|article| article.offsets.clear());
    for record in records {
        let number = record.header("number").and_then(|number| number.parse::<usize>().ok());
        let article = number.and_then(|number| list.get_mut(number)).expect("a numbered article");
        assert_eq!(record.partition, article.partition, "article {}", article.number);
        article.offsets.push(usize::try_from(record.offset).expect("an offset"));
    }
}

/// What became of a ledger's articles.
#[derive(Clone, Debug, Default)]
pub struct Account {
    pub articles: usize,
    /// How many records of the input topic are articles that stand there already.
    pub doubled: usize,
    pub events: usize,
    pub dead_letters: usize,
    /// Numbers of articles of which nothing came out.
    pub lost: Vec<usize>,
    /// Numbers of articles of which more came out than has to; once for each record too many.
    pub repeated: Vec<usize>,
    /// Records that differ from what extraction by itself makes of the article.
    pub wrong: Vec<String>,
    /// Numbers of articles whose first record stands behind that of a later article of the same partition in the same
    /// partition of the output.
    pub reordered: Vec<usize>,
    /// The same among versions of one story.
    pub reordered_by_key: Vec<usize>,
}

impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} articles, {} events, {} dead letters: {} lost, {} repeated, {} wrong, {} out of order, {} out of order by key",
            self.articles,
            self.events,
            self.dead_letters,
            self.lost.len(),
            self.repeated.len(),
            self.wrong.len(),
            self.reordered.len(),
            self.reordered_by_key.len()
        )?;
        if self.doubled > 0 {
            write!(f, " ({} articles stood in the input twice)", self.doubled)?;
        }
        Ok(())
    }
}

impl Account {
    /// Compares record by record what the topics hold with what they have to.
    pub fn take(list: &[Article], input: &str, events: &[Received], dead_letters: &[Received]) -> Account {
        let doubled = list.iter().map(|article| article.offsets.len().saturating_sub(1)).sum();
        let mut account = Account { articles: list.len(), doubled, ..Account::default() };
        // Extraction in a build for tests is slow: so many are held against it, evenly spread, and all among each other.
        let every = list.len().div_ceil(300).max(1);
        // By number and offset.
        let mut seen = HashSet::new();
        let mut values: HashMap<(usize, usize), &[u8]> = HashMap::new();
        account.events = events.len();
        account.dead_letters = dead_letters.len();
        let mut order = Order::default();
        for record in events {
            let event = safir::record::decode_event(record.value()).expect("a DiplomaticEvent");
            let origin = event.article.expect("the article it was read from");
            let number = origin.url.rsplit('/').next().and_then(|number| number.parse::<usize>().ok());
            let Some(article) = number.and_then(|number| list.get(number)) else {
                account.wrong.push(format!("an event of no article: {origin:?}"));
                continue;
            };
            let offset = usize::try_from(origin.offset).unwrap_or(usize::MAX);
            let found = origin.topic == input && origin.partition == article.partition;
            let found = found && article.offsets.contains(&offset);
            if article.fate() != Fate::Event || record.key() != article.key() || !found {
                account.wrong.push(format!("{origin:?} with key {}, of {article:?}", record.key()));
            }
            // A repetition has to be the same, byte for byte, and so has the same id.
            if *values.entry((article.number, offset)).or_insert(record.value()) != record.value() {
                account.wrong.push(format!("{}: two different events", article.number));
            }
            if seen.insert((article.number, offset)) {
                order.check(record.partition, article, offset, &mut account);
                if article.number % every != 0 {
                    continue;
                }
                let ids: Vec<_> = articles::expected(&article.value()).into_iter().map(|(id, _)| id).collect();
                if ids != [event.id.as_str()] {
                    account.wrong.push(format!("{}: id {} instead of {ids:?}", article.number, event.id));
                }
            } else {
                account.repeated.push(article.number);
            }
        }
        let mut order = Order::default();
        for record in dead_letters {
            let article = record.header("number").and_then(|number| list.get(number.parse::<usize>().ok()?));
            let Some(article) = article else {
                account.wrong.push("a dead letter of no article".to_owned());
                continue;
            };
            let offset = record.header("safir-dlq-offset").and_then(|offset| offset.parse::<usize>().ok());
            let offset = offset.unwrap_or(usize::MAX);
            if article.fate() != Fate::DeadLetter
                || record.value() != article.value()
                || !article.offsets.contains(&offset)
            {
                account.wrong.push(format!("{}: the dead letter of offset {offset}", article.number));
            }
            if seen.insert((article.number, offset)) {
                order.check(record.partition, article, offset, &mut account);
            } else {
                account.repeated.push(article.number);
            }
        }
        let told = |article: &Article| article.offsets.iter().all(|&at| seen.contains(&(article.number, at)));
        let lost = |article: &&Article| article.offsets.is_empty() || !told(article);
        account.lost = list.iter().filter(lost).map(|article| article.number).collect();
        account
    }

    /// Which stretches of the partitions were repeated: first and last place, and how many.
    pub fn stretches(&self, list: &[Article]) -> BTreeMap<i32, (usize, usize, usize)> {
        let mut stretches = BTreeMap::new();
        for article in self.repeated.iter().filter_map(|number| list.get(*number)) {
            let (first, last, count) = stretches.entry(article.partition).or_insert((article.sequence, 0, 0));
            *first = article.sequence.min(*first);
            *last = article.sequence.max(*last);
            *count += 1;
        }
        stretches
    }

    /// Nothing lost, repeated, wrong or out of order.
    pub fn assert_exactly_once(&self) {
        self.assert_at_least_once();
        assert!(self.repeated.is_empty(), "{self}: repeated {:?}", head(&self.repeated));
        assert!(self.reordered.is_empty(), "{self}: out of order {:?}", head(&self.reordered));
    }

    /// Nothing lost or wrong, and the versions of a story in order; repetitions are counted and allowed.
    pub fn assert_at_least_once(&self) {
        assert!(self.articles > 0, "nothing was published: the test proves nothing");
        assert!(self.lost.is_empty(), "{self}: lost {:?}", head(&self.lost));
        assert!(self.wrong.is_empty(), "{self}: {:?}", head(&self.wrong));
        assert!(self.reordered_by_key.is_empty(), "{self}: out of order {:?}", head(&self.reordered_by_key));
    }

    /// What `at_least_once` keeps in every storm. A frozen instance that wakes up, or one whose drain ran out of time, may
    /// still write what it had begun beside the partition's new owner: those are repetitions, and between them the first
    /// records of two versions may stand the wrong way round.
    pub fn assert_storm(&self) {
        assert!(self.articles > 0, "nothing was published: the test proves nothing");
        assert!(self.lost.is_empty(), "{self}: lost {:?}", head(&self.lost));
        assert!(self.wrong.is_empty(), "{self}: {:?}", head(&self.wrong));
    }
}

fn head<T: fmt::Debug>(list: &[T]) -> &[T] {
    &list[..list.len().min(20)]
}

/// The furthest article so far, for each partition of the output and each partition or story of the input.
#[derive(Default)]
struct Order {
    partitions: HashMap<(i32, i32), usize>,
    stories: HashMap<String, usize>,
}

impl Order {
    fn check(&mut self, output: i32, article: &Article, offset: usize, account: &mut Account) {
        let furthest = self.partitions.entry((output, article.partition)).or_insert(offset);
        if offset < *furthest {
            account.reordered.push(article.number);
        }
        *furthest = offset.max(*furthest);
        let furthest = self.stories.entry(article.key()).or_insert(offset);
        if offset < *furthest {
            account.reordered_by_key.push(article.number);
        }
        *furthest = offset.max(*furthest);
    }
}

/// The articles of a ledger whose partitions take turns, without a broker.
pub fn articles_of(count: usize, partitions: usize) -> Vec<Article> {
    let article = |number| Article::new(number, (number % partitions) as i32, number / partitions);
    (0..count).map(article).collect()
}
