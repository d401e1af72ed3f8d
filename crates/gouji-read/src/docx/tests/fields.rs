//! Fields, equations and readings: what is printed of them.

use super::*;

#[test]
fn a_field_shows_its_result_only() {
    let mark = |kind: &str| format!(r#"<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>"#);
    let code = |code: &str| format!("<w:r><w:instrText>{code}</w:instrText></w:r>");
    let (begin, separate, end) = (mark("begin"), mark("separate"), mark("end"));
    check(
        &p(&format!(
            "{}{begin}{}{}{separate}{}{end}{}",
            t("甲"),
            code(" REF x "),
            t("指令"),
            t("乙"),
            t("丙")
        )),
        &["甲乙丙"],
    );
    // A field inside the instructions of another.
    check(
        &p(&format!(
            "{begin}{}{begin}{}{separate}{}{end}{}{separate}{}{end}",
            code("IF "),
            code("MERGEFIELD"),
            t("内"),
            code(" = 1"),
            t("外")
        )),
        &["外"],
    );
    check(
        &p(&format!(r#"<w:fldSimple w:instr="PAGE">{}</w:fldSimple>"#, t("3"))),
        &["3"],
    );
    // Instructions that never end take no more than their own paragraph.
    check(
        &format!("{}{}", p(&format!("{}{begin}{}", t("甲"), t("乙"))), p(&t("丙"))),
        &["甲", "丙"],
    );
}

#[test]
fn ruby_gives_its_base_and_math_stays_apart() {
    check(
        &p(
            "<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>fen</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>汾</w:t></w:r></w:rubyBase></w:ruby></w:r>",
        ),
        &["汾"],
    );
    check(
        &p(
            "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>",
        ),
        &["1/2"],
    );
}

fn mark(kind: &str) -> String {
    format!(r#"<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>"#)
}

/// A field, with a result if one is given.
fn field(code: &str, result: Option<&str>) -> String {
    let result = result.map_or(String::new(), |r| format!("{}{}", mark("separate"), t(r)));
    let code = format!("<w:r><w:instrText xml:space=\"preserve\">{code}</w:instrText></w:r>");
    format!("{}{code}{result}{}", mark("begin"), mark("end"))
}

#[test]
fn a_field_without_result_is_printed_from_its_instructions() {
    check(
        &p(&format!("{}受理{}", field(r" eq \o\ac(○,1) ", None), field("PAGE", None)).replace("受理", &t("受理"))),
        &["①受理"],
    );
    // A result that is there but empty, and one that is not.
    check(
        &p(&format!(
            "{}{}",
            field(r"SYMBOL 82 \f &quot;Wingdings 2&quot;", Some("")),
            field(r"eq \f(1,2)", Some("0.5"))
        )),
        &["☑0.5"],
    );
}

#[test]
fn a_form_field_shows_what_is_chosen() {
    let form = |data: &str, code: &str| {
        format!(
            r#"<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="x"/>{data}</w:ffData></w:fldChar></w:r><w:r><w:instrText>{code}</w:instrText></w:r>{}"#,
            mark("end")
        )
    };
    let list = r#"<w:ddList><w:result w:val="1"/><w:listEntry w:val="合格"/><w:listEntry w:val="不合格"/></w:ddList>"#;
    let ticked = r#"<w:checkBox><w:sizeAuto/><w:default w:val="0"/><w:checked/></w:checkBox>"#;
    let plain = r#"<w:checkBox><w:default w:val="0"/></w:checkBox>"#;
    check(
        &p(&format!(
            "{}{}{}{}{}",
            form(list, "FORMDROPDOWN"),
            form(ticked, "FORMCHECKBOX"),
            t("是"),
            form(plain, "FORMCHECKBOX"),
            t("否")
        )),
        &["不合格☑是□否"],
    );
    check(
        &p(&format!("{}{}", t("甲"), form("<w:ddList/>", "FORMDROPDOWN"))),
        &["甲"],
    );
}

#[test]
fn characters_of_a_symbol_font_are_what_they_look_like() {
    let run = |font: &str, text: &str| {
        format!(r#"<w:r><w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}"/></w:rPr><w:t>{text}</w:t></w:r>"#)
    };
    check(&p(&run("Wingdings 2", "\u{F052}合格，")), &["☑合格，"]);
    // Another font has its own private characters, and full-width signs are none.
    check(
        &p(&format!("{}{}", run("某字体", "\u{F052}"), run("Wingdings", "：12"))),
        &["\u{F052}：12"],
    );
}

fn math(content: &str) -> String {
    p(&format!("<m:oMath>{content}</m:oMath>"))
}

fn r(text: &str) -> String {
    format!("<m:r><m:rPr><m:sty/></m:rPr><m:t>{text}</m:t></m:r>")
}

#[test]
fn equations_are_one_line_of_text() {
    let part = |name: &str, content: &str| format!("<m:{name}>{content}</m:{name}>");
    let fraction = part(
        "f",
        &format!(
            "<m:fPr/>{}{}",
            part("num", &r("办结数")),
            part("den", &format!("{}{}", r("受理数"), r("−退件数")))
        ),
    );
    check(
        &math(&format!("{fraction}{}", r("×100%"))),
        &["办结数/(受理数−退件数)×100%"],
    );
    let brackets = format!(
        "<m:d><m:dPr><m:begChr m:val=\"[\"/><m:endChr m:val=\"]\"/></m:dPr>{}</m:d>{}",
        part("e", &r("a+b")),
        part("d", &format!("{}{}", part("e", &r("x")), part("e", &r("y"))))
    );
    check(&math(&brackets), &["[a+b](x,y)"]);
    let sum = format!(
        "<m:nary><m:naryPr><m:chr m:val=\"∑\"/></m:naryPr>{}<m:sup/>{}</m:nary>",
        part("sub", &r("i=1")),
        part(
            "e",
            &format!("<m:sSub>{}{}</m:sSub>", part("e", &r("x")), part("sub", &r("i")))
        )
    );
    check(&math(&sum), &["∑_(i=1) x_i"]);
    let root = format!("<m:rad><m:radPr/><m:deg/>{}</m:rad>", part("e", &r("2")));
    let power = format!("<m:sSup>{}{}</m:sSup>", part("e", &r("10")), part("sup", &r("4")));
    check(&math(&format!("{root}{power}")), &["√210^4"]);
    let lines = part("eqArr", &format!("{}{}", part("e", &r("a=1")), part("e", &r("b=2"))));
    check(&math(&lines), &["a=1\nb=2"]);
}

#[test]
fn an_equation_between_paragraphs_is_a_paragraph() {
    check(
        &format!(
            "{}<m:oMathPara><m:oMath>{}</m:oMath></m:oMathPara>",
            p(&t("甲")),
            r("S=1")
        ),
        &["甲", "S=1"],
    );
}
