//! HTML inside an article: which stretches are markup, and what a character reference stands for.
//!
//! Nothing is rewritten, so offsets keep pointing into the text as received.

use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// Longest character reference that is looked for, `&` and `;` included.
const MAX_REFERENCE: usize = 34;

/// Length in bytes of the tag or comment that starts at `text[at]` (a `<`), or `None` where it is a plain `<`.
///
/// Script and style elements are skipped with their content. An unclosed tag is plain text.
pub fn tag_length(text: &str, at: usize) -> Option<(usize, bool)> {
    let rest = text.get(at..)?;
    let bytes = rest.as_bytes();
    if rest.starts_with("<!--") {
        return Some((rest.find("-->").map_or(rest.len(), |end| end + 3), false));
    }
    let first = *bytes.get(1)?;
    if !(first.is_ascii_alphabetic() || first == b'/' || first == b'!') {
        return None;
    }
    // A tag longer than this is no tag but a stray sign; the bound keeps the scan linear.
    let window = &bytes[..bytes.len().min(4096)];
    let end = memchr::memchr(b'>', window)? + 1;
    let name = rest[1..end].trim_start_matches('/').split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
    if first != b'/' {
        for element in ["script", "style"] {
            if name.eq_ignore_ascii_case(element) {
                let close = format!("</{element}");
                let found = find_ignoring_case(&rest[end..], &close);
                return Some((found.map_or(rest.len(), |start| end + start), true));
            }
        }
    }
    let block = matches!(
        name.to_ascii_lowercase().as_str(),
        "p" | "br"
            | "div"
            | "li"
            | "ul"
            | "ol"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "tr"
            | "table"
            | "blockquote"
    );
    Some((end, block))
}

fn find_ignoring_case(text: &str, needle: &str) -> Option<usize> {
    let (text, needle) = (text.as_bytes(), needle.as_bytes());
    memchr::memchr_iter(b'<', text)
        .find(|&at| text.len() - at >= needle.len() && text[at..at + needle.len()].eq_ignore_ascii_case(needle))
}

/// The character reference at `text[at]` (an `&`): its first character and its length in bytes.
pub fn reference(text: &str, at: usize) -> Option<(char, usize)> {
    let rest = text.get(at..)?;
    let bytes = rest.as_bytes();
    let semicolon = memchr::memchr(b';', &bytes[..bytes.len().min(MAX_REFERENCE)])?;
    let name = rest.get(1..semicolon)?;
    let length = semicolon + 1;
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).map(|c| (c, length));
    }
    named().get(rest.get(..length)?).map(|&c| (c, length))
}

fn named() -> &'static FxHashMap<&'static str, char> {
    static NAMED: OnceLock<FxHashMap<&'static str, char>> = OnceLock::new();
    NAMED.get_or_init(|| {
        entities::ENTITIES
            .iter()
            .filter(|entity| entity.entity.ends_with(';'))
            .filter_map(|entity| entity.characters.chars().next().map(|c| (entity.entity, c)))
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_and_tags_are_measured_and_stray_signs_are_text() {
        assert_eq!(reference("&amp; x", 0), Some(('&', 5)));
        assert_eq!(reference("&#1575;", 0), Some(('ا', 7)));
        assert_eq!(reference("&laquo;x", 0), Some(('«', 7)));
        assert_eq!(reference("AT&T said;", 2), None);
        assert_eq!(tag_length("<p>x", 0), Some((3, true)));
        assert_eq!(tag_length("<b>x", 0), Some((3, false)));
        assert_eq!(tag_length("< 5 and > 3", 0), None);
        assert_eq!(tag_length("<script>a<b</script>x", 0), Some((11, true)));
    }
}
