use std::collections::BTreeMap;

use super::remarks::byte_spans;
use super::*;
use crate::analyse;

const TEXT: &str = "关于2031年第一季度受理情况的通报\n\n各科室：\n全季共受理62件，其中：甲类31件，乙类30件。\n\
    一、总体情况\n各科室均已办结。\n\n云栖区办公室\n2031年4月2日\n";

/// Where a folder remembers what was written into it.
const COPIES: &str = ".gouji/copies.txt";

fn options(threads: usize, lang: Lang) -> AnnotateOptions {
    AnnotateOptions {
        threads: NonZeroUsize::new(threads).unwrap(),
        lang,
        write: gouji_write::Options::default(),
        track: false,
    }
}

fn standard_docx() -> Vec<u8> {
    let analysed = analyse("a.txt", TEXT.as_bytes()).unwrap();
    gouji_write::write(&analysed.circular, &gouji_write::Options::default()).unwrap()
}

fn into(inputs: &[&Path], out: &Path, options: &AnnotateOptions) -> Result<Annotations, RunError> {
    let inputs: Vec<Input> = inputs.iter().map(|path| Input::Path(path.to_path_buf())).collect();
    annotate(&inputs, out, options, &mut |_| ())
}

fn contents(root: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    walkdir::WalkDir::new(root)
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            (
                entry.path().strip_prefix(root).unwrap().to_owned(),
                fs::read(entry.path()).unwrap(),
            )
        })
        .collect()
}

fn part(docx: &[u8], name: &str) -> String {
    let mut package = gouji_read::package::open(docx, gouji_read::package::Limits::default()).unwrap();
    String::from_utf8(package.read_named(name).unwrap().unwrap()).unwrap()
}

/// What stands between the marks of the first comment, as text.
fn marked(docx: &[u8]) -> String {
    let main = part(docx, "word/document.xml");
    let (_, rest) = main.split_once("<w:commentRangeStart").unwrap();
    let (inside, _) = rest.split_once("<w:commentRangeEnd").unwrap();
    let texts = inside
        .split("<w:t")
        .skip(1)
        .filter_map(|t| t.split_once('>')?.1.split_once("</w:t>"));
    texts.map(|(text, _)| text).collect()
}

#[test]
fn a_docx_is_copied_and_a_text_is_regenerated_under_its_name() {
    let dir = tempfile::tempdir().unwrap();
    let input = dir.path().join("in");
    fs::create_dir_all(input.join("a")).unwrap();
    fs::write(input.join("a/b.docx"), standard_docx()).unwrap();
    fs::write(input.join("a/b.txt"), TEXT).unwrap();
    fs::write(input.join("broken.docx"), b"PK\x03\x04").unwrap();
    let before = contents(&input);
    let out = dir.path().join("out");
    let done = into(&[&input], &out, &options(2, Lang::Zh)).unwrap();
    assert_eq!(
        (
            done.summary.totals.documents,
            done.summary.failures.len(),
            done.left_out
        ),
        (2, 1, 0)
    );
    let found: usize = done.summary.totals.findings.values().sum();
    assert!(
        found >= 2 && done.comments == found,
        "{found} findings, {} comments",
        done.comments
    );
    assert!(contents(&input) == before, "sources stay as they are");
    let made = contents(&out);
    assert_eq!(
        made.keys().collect::<Vec<_>>(),
        [Path::new(COPIES), Path::new("a/b.docx"), Path::new("a/b.txt.docx")]
    );
    for docx in made.values().skip(1) {
        let comments = part(docx, "word/comments.xml");
        assert!(comments.contains("【必错】") && comments.contains("演算：") && comments.contains("（sum-parts）"));
        assert_eq!(marked(docx), "62件");
    }
    let again = dir.path().join("again");
    into(&[&input], &again, &options(1, Lang::Zh)).unwrap();
    assert!(contents(&again) == made, "any number of threads gives the same bytes");
    into(&[&input], &out, &options(1, Lang::En)).unwrap();
    assert!(part(&contents(&out)[Path::new("a/b.docx")], "word/comments.xml").contains("[error]"));
}

#[test]
fn a_workbook_keeps_its_ending_and_gets_notes_on_its_cells() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples");
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("out");
    let done = into(&[&samples.join("column-total-wrong.xlsx")], &out, &options(1, Lang::Zh)).unwrap();
    let made = contents(&out);
    assert_eq!(
        made.keys().collect::<Vec<_>>(),
        [Path::new(COPIES), Path::new("column-total-wrong.xlsx")]
    );
    let notes = part(&made[Path::new("column-total-wrong.xlsx")], "xl/comments.xml");
    assert!(done.comments >= 2 && notes.contains("<comment ref=\"E8\""), "{notes}");
    assert!(
        notes.contains("【必错】") && notes.contains("（table-total）"),
        "{notes}"
    );
    let refused = into(&[&out], &out, &options(1, Lang::Zh));
    assert!(matches!(refused, Err(RunError::OutputIsInput)));
}

#[test]
fn a_source_is_never_overwritten() {
    let dir = tempfile::tempdir().unwrap();
    let source = dir.path().join("b.docx");
    fs::write(&source, standard_docx()).unwrap();
    let before = contents(dir.path());
    let refused = into(&[&source], dir.path(), &options(1, Lang::Zh));
    assert!(matches!(refused, Err(RunError::OutputIsInput)));
    assert!(contents(dir.path()) == before);
    // Another name in the same folder is fine.
    let text = dir.path().join("c.txt");
    fs::write(&text, TEXT).unwrap();
    into(&[&text], dir.path(), &options(1, Lang::Zh)).unwrap();
    assert!(dir.path().join("c.txt.docx").exists());
}

