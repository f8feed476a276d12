//! Articles from files, directories and stdin, record by record, for `extract`, `explain` and `publish`.
//!
//! Reading is lazy and bounded: JSON lines are read a line at a time, and a line longer than the limit is skipped, not
//! kept. Only a file that is one JSON document is held whole.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::ValueEnum;
use serde::de::IgnoredAny;

use super::UsageError;
use crate::article::Article;
use crate::decode::{self, DecodeError, Decoder};

/// What files hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum InputFormat {
    /// By the file's name (.jsonl, .json, .txt, ...), and where that does not tell by its content
    Auto,
    /// One JSON object a line
    Jsonl,
    /// One JSON object, an array of objects, or objects one after the other
    Json,
    /// One article as plain text or HTML; its id is the file's name
    Text,
}

/// The largest file that is read as one JSON document, in bytes.
const MAX_DOCUMENT: u64 = 256 * 1024 * 1024;
/// The extensions that a directory is searched for.
const EXTENSIONS: [&str; 7] = ["json", "jsonl", "ndjson", "txt", "text", "html", "htm"];

/// A file to read, or stdin.
#[derive(Clone, Debug)]
pub(super) struct Source {
    /// As shown in messages.
    pub name: Arc<str>,
    /// `None`: stdin.
    path: Option<PathBuf>,
    format: InputFormat,
    /// The id of a plain text's article.
    id: String,
}

/// One record as found, not yet decoded.
#[derive(Debug)]
pub(super) struct Record {
    pub source: Arc<str>,
    /// The first of the record, counted from 1; `None` for a plain text, which is its whole file.
    pub line: Option<usize>,
    pub content: Content,
}

#[derive(Debug)]
pub(super) enum Content {
    Json(Vec<u8>),
    Text {
        id: String,
        bytes: Vec<u8>,
    },
    /// Longer than the limit; skipped unread.
    TooLong {
        bytes: usize,
    },
}

impl Record {
    /// "file:line", or "file".
    pub fn place(&self) -> String {
        match self.line {
            Some(line) => format!("{}:{line}", self.source),
            None => self.source.to_string(),
        }
    }

    /// Size of what was read, in bytes.
    pub fn len(&self) -> usize {
        match &self.content {
            Content::Json(bytes) | Content::Text { bytes, .. } => bytes.len(),
            Content::TooLong { bytes } => *bytes,
        }
    }

    /// The article, decoded. JSON goes by the decoder's pointers.
    pub fn decode(&self, decoder: &Decoder) -> Result<Article, DecodeError> {
        match &self.content {
            Content::Json(bytes) => decoder.decode(bytes),
            Content::Text { id, bytes } => plain_text(id, bytes, decoder.max_bytes()),
            Content::TooLong { bytes } => Err(DecodeError::TooLarge { bytes: *bytes, max: decoder.max_bytes() }),
        }
    }
}

/// A whole file as one article: the text is the body, the file's name the id.
fn plain_text(id: &str, bytes: &[u8], max: usize) -> Result<Article, DecodeError> {
    if bytes.len() > max {
        return Err(DecodeError::TooLarge { bytes: bytes.len(), max });
    }
    let text = decode::text_of(bytes)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim().is_empty() {
        return Err(DecodeError::Empty);
    }
    let id =
        if id.is_empty() || id.len() > decode::MAX_ID_BYTES { decode::content_id("", text, "") } else { id.to_owned() };
    Ok(Article { id, body: text.to_owned(), ..Article::default() })
}

/// The sources that the arguments name: files, directories (searched in the order of their names) and `-` for stdin.
///
/// # Errors
/// Names the first that does not exist or cannot be listed.
pub(super) fn sources(arguments: &[PathBuf], format: InputFormat) -> anyhow::Result<Vec<Source>> {
    let mut found = Vec::new();
    for argument in arguments {
        if argument.as_os_str() == "-" {
            found.push(Source { name: "stdin".into(), path: None, format, id: "stdin".to_owned() });
            continue;
        }
        let problem = |error: io::Error| UsageError(format!("{}: {error}", argument.display()));
        if std::fs::metadata(argument).map_err(problem)?.is_dir() {
            let before = found.len();
            search(argument, argument, format, &mut found).map_err(problem)?;
            if found.len() == before {
                let extensions = EXTENSIONS.map(|extension| format!(".{extension}")).join(", ");
                return Err(UsageError(format!("{}: no articles: looked for {extensions}", argument.display())).into());
            }
        } else {
            let id = argument.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
            found.push(source(argument, format, id));
        }
    }
    Ok(found)
}

