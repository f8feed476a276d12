//! Generated files: the protobuf types from `proto/`, the table that embeds `lang/` in the binary, and the lexicons
//! compiled from it, so that the program need not compile them each time it starts.
//!
//! No network and no program outside Cargo is needed: protox stands in for protoc.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io, thread};

use lexicon::source::Source;
use sha2::{Digest, Sha256};

/// The modules that compile a lexicon, which the program compiles those of its users with.
macro_rules! shared {
    ($($name:ident: $path:literal;)*) => {
        $(#[path = $path]
        #[allow(dead_code, unused_imports)]
        mod $name;)*
    };
}

shared! {
    article: "src/article.rs";
    event: "src/event.rs";
    lexicon: "src/lexicon/mod.rs";
    text: "src/text/mod.rs";
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let out = PathBuf::from(env::var("OUT_DIR")?);
    compile_protos(&out)?;
    embed_languages(&out)?;
    Ok(())
}

fn compile_protos(out: &Path) -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo:rerun-if-changed=proto");
    let files = protox::compile(["safir/v1/article.proto", "safir/v1/event.proto"], ["proto"])?;
    let descriptors = prost::Message::encode_to_vec(&files);
    fs::write(out.join("safir.v1.descriptors.bin"), &descriptors)?;
    prost_build::Config::new().compile_fds(files)?;
    pbjson_build::Builder::new().register_descriptors(&descriptors)?.build(&[".safir.v1"])?;
    Ok(())
}

/// Writes `EMBEDDED: &[(language, path inside the language's folder, text)]`, sorted, so that a new language is a
/// new folder and nothing else, `VERSION` over all of it, and `IMAGES: &[(language, compiled lexicon)]`.
fn embed_languages(out: &Path) -> io::Result<()> {
    println!("cargo:rerun-if-changed=lang");
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?).join("lang");
    let mut files = Vec::new();
    for entry in fs::read_dir(&root)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, &mut files)?;
        }
    }
    files.sort();
    let mut table = String::from("pub(crate) static EMBEDDED: &[(&str, &str, &str)] = &[\n");
    let mut texts = Vec::new();
    for file in &files {
        let relative = file.strip_prefix(&root).map_err(io::Error::other)?;
        let mut parts = relative.components().map(|part| part.as_os_str().to_string_lossy());
        let language = parts.next().unwrap_or_default().into_owned();
        let inner = parts.collect::<Vec<_>>().join("/");
        writeln!(table, "    ({language:?}, {inner:?}, include_str!({:?})),", file.display().to_string())
            .map_err(io::Error::other)?;
        texts.push((language, inner, fs::read_to_string(file)?));
    }
    writeln!(table, "];\npub(crate) const VERSION: &str = {:?};", version(&texts)).map_err(io::Error::other)?;
    table.push_str("pub(crate) static IMAGES: &[(&str, &[u8])] = &[\n");
    for (language, image) in images(&texts) {
        let path = out.join(format!("{language}.lexicon"));
        fs::write(&path, image)?;
        writeln!(table, "    ({language:?}, include_bytes!({:?})),", path.display().to_string())
            .map_err(io::Error::other)?;
    }
    table.push_str("];\n");
    fs::write(out.join("embedded.rs"), table)
}

/// The version of the language data, as the program makes it of data that a user adds to (`extract::language`).
fn version(texts: &[(String, String, String)]) -> String {
    let mut digest = Sha256::new();
    for (language, path, text) in texts {
        for part in [language, path, text] {
            digest.update((part.len() as u64).to_le_bytes());
            digest.update(part.as_bytes());
        }
    }
    digest.finalize()[..8].iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The compiled lexicons of these files (language, path, text). One with a fault is left out: the program then compiles
/// it when it starts, and says what and where the fault is.
fn images(texts: &[(String, String, String)]) -> Vec<(&str, Vec<u8>)> {
    let layers =
        [texts.iter().map(|(language, path, text)| Source { root: "lang", language, path, text }).collect::<Vec<_>>()];
    let mut codes: Vec<&str> = texts.iter().map(|(language, ..)| language.as_str()).collect();
    codes.dedup();
    codes.retain(|code| *code != lexicon::table::WORLD);
    thread::scope(|scope| {
        let layers = &layers;
        let compile = |code| lexicon::image::write(&lexicon::load::load(layers, code).ok()?).ok();
        let running: Vec<_> = codes.into_iter().map(|code| (code, scope.spawn(move || compile(code)))).collect();
        running.into_iter().filter_map(|(code, thread)| Some((code, thread.join().ok()??))).collect()
    })
}

/// Corpus cases and notes stay out of the binary: only what the engine reads is embedded.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|ext| ext == "toml" || ext == "tsv") {
            files.push(path);
        }
    }
    Ok(())
}
