//! Dictionaries of users, and the commands about word lists, as their users meet them.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use safir::article::Article;
use safir::decode;
use safir::dictionary;
use safir::event::EventType;
use safir::extract::Extractor;
use tempfile::TempDir;

fn safir(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_safir"));
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("SAFIR_")) {
        command.env_remove(name);
    }
    command.args(arguments).stdin(Stdio::null()).output().expect("the program starts")
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("stdout is UTF-8")
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("stderr is UTF-8")
}

fn example() -> String {
    format!("{}/examples/dictionary", env!("CARGO_MANIFEST_DIR"))
}

/// A dictionary of these files.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, text) in files {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("below the folder")).expect("the folder is made");
        std::fs::write(path, text).expect("the file is written");
    }
    folder
}

fn extractor(folders: &[&Path]) -> Result<Extractor, String> {
    let read: Result<Vec<_>, _> = folders.iter().map(|folder| dictionary::read(folder)).collect();
    Extractor::with(&read.map_err(|error| error.to_string())?).map_err(|error| error.to_string())
}

fn article(language: &str, body: &str) -> Article {
    Article {
        id: "test".to_owned(),
        body: body.to_owned(),
        language: language.to_owned(),
        published: decode::parse_date("2031-03-04"),
        ..Article::default()
    }
}

const POWWOW: &str = "Tormund Halvestad powwowed with Portuguese Foreign Minister Duarte Meireles in Oslo.";

#[test]
fn the_example_is_sound_and_does_what_it_says() {
    let output = safir(&["lexicon", "check", &example()]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_eq!(stdout(&output), "5 tables, 10 rows: no fault\n");

    let plain = extractor(&[]).unwrap();
    assert!(plain.extract(&article("en", POWWOW)).events.is_empty(), "ours does not know the word");
    let with = extractor(&[Path::new(&example())]).unwrap();
    let events = with.extract(&article("en", POWWOW)).events;
    assert_eq!(events.len(), 1);
    assert_eq!(events[0].kind, EventType::Meeting);
    let person = &events[0].participants[0];
    assert_eq!(
        (person.name.as_str(), person.office.as_ref().unwrap().code.as_str(), person.country.as_str()),
        ("Tormund Halvestad", "FOREIGN_MINISTER", "NO")
    );
    assert_eq!(person.name_ar, "تورموند هالفستاد", "the name in the other language is the dictionary's too");

    let null = article(
        "en",
        "Portuguese Foreign Minister Duarte Meireles met for chess with Greek Foreign Minister Alexis Kanaris in Oslo.",
    );
    assert_eq!(plain.extract(&null).events.len(), 1);
    assert!(with.extract(&null).events.is_empty(), "{}", with.explain(&null));
}

#[test]
fn the_program_takes_it_by_flag_variable_and_file_and_the_version_tells() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("article.txt");
    std::fs::write(&file, POWWOW).unwrap();
    let file = file.display().to_string();
    let config = folder.path().join("safir.toml");
    std::fs::write(&config, format!("[extract]\nlexicon = [{:?}]\n", example())).unwrap();
    let config = config.display().to_string();
    let version = |output: &Output| {
        let line = stdout(output);
        let event: serde_json::Value = serde_json::from_str(line.lines().next().expect("an event")).unwrap();
        event["extractor"]["lexiconVersion"].as_str().unwrap().to_owned()
    };
    let by_flag = safir(&["extract", &file, "--lexicon", &example()]);
    let by_file = safir(&["extract", &file, "--config", &config]);
    let by_set = safir(&["extract", &file, "--set", &format!("extract.lexicon={}", example())]);
    assert_eq!(version(&by_flag), version(&by_file));
    assert_eq!(version(&by_flag), version(&by_set));
    assert_ne!(version(&by_flag), extractor(&[]).unwrap().lexicon_version());
    assert!(stdout(&safir(&["extract", &file])).is_empty());
    let explained = safir(&["explain", &file, "--lexicon", &example()]);
    assert!(stdout(&explained).contains("powwowed"), "{}", stdout(&explained));
    let checked = safir(&["config", "check", "--config", &config]);
    assert_eq!(checked.status.code(), Some(0), "{}", stderr(&checked));
}