fn source(path: &Path, format: InputFormat, id: String) -> Source {
    let format = match (format, extension(path).as_str()) {
        (InputFormat::Auto, "jsonl" | "ndjson") => InputFormat::Jsonl,
        (InputFormat::Auto, "txt" | "text" | "html" | "htm") => InputFormat::Text,
        (format, _) => format,
    };
    Source { name: path.display().to_string().into(), path: Some(path.to_owned()), format, id }
}

fn extension(path: &Path) -> String {
    path.extension().map(|extension| extension.to_string_lossy().to_ascii_lowercase()).unwrap_or_default()
}

fn search(root: &Path, folder: &Path, format: InputFormat, found: &mut Vec<Source>) -> io::Result<()> {
    let mut paths = std::fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    for path in paths {
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if hidden {
            continue;
        }
        if path.is_dir() {
            search(root, &path, format, found)?;
        } else if EXTENSIONS.contains(&extension(&path).as_str()) {
            // Below a directory the id has the folders, so that two of them may hold files of the same name.
            let id = path.strip_prefix(root).unwrap_or(&path).with_extension("");
            found.push(source(&path, format, id.to_string_lossy().replace('\\', "/")));
        }
    }
    Ok(())
}

/// The bytes of all sources together, or `None` when stdin is among them.
pub(super) fn total_bytes(sources: &[Source]) -> Option<u64> {
    sources.iter().map(|source| Some(source.path.as_ref()?.metadata().ok()?.len())).sum()
}

/// Reads the records of all sources, one after the other. Ends at the first source that cannot be read.
pub(super) struct Records {
    sources: std::vec::IntoIter<Source>,
    current: Option<Current>,
    max_bytes: usize,
}

enum Current {
    Lines { name: Arc<str>, reader: Box<dyn BufRead + Send>, line: usize },
    Document(Document),
}

impl Records {
    /// `max_bytes` bounds a record.
    pub fn new(sources: Vec<Source>, max_bytes: usize) -> Self {
        Self { sources: sources.into_iter(), current: None, max_bytes }
    }

    fn open(&self, source: &Source) -> io::Result<Opened> {
        let reader: Box<dyn BufRead + Send> = match &source.path {
            Some(path) => Box::new(BufReader::with_capacity(1 << 16, File::open(path)?)),
            None => Box::new(BufReader::with_capacity(1 << 16, io::stdin())),
        };
        let (format, mut reader) = match source.format {
            InputFormat::Auto => match sniff(reader, self.max_bytes)? {
                // Not JSON, but called so: let the decoder say what is wrong with it.
                (InputFormat::Text, reader) if source.name.ends_with(".json") => (InputFormat::Jsonl, reader),
                sniffed => sniffed,
            },
            format => (format, reader),
        };
        match format {
            InputFormat::Text => {
                // One byte more than allowed tells too long from just right.
                let mut bytes = Vec::new();
                reader.take(self.max_bytes as u64 + 1).read_to_end(&mut bytes)?;
                let content = Content::Text { id: source.id.clone(), bytes };
                Ok(Opened::One(Record { source: source.name.clone(), line: None, content }))
            }
            InputFormat::Json => {
                let mut bytes = Vec::new();
                reader.by_ref().take(MAX_DOCUMENT + 1).read_to_end(&mut bytes)?;
                if bytes.len() as u64 > MAX_DOCUMENT {
                    let advice = "too large for one JSON document: write one article a line and name it .jsonl";
                    return Err(io::Error::new(io::ErrorKind::InvalidData, advice));
                }
                Ok(Opened::Many(Current::Document(Document::new(source.name.clone(), bytes))))
            }
            InputFormat::Jsonl | InputFormat::Auto => {
                Ok(Opened::Many(Current::Lines { name: source.name.clone(), reader, line: 0 }))
            }
        }
    }
}

enum Opened {
    One(Record),
    Many(Current),
}

impl Iterator for Records {
    type Item = anyhow::Result<Record>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let next = match &mut self.current {
                Some(Current::Lines { name, reader, line }) => {
                    next_line(reader.as_mut(), name, line, self.max_bytes).map_err(|error| (name.clone(), error))
                }
                Some(Current::Document(document)) => Ok(document.next_record()),
                None => Ok(None),
            };
            match next {
                Ok(Some(record)) => return Some(Ok(record)),
                Ok(None) => {}
                Err((name, error)) => {
                    self.sources = Vec::new().into_iter();
                    self.current = None;
                    return Some(Err(anyhow::Error::new(error).context(format!("cannot read {name}"))));
                }
            }
            self.current = None;
            let source = self.sources.next()?;
            match self.open(&source) {
                Ok(Opened::One(record)) => return Some(Ok(record)),
                Ok(Opened::Many(current)) => self.current = Some(current),
                Err(error) => {
                    self.sources = Vec::new().into_iter();
                    return Some(Err(anyhow::Error::new(error).context(format!("cannot read {}", source.name))));
                }
            }
        }
    }
}

