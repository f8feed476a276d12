//! Quotations: which tokens stand inside quotation marks, whatever marks and in whatever state they are.

use crate::text::token::{DOUBLED, Kind, Tokens};

/// Tokens `first..=last` stand between two marks; `closed` is false where the closing mark is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// Index of the opening mark.
    pub open: usize,
    pub first: usize,
    pub last: usize,
    pub closed: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Family {
    Double,
    Guillemet,
    Single,
}

fn family(mark: char) -> Family {
    match mark {
        '«' | '»' | '‹' | '›' | '《' | '》' | '〈' | '〉' => Family::Guillemet,
        '\'' | '‘' | '’' | '‚' => Family::Single,
        _ => Family::Double,
    }
}

/// Finds the quotations of all paragraphs, outermost only, in order.
///
/// Writers mix the marks, turn them round in right-to-left text and forget to close them, so a mark's direction is not
/// believed: inside a paragraph the first mark of a family opens and the next one of that family closes. What is still
/// open at the end of the paragraph ends there.
pub fn quotations(tokens: &Tokens, out: &mut Vec<Quotation>) {
    out.clear();
    let mut open: Option<(usize, Family)> = None;
    // Whether a quotation inside the open one is open as well.
    let mut inner = 0;
    let doubled = tokens.all.iter().any(|t| t.mark == DOUBLED);
    // Whether the marks of this paragraph are doubled, so that simple ones only wrap it.
    let mut wrapped = doubled && has_doubled(tokens, 0);
    for i in 0..tokens.all.len() {
        let token = &tokens.all[i];
        match token.kind {
            Kind::Quote if wrapped && token.mark == '"' && token.end - token.start == 1 => {}
            Kind::Quote => {
                let mark = family(token.mark);
                match open {
                    None => {
                        let stray = mark == Family::Single && !token.spaced
                            || tokens.all.get(i + 1).is_none_or(|next| next.kind == Kind::Break);
                        // Between a word and a comma a mark can only close.
                        let closing = i > 0
                            && !token.spaced
                            && matches!(tokens.all[i - 1].kind, Kind::Word | Kind::Number | Kind::Stop | Kind::Close)
                            && tokens.all.get(i + 1).is_some_and(|next| !next.spaced && next.kind == Kind::Comma);
                        if closing {
                            continue;
                        }
                        // An apostrophe and a mark with nothing after it open nothing.
                        if !stray || (mark != Family::Single && !ends_paragraph(tokens, i)) {
                            open = Some((i, mark));
                        }
                    }
                    Some((start, opened)) if opened == mark => {
                        if mark == Family::Single && (next_is_glued(tokens, i) || owns(tokens, i)) {
                            continue;
                        }
                        // ... end. "And on: a mark that can only open, after a full stop, begins the next one.
                        let opens = |mark: usize| {
                            tokens.all[mark].spaced && tokens.all.get(mark + 1).is_some_and(|next| !next.spaced)
                        };
                        if opens(i) && opens(start) && tokens.all[i - 1].kind == Kind::Stop && i - 1 > start {
                            push(tokens, start, i, false, out);
                            open = Some((i, mark));
                            continue;
                        }
                        // «The first names a «thing» and goes on»: marks within marks, told by their direction.
                        if inner > 0 {
                            inner -= usize::from(tokens.all[start].mark != token.mark);
                            continue;
                        }
                        if mark == Family::Guillemet && opens(i) && opens(start) && nests(tokens, start, i) {
                            inner = 1;
                            continue;
                        }
                        // «The first sentence. The second names a «thing»: two marks that can only open, a sentence's end
                        // between them. The first was never closed and ends with its sentence.
                        let turned = tokens.all[start].mark == token.mark && mark == Family::Guillemet;
                        if turned && opens(i) && opens(start) {
                            let ends = |&p: &usize| {
                                tokens.all[p].kind == Kind::Stop
                                    && tokens.all.get(p + 1).is_some_and(|next| next.spaced)
                            };
                            // Without a sentence's end the last comma parts the two.
                            let comma = || (start + 2..i).rev().find(|&p| tokens.all[p].kind == Kind::Comma);
                            if let Some(stop) = (start + 2..i).find(ends).or_else(comma) {
                                push(tokens, start, stop, false, out);
                                open = Some((i, mark));
                                continue;
                            }
                        }
                        push(tokens, start, i, true, out);
                        open = None;
                    }
                    Some(_) => {}
                }
            }
            Kind::Break => {
                wrapped = doubled && has_doubled(tokens, i + 1);
                if open.is_some_and(|(_, mark)| mark != Family::Single && goes_on(tokens, i, mark)) {
                    continue;
                }
                inner = 0;
                if let Some((start, mark)) = open.take() {
                    if mark != Family::Single {
                        push(tokens, start, i, false, out);
                    }
                }
            }
            _ => {}
        }
    }
}