#[test]
fn a_row_replaces_ours_of_the_same_key_and_a_minus_takes_it_away() {
    let visit = article("en", "Portuguese Foreign Minister Duarte Meireles arrived in Oslo on Tuesday.");
    assert_eq!(extractor(&[]).unwrap().extract(&visit).events.len(), 1);

    let removed = folder(&[("en/lexicon/visit.tsv", "lemma\tpast\n-arrive\n")]);
    let error = extractor(&[removed.path()]).err();
    assert!(error.as_deref().is_none_or(|e| e.contains("no column")), "{error:?}");
    let header = "lemma\tpast\tpresent\tparticiple\tnouns\tkind\tframe\tstrength\tcameo\tpassive\n";
    let removed = folder(&[("en/lexicon/visit.tsv", &format!("{header}-arrive\n"))]);
    assert!(extractor(&[removed.path()]).unwrap().extract(&visit).events.is_empty());

    let country = folder(&[(
        "en/lexicon/countries.tsv",
        "iso\tnames\tdemonyms\tpeoples\tcapital\tmetonyms\nPT\tLusitania\tLusitanian\t\tLisbon\t\n",
    )]);
    let with = extractor(&[country.path()]).unwrap();
    let other = article("en", "Lusitanian Foreign Minister Duarte Meireles arrived in Oslo on Tuesday.");
    assert_eq!(with.extract(&other).events[0].participants[0].country, "PT");

    // The later dictionary wins: it brings the word back.
    let back = folder(&[(
        "en/lexicon/visit.tsv",
        &format!(
            "{header}arrive\tarrived\tarrives|arrive\tarriving\tarrival\tarrive\tsubj=visitor;in=host\tstrong\t042\t\n"
        ),
    )]);
    assert_eq!(extractor(&[removed.path(), back.path()]).unwrap().extract(&visit).events.len(), 1);
}

#[test]
fn one_of_several_spellings_in_a_row_can_be_taken_away() {
    let taken = folder(&[("en/lexicon/nulls.tsv", "phrase\ttype\tnote\n-Arabic-speaking\n")]);
    assert!(extractor(&[taken.path()]).is_ok());
    let groups = folder(&[("en/lexicon/groups.tsv", "word\tkind\tactor\n-prime ministers\n")]);
    let with = extractor(&[groups.path()]).unwrap();
    let language = with.languages().find(|l| l.lexicon.spec.code == "en").unwrap();
    let before = extractor(&[]).unwrap();
    let ours = before.languages().find(|l| l.lexicon.spec.code == "en").unwrap();
    let forms = |lexicon: &safir::lexicon::Lexicon| {
        lexicon.counts.iter().find(|count| count.table == "groups").map(|count| (count.rows, count.forms)).unwrap()
    };
    let (rows, all) = forms(&ours.lexicon);
    assert_eq!(forms(&language.lexicon), (rows, all - 1), "the row stays, with one spelling less");
}