/// The next line that is not blank, without its end.
fn next_line(
    reader: &mut dyn BufRead,
    name: &Arc<str>,
    line: &mut usize,
    max_bytes: usize,
) -> io::Result<Option<Record>> {
    loop {
        let mut bytes = Vec::new();
        let mut length = 0;
        let mut any = false;
        loop {
            let buffer = match reader.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                other => other?,
            };
            if buffer.is_empty() {
                break;
            }
            any = true;
            let end = memchr::memchr(b'\n', buffer);
            let part = &buffer[..end.unwrap_or(buffer.len())];
            length += part.len();
            if length <= max_bytes {
                bytes.extend_from_slice(part);
            } else {
                bytes = Vec::new();
            }
            let used = part.len() + usize::from(end.is_some());
            reader.consume(used);
            if end.is_some() {
                break;
            }
        }
        if !any {
            return Ok(None);
        }
        *line += 1;
        if length <= max_bytes && bytes.trim_ascii().is_empty() {
            continue;
        }
        let content = if length > max_bytes { Content::TooLong { bytes: length } } else { Content::Json(bytes) };
        return Ok(Some(Record { source: name.clone(), line: Some(*line), content }));
    }
}

/// Tells what a stream holds by its first two lines, and gives it back unread.
fn sniff(mut reader: Box<dyn BufRead + Send>, max_bytes: usize) -> io::Result<(InputFormat, Box<dyn BufRead + Send>)> {
    let mut head = Vec::new();
    let limit = max_bytes as u64;
    let mut first = 0..0;
    while first.is_empty() {
        let start = head.len();
        if reader.by_ref().take(limit).read_until(b'\n', &mut head)? == 0 {
            break;
        }
        if !head[start..].trim_ascii().is_empty() {
            first = start..head.len();
        }
    }
    let second = head.len();
    reader.by_ref().take(limit).read_until(b'\n', &mut head)?;
    let line = head[first].trim_ascii();
    let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
    let format = match line.first() {
        Some(b'[') => InputFormat::Json,
        Some(b'{') => match serde_json::from_slice::<IgnoredAny>(line) {
            Ok(_) => InputFormat::Jsonl,
            // An object that goes on in the next line, unless that begins an object of its own: then this line is cut.
            Err(error) if error.is_eof() && !head[second..].trim_ascii().starts_with(b"{") => InputFormat::Json,
            Err(_) => InputFormat::Jsonl,
        },
        _ => InputFormat::Text,
    };
    Ok((format, Box::new(BufReader::new(Cursor::new(head).chain(reader)))))
}

/// A file that is one JSON document: an object, several of them, or an array.
struct Document {
    name: Arc<str>,
    bytes: Vec<u8>,
    at: usize,
    line: usize,
    array: bool,
}

impl Document {
    fn new(name: Arc<str>, bytes: Vec<u8>) -> Self {
        let mark = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
        let mut document = Self { name, bytes, at: mark, line: 1, array: false };
        document.skip(|byte| byte.is_ascii_whitespace());
        if document.bytes.get(document.at) == Some(&b'[') {
            document.array = true;
            document.at += 1;
        }
        document
    }

    fn skip(&mut self, wanted: impl Fn(u8) -> bool) {
        while let Some(byte) = self.bytes.get(self.at).filter(|byte| wanted(**byte)) {
            self.line += usize::from(*byte == b'\n');
            self.at += 1;
        }
    }