/// Whether the paragraph that begins at `first` has doubled marks.
fn has_doubled(tokens: &Tokens, first: usize) -> bool {
    tokens.all[first..].iter().take_while(|t| t.kind != Kind::Break).any(|t| t.mark == DOUBLED)
}

/// Whether the mark at `i`, turned like the one at `start` that is open, opens a quotation inside that one: the next two of
/// its family are turned the other way.
fn nests(tokens: &Tokens, start: usize, i: usize) -> bool {
    if tokens.all[start].mark != tokens.all[i].mark {
        return false;
    }
    let mut closing = 0;
    for token in tokens.all.iter().skip(i + 1).take(FURTHER) {
        match token.kind {
            Kind::Break => return false,
            Kind::Quote if family(token.mark) == Family::Guillemet => {
                if token.mark == tokens.all[start].mark {
                    return false;
                }
                closing += 1;
                if closing == 2 {
                    return true;
                }
            }
            _ => {}
        }
    }
    false
}

/// How many lines and tokens a quotation may run on over.
const LINES: usize = 8;
const FURTHER: usize = 240;

/// Whether a quotation that is open at the end of the line goes on in the next ones: the next mark of its family closes.
///
/// Such a mark clings to the word before it and has nothing clinging after it. A mark that opens a line, as writers put it
/// before each paragraph of a long speech, begins a quotation of its own.
fn goes_on(tokens: &Tokens, line_end: usize, opened: Family) -> bool {
    let mut lines = 0;
    for i in line_end + 1..tokens.all.len().min(line_end + FURTHER) {
        match tokens.all[i].kind {
            Kind::Break => {
                lines += 1;
                if lines > LINES {
                    return false;
                }
            }
            Kind::Quote if family(tokens.all[i].mark) == opened => {
                let after = tokens.all[i - 1].kind;
                return !tokens.all[i].spaced
                    && matches!(after, Kind::Word | Kind::Number | Kind::Stop | Kind::Comma | Kind::Close)
                    && !next_is_glued(tokens, i)
                    && tokens.all[line_end].field == tokens.all[i].field;
            }
            _ => {}
        }
    }
    false
}

fn ends_paragraph(tokens: &Tokens, i: usize) -> bool {
    tokens.all.get(i + 1).is_none_or(|next| next.kind == Kind::Break)
}

fn next_is_glued(tokens: &Tokens, i: usize) -> bool {
    tokens.all.get(i + 1).is_some_and(|next| next.kind == Kind::Word && !next.spaced)
}

/// 'He praised the ministers' work,': whether the mark at `i` behind a plural says whose something is, another mark closing
/// the quotation behind it.
fn owns(tokens: &Tokens, i: usize) -> bool {
    let before = &tokens.all[i - 1];
    let next = |p: usize| tokens.all.get(p + 1);
    let plural = before.kind == Kind::Word && tokens.norm(i - 1).ends_with('s') && !tokens.all[i].spaced;
    if !plural || !next(i).is_some_and(|n| n.kind == Kind::Word && n.spaced) {
        return false;
    }
    let later = (i + 1..tokens.all.len().min(i + FURTHER))
        .take_while(|&p| tokens.all[p].kind != Kind::Break)
        .find(|&p| tokens.all[p].kind == Kind::Quote && family(tokens.all[p].mark) == Family::Single);
    later.is_some_and(|p| !tokens.all[p].spaced && !next_is_glued(tokens, p))
}