#[test]
fn documents_with_macros_keep_their_ending() {
    assert_eq!(without_docx("a/b.docm.docx"), Some("a/b.docm"));
    assert_eq!(without_docx("a/b.DOTX.docx"), Some("a/b.DOTX"));
    assert_eq!(without_docx("a/b.xlsx.docx"), Some("a/b.xlsx"));
    assert_eq!(without_docx("a/b.txt.docx"), None);
    assert_eq!(without_docx("a/b.docx"), None);
}

#[test]
fn every_sample_gets_a_comment_for_each_finding_and_stays_as_it_was() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples");
    let (mut read, mut made, mut tracked) = (0, 0, 0);
    let writer = Writer::default();
    let track = AnnotateOptions {
        track: true,
        ..options(1, Lang::Zh)
    };
    for (name, bytes) in contents(&folder) {
        let path = name.to_string_lossy().into_owned();
        let Ok(before) = analyse(&path, &bytes) else { continue };
        let is_docx = before.document.format == Format::Docx;
        let (done, kept) = annotated(&path, &bytes, &before, &writer, &options(1, Lang::Zh), true).unwrap();
        let is_xlsx = path.ends_with(".xlsx") || path.ends_with(".xlsm");
        assert_eq!(kept, is_docx || is_xlsx, "{path}");
        assert_eq!((done.made, done.left_out), (before.object.findings.len(), 0), "{path}");
        read += 1;
        made += done.made;
        if kept && !is_docx {
            let after = gouji_read::read(&path, &done.docx).unwrap().value;
            assert!(after == before.document, "{path}");
            continue;
        }
        if done.made > 0 {
            let comments = comments_of(&done.docx);
            assert_eq!(comments.matches(":comment ").count(), done.made, "{path}");
        }
        // Proposals take nothing from the comments.
        let (proposed, _) = annotated(&path, &bytes, &before, &writer, &track, true).unwrap();
        assert_eq!(proposed.made, done.made, "{path}");
        assert!(proposed.tracked <= proposals(&before).len(), "{path}");
        tracked += proposed.tracked;
        if is_docx {
            let after = gouji_read::read(&path, &done.docx).unwrap().value;
            assert!(after == before.document, "{path}");
            same_entries(&bytes, &done.docx);
        }
    }
    assert!(
        read > 30 && made > 30 && tracked > 5,
        "{read} samples, {made} comments, {tracked} changes"
    );
}

/// All entries but those that comments need are the same, also as they are packed.
fn same_entries(before: &[u8], after: &[u8]) {
    let open = |bytes| zip::ZipArchive::new(io::Cursor::new(bytes)).unwrap();
    let (mut before, mut after) = (open(before), open(after));
    let raw = |archive: &mut zip::ZipArchive<io::Cursor<&[u8]>>, at: usize| {
        let mut entry = archive.by_index_raw(at).unwrap();
        let mut bytes = Vec::new();
        io::Read::read_to_end(&mut entry, &mut bytes).unwrap();
        (entry.name_raw().to_vec(), entry.crc32(), bytes)
    };
    // The text, its relationships, and the list of types; whatever the first two are called.
    let mut touched = Vec::new();
    for at in 0..before.len() {
        let (old, new) = (raw(&mut before, at), raw(&mut after, at));
        assert_eq!(old.0, new.0, "the order of entries");
        if old != new {
            touched.push(String::from_utf8(old.0).unwrap());
        }
    }
    let of = |end: &str| touched.iter().filter(|name| name.ends_with(end)).count();
    assert!(
        touched.is_empty() || touched.len() <= 3 && of("[Content_Types].xml") == 1 && of(".rels") == 1,
        "{touched:?}"
    );
}

/// The part with the comments, wherever the main part stands.
fn comments_of(docx: &[u8]) -> String {
    let mut archive = zip::ZipArchive::new(io::Cursor::new(docx)).unwrap();
    let name = (0..archive.len())
        .map(|at| archive.by_index_raw(at).unwrap().name().unwrap().into_owned())
        .find(|name| name.ends_with("comments.xml"))
        .unwrap();
    part(docx, &name)
}

#[test]
fn characters_become_bytes() {
    let analysed = analyse("a.txt", TEXT.as_bytes()).unwrap();
    let comments = comments(&analysed, Lang::Zh);
    assert!(
        comments.iter().any(|c| analysed.document.quote(c.at) == "62件"),
        "{comments:?}"
    );
    let mut far = analysed.object.findings[0].clone();
    far.span = [9000, 3];
    assert_eq!(byte_spans("甲乙", [far.span].into_iter()), [Span::new(6, 6)]);
}

#[test]
fn a_change_is_proposed_only_where_it_is_the_only_one() {
    let proposed = |text: &str| proposals(&analyse("a.txt", text.as_bytes()).unwrap());
    let rate = "关于一项工作的通报\n\n共检查单位8个，其中甲局、乙局、丙局等3个单位较好。\n下列单位未报送：甲局、乙局、丙局，共4个单位。\n";
    let only = proposed(rate);
    assert!(
        only.iter().all(|p| p.from == "4个" && p.to == "3个") && only.len() <= 1,
        "{only:?}"
    );
    // Any of the three figures could be wrong.
    assert_eq!(proposed(TEXT), []);
}