    fn next_record(&mut self) -> Option<Record> {
        let array = self.array;
        self.skip(|byte| byte.is_ascii_whitespace() || (array && byte == b','));
        let rest = self.bytes.get(self.at..)?;
        if rest.is_empty() || (array && rest.trim_ascii() == b"]") {
            return None;
        }
        // The stream finds where a value ends without building it. What it cannot read is handed on whole, for the
        // decoder to say why, and ends the document: there is no telling where the next article begins.
        let mut stream = serde_json::Deserializer::from_slice(rest).into_iter::<IgnoredAny>();
        let length = match stream.next() {
            Some(Ok(_)) => stream.byte_offset(),
            _ => rest.len(),
        };
        let bytes = rest[..length].to_vec();
        let record = Record { source: self.name.clone(), line: Some(self.line), content: Content::Json(bytes) };
        self.line += memchr::memchr_iter(b'\n', &rest[..length]).count();
        self.at += length;
        Some(record)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records(name: &str, content: &[u8], max: usize) -> Vec<(Option<usize>, String)> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        let sources = sources(&[path], InputFormat::Auto).unwrap();
        Records::new(sources, max)
            .map(|record| {
                let record = record.unwrap();
                let content = match &record.content {
                    Content::Json(bytes) => String::from_utf8_lossy(bytes).into_owned(),
                    Content::Text { id, bytes } => format!("{id}: {}", String::from_utf8_lossy(bytes)),
                    Content::TooLong { bytes } => format!("too long: {bytes}"),
                };
                (record.line, content)
            })
            .collect()
    }

    fn owned(list: &[(Option<usize>, &str)]) -> Vec<(Option<usize>, String)> {
        list.iter().map(|(line, text)| (*line, (*text).to_owned())).collect()
    }

    #[test]
    fn lines_are_numbered_and_blank_ones_skipped() {
        let found = records("a.jsonl", b"{\"a\":1}\n\n  \n{\"b\":2}\r\n{\"c\"", 1000);
        assert_eq!(found, owned(&[(Some(1), "{\"a\":1}"), (Some(4), "{\"b\":2}\r"), (Some(5), "{\"c\"")]));
    }

    #[test]
    fn a_line_over_the_limit_is_skipped_and_the_next_one_read() {
        let mut content = vec![b'x'; 300_000];
        content.extend_from_slice(b"\n{}\n");
        assert_eq!(records("a.jsonl", &content, 1000), owned(&[(Some(1), "too long: 300000"), (Some(2), "{}")]));
    }

    #[test]
    fn a_json_file_may_be_a_document_an_array_or_lines() {
        let document = b"{\n  \"body\": \"x\"\n}\n";
        assert_eq!(records("a.json", document, 1000), owned(&[(Some(1), "{\n  \"body\": \"x\"\n}")]));
        let array = b"[\n {\"a\":1},\n {\"b\":\n2} ]\n";
        assert_eq!(records("a.json", array, 1000), owned(&[(Some(2), "{\"a\":1}"), (Some(3), "{\"b\":\n2}")]));
        let lines = b"{\"a\":1}\n{\"b\":2}\n";
        assert_eq!(records("a.json", lines, 1000), owned(&[(Some(1), "{\"a\":1}"), (Some(2), "{\"b\":2}")]));
        let cut = b"{\"a\":\n{\"b\":2}\n";
        assert_eq!(records("a.json", cut, 1000), owned(&[(Some(1), "{\"a\":"), (Some(2), "{\"b\":2}")]));
    }

    #[test]
    fn what_is_broken_in_a_document_is_handed_on_once() {
        let array = b"[{\"a\":1},\n{\"b\":}, {\"c\":3}]";
        let found = records("a.json", array, 1000);
        assert_eq!(found, owned(&[(Some(1), "{\"a\":1}"), (Some(2), "{\"b\":}, {\"c\":3}]")]));
    }

    #[test]
    fn a_plain_text_is_one_article_named_after_its_file() {
        assert_eq!(records("visit.txt", "زيارة\n".as_bytes(), 1000), owned(&[(None, "visit: زيارة\n")]));
        assert_eq!(records("note", b"plain words", 1000), owned(&[(None, "note: plain words")]));
        let article = plain_text("visit", "\u{feff}زيارة".as_bytes(), 1000).unwrap();
        assert_eq!((article.id.as_str(), article.body.as_str()), ("visit", "زيارة"));
        assert_eq!(plain_text("x", b" \n", 1000).unwrap_err().reason(), "empty");
        assert_eq!(plain_text("x", b"\xff", 1000).unwrap_err().reason(), "invalid_utf8");
        assert_eq!(plain_text("x", &[b'a'; 1001], 1000).unwrap_err().reason(), "too_large");
    }

    #[test]
    fn a_directory_is_searched_in_the_order_of_names() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("b")).unwrap();
        for name in ["c.txt", "a.txt", "b/a.txt", ".hidden.txt", "other.bin"] {
            std::fs::write(folder.path().join(name), name).unwrap();
        }
        let sources = sources(&[folder.path().to_owned()], InputFormat::Auto).unwrap();
        let ids: Vec<_> = sources.iter().map(|source| source.id.as_str()).collect();
        assert_eq!(ids, ["a", "b/a", "c"]);
    }
}
