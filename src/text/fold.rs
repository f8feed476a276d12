//! The one normaliser: texts and lexicons are compared in this form only.
//!
//! It drops what writers add or leave out at will (vowel signs, tatweel, bidi marks) and folds variants that never
//! distinguish words in print (hamza seats on alef, Persian letter forms, presentation forms, digits, case, accents).
//! ى/ي and ة/ه do distinguish words (على is not علي), so only [`deep`] folds them, for a second look-up.

use unicode_normalization::UnicodeNormalization;

/// What one character becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Folded {
    /// One character, possibly itself.
    One(char),
    /// Nothing: it never separates or makes a word.
    Nothing,
    /// Several, through compatibility decomposition.
    Many,
}

/// Folds a character outside ASCII.
pub fn fold_char(c: char) -> Folded {
    use Folded::{Many, Nothing, One};
    match c {
        '\u{0621}'..='\u{064A}' => match c {
            'أ' | 'إ' | 'آ' => One('ا'),
            '\u{0640}' => Nothing,
            _ => One(c),
        },
        '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{0610}'..='\u{061A}' | '\u{06D6}'..='\u{06ED}' => Nothing,
        'ٱ' => One('ا'),
        'ی' => One('ي'),
        'ک' | 'گ' => One('ك'),
        'ھ' | 'ہ' => One('ه'),
        '٠'..='٩' => One(digit(c as u32 - 0x0660)),
        '۰'..='۹' => One(digit(c as u32 - 0x06F0)),
        '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' => Many,
        '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' | '\u{00AD}' => {
            Nothing
        }
        '\u{0300}'..='\u{036F}' => Nothing,
        '’' | 'ʼ' | '`' => One('\''),
        '\u{00C0}'..='\u{024F}' | '\u{1E00}'..='\u{1EFF}' => Many,
        _ => One(c),
    }
}

fn digit(value: u32) -> char {
    char::from_digit(value, 10).unwrap_or('0')
}

/// Appends the folded form of `text` to `out`.
pub fn fold_into(text: &str, out: &mut String) {
    for c in text.chars() {
        if c.is_ascii() {
            out.push(c.to_ascii_lowercase());
            continue;
        }
        push_folded(c, out);
    }
}

/// Appends the folded form of one character outside ASCII.
pub fn push_folded(c: char, out: &mut String) {
    match fold_char(c) {
        Folded::One(folded) if folded as u32 >= 0x0600 && (folded as u32) < 0x0700 => out.push(folded),
        Folded::One(folded) => out.extend(folded.to_lowercase()),
        Folded::Nothing => {}
        Folded::Many => {
            for part in std::iter::once(c).nfkd() {
                if part.is_ascii() {
                    out.push(part.to_ascii_lowercase());
                } else if let Folded::One(folded) = fold_char(part) {
                    out.extend(folded.to_lowercase());
                }
            }
        }
    }
}

/// The folded form of `text`.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    fold_into(text, &mut out);
    out
}

/// Appends the folded form of one character, keeping the accents of `letters`: in languages where they tell words apart
/// (à is not a). `floor` is where the word begins in `out`: a combining mark joins no letter before it.
pub fn push_keeping(c: char, letters: &str, floor: usize, out: &mut String) {
    if ('\u{0300}'..='\u{036F}').contains(&c) {
        let Some(base) = out[floor..].chars().next_back() else { return };
        if let Some(whole) = unicode_normalization::char::compose(base, c).filter(|&whole| letters.contains(whole)) {
            out.pop();
            out.push(whole);
        }
        return;
    }
    if let Some(lower) = c.to_lowercase().next().filter(|&lower| letters.contains(lower)) {
        out.push(lower);
        return;
    }
    if c.is_ascii() {
        out.push(c.to_ascii_lowercase());
    } else {
        push_folded(c, out);
    }
}

/// The folded form of `text`, keeping the accents of `letters`.
pub fn fold_keeping(text: &str, letters: &str) -> String {
    if letters.is_empty() {
        return fold(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        push_keeping(c, letters, 0, &mut out);
    }
    out
}

/// Whether [`deep`] changes a folded form.
pub fn deepens(folded: &str) -> bool {
    folded.contains(|c| matches!(c, 'ى' | 'ة' | 'ؤ' | 'ئ' | '\u{00C0}'..='\u{024F}'))
}

/// A folded form folded further, for the second look-up only: ى to ي, ة to ه, ؤ and ئ to ء, kept accents off.
pub fn deep(folded: &str, out: &mut String) {
    for c in folded.chars() {
        match c {
            'ى' => out.push('ي'),
            'ة' => out.push('ه'),
            'ؤ' | 'ئ' => out.push('ء'),
            'œ' => out.push_str("oe"),
            'æ' => out.push_str("ae"),
            '\u{00C0}'..='\u{024F}' => out.extend(std::iter::once(c).nfd().filter(char::is_ascii)),
            _ => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_variants_of_one_word_fold_to_one_form() {
        for (a, b) in [
            ("أحمد", "احمد"),
            ("مُحَمَّد", "محمد"),
            ("محمـــد", "محمد"),
            ("ﻣﺤﻤﺪ", "محمد"),
            ("٢٠١٥", "2015"),
            ("\u{200f}مصر\u{200e}", "مصر"),
            ("Élysée", "elysee"),
            ("Çavuşoğlu", "cavusoglu"),
        ] {
            assert_eq!(fold(a), fold(b), "{a} and {b}");
        }
    }

    #[test]
    fn accents_that_tell_words_apart_are_kept_where_the_language_asks_for_them() {
        let kept = |text: &str| fold_keeping(text, "éèàœ");
        assert_eq!(kept("À"), "à");
        assert_eq!(kept("Rencontre\u{301}"), "rencontré");
        assert_eq!(kept("Erdoğan"), "erdogan");
        let mut loose = String::new();
        deep(&kept("Élysée, sœur"), &mut loose);
        assert_eq!(loose, "elysee, soeur");
    }

    #[test]
    fn words_that_differ_in_their_last_letter_stay_apart() {
        assert_ne!(fold("على"), fold("علي"));
        assert_ne!(fold("وفاة"), fold("وفاه"));
    }
}
