//! Two generated files: the protobuf types from `proto/`, and the table that embeds `lang/` in the binary.
//!
//! No network and no program outside Cargo is needed: protox stands in for protoc.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

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
/// new folder and nothing else.
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
    for file in &files {
        let relative = file.strip_prefix(&root).map_err(io::Error::other)?;
        let mut parts = relative.components().map(|part| part.as_os_str().to_string_lossy());
        let language = parts.next().unwrap_or_default().into_owned();
        let inner = parts.collect::<Vec<_>>().join("/");
        writeln!(table, "    ({language:?}, {inner:?}, include_str!({:?})),", file.display().to_string())
            .map_err(io::Error::other)?;
    }
    table.push_str("];\n");
    fs::write(out.join("embedded.rs"), table)
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
