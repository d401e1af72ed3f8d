//! Whatever stands in a template or its data, there is an answer.

use gouji_template::{Data, Template, compose};
use proptest::prelude::*;

/// A template around a body.
fn template(body: &str) -> String {
    // A JSON text is a TOML text: quotation marks and line breaks are escaped alike.
    format!(
        "text = {}\n[meta]\ntitle = \"关于检查的通报\"\n",
        serde_json::Value::from(body)
    )
}

fn data() -> Data {
    Data::from_json(
        r#"{"受理":12,"无":0,"空":"","名":"甲镇","表":{"columns":["单位","数"],"rows":[["甲镇",3],["乙镇",""],["丙镇","—"]]}}"#,
    )
    .expect("data")
}

/// Words of the language, and what is none.
fn words() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "{",
        "}",
        "{{",
        "}}",
        "受理",
        "无",
        "空",
        "名",
        "表",
        "表.数",
        "表.单位",
        "上期.受理",
        "合计(",
        "个数(",
        "平均(",
        "率(",
        "占比（",
        "增幅(",
        "增减(",
        "百分点(",
        "列举(",
        "分列(",
        "前几(",
        "名次(",
        "若(",
        "占比说明(",
        ")",
        "）",
        ",",
        "，",
        "+",
        "-",
        "×",
        "/",
        "<",
        "=",
        "“件”",
        "\"",
        "|",
        "｜1",
        "|万",
        "|中文",
        "[",
        "]",
        ".",
        "1",
        "0.5",
        "99999999999999999999999999",
        "3%",
        "逐行 ",
        "如果 ",
        "表 表",
        "\n",
        " ",
        "一、",
        "件",
        "\u{0}",
        "👍",
    ]);
    prop::collection::vec(word, 0..24).prop_map(|words| words.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_answered(body in words()) {
        if let Ok(template) = Template::parse(&template(&body)) {
            match compose(&template, Some(&data()), None) {
                Ok(composed) => prop_assert!(composed.circular.title.is_some()),
                Err(problems) => prop_assert!(!problems.is_empty() && problems.iter().all(|p| !p.chinese().is_empty())),
            }
        }
    }

    #[test]
    fn any_placeholder_is_answered(inner in words()) {
        let _ = Template::parse(&template(&format!("共{{{inner}}}件"))).map(|t| compose(&t, Some(&data()), Some(&data())));
    }

    #[test]
    fn any_data_is_answered(text in "[\\[\\]{}\",:=0-9a-e甲\\n .-]{0,60}") {
        let _ = Data::from_json(&text);
        let _ = Data::from_toml(&text);
        let _ = Template::parse(&text);
    }
}

#[test]
fn work_has_a_bound() {
    use std::fmt::Write as _;
    let mut json = String::from(r#"{"表":{"columns":["单位","数"],"rows":["#);
    for n in 0..20_000 {
        let _ = write!(json, "{}[\"单位{n}\",{n}]", if n > 0 { "," } else { "" });
    }
    json += "]}}";
    let data = Data::from_json(&json).expect("data");
    // Each row looks at all rows.
    let template = Template::parse(&template("{逐行 表}{单位}{名次(数, 表.数)}")).expect("a template");
    let problems = compose(&template, Some(&data), None).expect_err("too much");
    assert!(problems.len() <= 50, "{}", problems.len());
}