#[test]
fn a_faulty_dictionary_is_named_with_file_and_line_and_the_exit_code_is_2() {
    for (path, text, problem) in [
        ("en/lexicon/nulls.tsv", "phrase\ttype\tnote\na b\tmeting\t\n", ":2: unknown type \"meting\""),
        ("en/lexicon/groups.tsv", "word\tkind\tactor\nelders\tgroup\n", ":2: 2 cells where the header has 3"),
        (
            "en/lexicon/nulls.tsv",
            "phrase\ttype\tnote\n-no such phrase\n",
            ":2: takes \"no such phrase\" away, which no",
        ),
        ("en/lexicon/verbs.tsv", "a\tb\n", ": nothing reads a file of this name"),
        ("en/rules/more.toml", "[[rule]]\nid = \"x\"\nevent = \"feast\"\n", "/en/rules/more.toml:"),
        ("world/terms.tsv", "id\toffice\tcountry\tfrom\tto\nx\tCHIEF\tNO\t2030\t\n", ":2: unknown office \"CHIEF\""),
        ("xx/lexicon/nulls.tsv", "phrase\ttype\tnote\n", "xx/language.toml:1: missing"),
        ("stray.tsv", "a\tb\n", "has to stand in the folder of its language"),
    ] {
        let folder = folder(&[(path, text)]);
        let shown = folder.path().display().to_string();
        let output = safir(&["explain", "--text", "x", "--lexicon", &shown]);
        assert_eq!(output.status.code(), Some(2), "{path}: {}", stderr(&output));
        assert!(stderr(&output).contains(problem) && stderr(&output).contains(&shown), "{path}: {}", stderr(&output));
        let output = safir(&["lexicon", "check", &shown]);
        assert_ne!(output.status.code(), Some(0), "{path}: {}", stdout(&output));
        assert!(stderr(&output).contains(problem), "{path}: {}", stderr(&output));
    }
    let output = safir(&["explain", "--text", "x", "--lexicon", "no/such/folder"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("no/such/folder: No such file"), "{}", stderr(&output));
}

#[test]
fn a_language_is_a_folder_alone() {
    // Words of no language on earth, so that nothing that is built in can help.
    let folder = folder(&[
        (
            "xx/language.toml",
            "code = \"xx\"\nname = \"Test\"\n[grammar]\nhas_case = true\n[words]\nprepositions = [\"zu\"]\n",
        ),
        (
            "xx/lexicon/countries.tsv",
            "iso\tnames\tdemonyms\tpeoples\tcapital\tmetonyms\nNO\tNorvo\tnorva\t\tOslos\t\nPT\tPortugalo\tportugala\t\tLisbono\t\n",
        ),
        ("xx/lexicon/titles.tsv", "title\toffice\tclass\nministro\tMINISTER\tofficial\n"),
        (
            "xx/lexicon/meeting.tsv",
            "lemma\tpast\tpresent\tparticiple\tnouns\tmode\tframe\tstrength\tcameo\tpassive\n\
             renki\trenkis\trenkas\t\t\tin_person\tsubj=party;obj=party\tstrong\t040\t\n",
        ),
        (
            "xx/rules/meeting.toml",
            "[[rule]]\nid = \"xx.meeting.subject-verb\"\nevent = \"meeting\"\nwhat = \"The subject stands before its verb.\"\n\
             forms = [\"past\", \"present\"]\nsubject = \"before\"\nconfidence = 0.9\nfires = \"Norvo renkis Portugalo.\"\n\
             silent = \"Ili renkis.\"\n",
        ),
    ]);
    let with = extractor(&[folder.path()]).unwrap();
    let events = with.extract(&article("xx", "Norvo renkis Portugalo.")).events;
    assert_eq!(events.len(), 1, "{}", with.explain(&article("xx", "Norvo renkis Portugalo.")));
    let countries: Vec<&str> = events[0].participants.iter().map(|p| p.country.as_str()).collect();
    assert_eq!(countries, ["NO", "PT"]);
    assert!(with.extract(&article("xx", "Ili renkis.")).events.is_empty());
    assert_eq!(with.languages().count(), extractor(&[]).unwrap().languages().count() + 1);
}

#[test]
fn lookup_tells_every_reading_of_a_form() {
    let verb = stdout(&safir(&["lexicon", "lookup", "وأعرب", "--language", "ar"]));
    for words in ["behind a conjunction", "light verb, past", "lang/ar/lexicon/light_verbs.tsv:", "noun_class: speech"]
    {
        assert!(verb.contains(words), "{words}\n{verb}");
    }
    let person = stdout(&safir(&["lexicon", "lookup", "Halvestad", "--lexicon", &example()]));
    assert!(person.contains("FOREIGN_MINISTER of NO, 2030-02-01 to 2034-06-30"), "{person}");
    assert!(person.contains("examples/dictionary/en/lexicon/people.tsv:2"), "{person}");
    let phrase = stdout(&safir(&["lexicon", "lookup", "prime minister", "--language", "en"]));
    assert!(phrase.contains("title, official, HEAD_OF_GOVERNMENT"), "{phrase}");
    let unknown = stdout(&safir(&["lexicon", "lookup", "zzyzx", "--language", "en"]));
    assert!(unknown.contains("zzyzx: in no list"), "{unknown}");
    let output = safir(&["lexicon", "lookup", "x", "--language", "tlh"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("no language \"tlh\"; there are ar, en"), "{}", stderr(&output));
}

#[test]
fn stats_count_by_language_and_table_and_stay_under_the_bound() {
    let output = safir(&["lexicon", "stats"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let shown = stdout(&output);
    for words in ["ar        people", "en        speech", "different words", "terms of office", "version "] {
        assert!(shown.contains(words), "{words}\n{shown}");
    }
    let total = shown.lines().find_map(|line| line.split_once(" MB in memory")).expect("the memory");
    assert!(total.0.parse::<f64>().expect("a number") < 100.0, "{shown}");
}

#[test]
fn check_of_what_is_built_in_finds_no_fault() {
    let output = safir(&["lexicon", "check"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(stdout(&output).ends_with("no fault\n"), "{}", stdout(&output));
}
