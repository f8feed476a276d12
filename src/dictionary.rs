//! Reads a user's folder of language data from disk; what it means is [`crate::lexicon::source`]'s.

use std::path::{Path, PathBuf};
use std::{fs, io};

use crate::lexicon::source::Dictionary;

/// A folder that cannot be used as a dictionary.
#[derive(Debug, thiserror::Error)]
pub enum DictionaryError {
    #[error("{path}: {source}")]
    Unreadable { path: String, source: io::Error },
    #[error("{0}: holds no table (such as ar/lexicon/nulls.tsv) and no declaration of a language")]
    Empty(String),
    #[error("{0}: has to stand in the folder of its language, or in world/")]
    OutsideLanguage(String),
}

/// Reads all `.tsv` and `.toml` files of a folder that is laid out like `lang/`. Other files (notes, a corpus) and
/// hidden ones are not looked at.
///
/// # Errors
/// When the folder or a file cannot be read as UTF-8, stands at the top, or when there is none.
pub fn read(folder: &Path) -> Result<Dictionary, DictionaryError> {
    let root = folder.display().to_string();
    let root = root.strip_suffix('/').map_or(root.clone(), str::to_owned);
    let mut paths = Vec::new();
    collect(folder, &mut paths)?;
    paths.sort();
    let mut files = Vec::new();
    for path in paths {
        let text = fs::read_to_string(&path).map_err(|source| unreadable(&path, source))?;
        let inside: Vec<String> = path
            .strip_prefix(folder)
            .unwrap_or(&path)
            .components()
            .map(|part| part.as_os_str().to_string_lossy().into_owned())
            .collect();
        match inside.split_first() {
            Some((language, rest)) if !rest.is_empty() => files.push((language.clone(), rest.join("/"), text)),
            _ => return Err(DictionaryError::OutsideLanguage(path.display().to_string())),
        }
    }
    if files.is_empty() {
        return Err(DictionaryError::Empty(root));
    }
    Ok(Dictionary { root, files })
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) -> Result<(), DictionaryError> {
    for entry in fs::read_dir(folder).map_err(|source| unreadable(folder, source))? {
        let path = entry.map_err(|source| unreadable(folder, source))?.path();
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if hidden {
            continue;
        }
        if path.is_dir() {
            collect(&path, paths)?;
        } else if path.extension().is_some_and(|extension| extension == "toml" || extension == "tsv") {
            paths.push(path);
        }
    }
    Ok(())
}

fn unreadable(path: &Path, source: io::Error) -> DictionaryError {
    DictionaryError::Unreadable { path: path.display().to_string(), source }
}