fn push(tokens: &Tokens, open: usize, close: usize, closed: bool, out: &mut Vec<Quotation>) {
    let (first, mut last) = (open + 1, close.saturating_sub(1));
    if !closed {
        while last > first && matches!(tokens.all[last].kind, Kind::Break) {
            last -= 1;
        }
    }
    if first <= last && (first..=last).any(|i| matches!(tokens.all[i].kind, Kind::Word | Kind::Number)) {
        out.push(Quotation { open, first, last, closed });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::Field;

    fn quoted(text: &str) -> Vec<&str> {
        let mut tokens = Tokens::default();
        tokens.read(Field::Body, text);
        let mut found = Vec::new();
        quotations(&tokens, &mut found);
        found.iter().map(|q| &text[tokens.all[q.first].start as usize..tokens.all[q.last].end as usize]).collect()
    }

    #[test]
    fn every_mark_quotes_even_reversed_or_unclosed() {
        assert_eq!(quoted("قال «سنعود غدا» ثم غادر"), ["سنعود غدا"]);
        assert_eq!(quoted("قال ”سنعود غدا“ ثم غادر"), ["سنعود غدا"]);
        assert_eq!(quoted("قال: ”سنعود غدا وبعده"), ["سنعود غدا وبعده"]);
        assert_eq!(quoted("قال ''سنعود'' ثم"), ["سنعود"]);
        assert_eq!(quoted("He said: \"We will. We must.\" And left"), ["We will. We must."]);
        assert_eq!(quoted("it's a ministers' affair"), Vec::<&str>::new());
        assert_eq!(quoted("called him a 'very fine man' today"), ["very fine man"]);
        assert_eq!(quoted("'We back the ministers' plan,' he said"), ["We back the ministers' plan,"]);
        assert_eq!(quoted("the 'old rules' and 'new laws' stay"), ["old rules", "new laws"]);
    }

    #[test]
    fn a_forgotten_mark_does_not_swallow_the_next_paragraph() {
        assert_eq!(quoted("قال «سنعود\nثم غادر المكان"), ["سنعود"]);
        assert_eq!(quoted("He said: \"We stay.\nShe left the \"room\" then."), ["We stay.", "room"]);
    }

    #[test]
    fn doubled_marks_are_one_and_their_wrapping_is_none() {
        assert_eq!(quoted("\"\"\"We stay,\"\" he said, and left.\""), ["We stay,"]);
        assert_eq!(quoted("\"She called it \"\"a ruin\"\" today.\"\nHe \"left\"."), ["a ruin", "left"]);
    }

    #[test]
    fn a_mark_that_can_only_close_opens_nothing() {
        assert_eq!(quoted("أعلن عن مركز”، مشيرا إلى أننا “سنستمر في دعمه”."), ["سنستمر في دعمه"]);
        assert_eq!(quoted("We go\", he said, and \"we stay\"."), ["we stay"]);
    }

    #[test]
    fn marks_within_marks_are_told_by_their_direction() {
        assert_eq!(quoted("قال «إن حزب «الوطن» باق معنا» ثم غادر"), ["إن حزب «الوطن» باق معنا"]);
        assert_eq!(quoted("أكد «أننا باقون، موضحا أن «الباب مفتوح»."), ["أننا باقون", "الباب مفتوح"]);
    }

    #[test]
    fn a_quotation_goes_on_over_lines_to_its_closing_mark() {
        assert_eq!(quoted("He said: \"We stay.\nWe always did.\" And left"), ["We stay.\nWe always did."]);
        assert_eq!(quoted("\"We stay.\n\"We always did.\" And left"), ["We stay.", "We always did."]);
    }
}
