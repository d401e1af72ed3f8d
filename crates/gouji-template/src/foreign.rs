//! What the parsers of TOML and JSON say of a mistake, in Chinese: they speak English only.

/// What a parser said, in Chinese; what is not known stands in brackets as it was said.
#[must_use]
pub fn in_chinese(said: &str) -> String {
    let said = said.trim();
    // JSON says the place behind the mistake.
    if let Some((what, place)) = said.rsplit_once(" at line ")
        && let Some((line, column)) = place.split_once(" column ")
    {
        return format!("第{line}行第{column}列：{}", in_chinese(what));
    }
    let (head, expected) = said.split_once(", expected ").unwrap_or((said, ""));
    let name = head.split('`').nth(1).unwrap_or_default();
    if head.starts_with("unknown field") {
        return format!("没有“{name}”这个键{}", choice(expected));
    }
    if head.starts_with("unknown variant") {
        return format!("不能写“{name}”{}", choice(expected));
    }
    if head.starts_with("missing field") {
        return format!("缺少“{name}”");
    }
    if head.starts_with("duplicate") {
        return "同一个键或同一个表写了两次".to_owned();
    }
    if head.starts_with("invalid type") || head.starts_with("invalid value") {
        let wanted = WANTED.iter().find(|(english, _)| expected.starts_with(english));
        return wanted.map_or_else(
            || "值的类型不对".to_owned(),
            |(_, chinese)| format!("值的类型不对，应为{chinese}"),
        );
    }
    let known = SAID.iter().find(|(english, _)| head.starts_with(english));
    known.map_or_else(|| format!("写法有误（{said}）"), |(_, chinese)| (*chinese).to_owned())
}

/// The names that a parser would have taken.
fn choice(expected: &str) -> String {
    let names: Vec<&str> = expected.split('`').skip(1).step_by(2).collect();
    if names.is_empty() {
        String::new()
    } else {
        format!("，可用：{}", names.join("、"))
    }
}

/// What a value was to be.
const WANTED: [(&str, &str); 9] = [
    ("a boolean", "true或false"),
    ("a string", "加引号的文字"),
    ("string or table", "加引号的文字"),
    ("a sequence", "列表"),
    ("a map", "一组键值"),
    ("a table", "一组键值"),
    ("struct ", "一组键值"),
    ("a size in points", "磅数，如16或\"10.5\""),
    ("u", "不小于0的整数"),
];

/// Begins of what is said of the writing, the longer before the shorter.
const SAID: [(&str, &str); 33] = [
    ("string values must be quoted", "值的写法有误，文字要加引号"),
    ("a size in points", "应为磅数，如16或\"10.5\""),
    ("wanted string or table", "应为加引号的文字"),
    ("unclosed inline table", "花括号没有配对"),
    ("unclosed", "方括号没有配对"),
    ("key with no value", "键的后面缺少“=”和值"),
    ("missing assignment", "键的后面缺少“=”和值"),
    ("missing value", "“=”的后面缺少值"),
    ("missing comma", "各项之间缺少逗号"),
    ("missing opening quote", "引号没有配对"),
    ("extra comma", "逗号多余"),
    ("extra", "“=”多余"),
    ("unexpected key or value", "一行只能写一项"),
    ("unexpected leading zero", "数字不能以0开头"),
    ("unexpected", "有多余的内容"),
    ("invalid unquoted key", "键名有误，中文的键名要加引号"),
    ("unquoted keys cannot be empty", "缺少键名"),
    ("invalid basic string", "引号没有配对，或文字中有不能用的字符"),
    ("invalid literal string", "引号没有配对，或文字中有不能用的字符"),
    ("invalid multi-line", "引号没有配对，或文字中有不能用的字符"),
    ("invalid boolean", "应为true或false"),
    ("invalid comment character", "注释中有不能用的字符"),
    ("invalid escape", "文字中的反斜线用法有误"),
    ("missing escaped value", "文字中的反斜线用法有误"),
    ("carriage return", "换行符不完整"),
    ("cannot recurse further", "嵌套过深"),
    ("recursion limit exceeded", "嵌套过深"),
    ("EOF while parsing", "内容不完整，括号或引号没有配对"),
    ("trailing comma", "最后一项后面的逗号多余"),
    ("trailing characters", "结尾有多余的内容"),
    ("key must be a string", "键名要加引号"),
    ("control character", "文字中有不能用的控制字符"),
    ("expected", "此处写法有误"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_parsers_say_is_said_in_chinese() {
        for (text, wanted) in [
            ("a = 甲", "值的写法有误，文字要加引号"),
            ("a = \"甲", "引号没有配对，或文字中有不能用的字符"),
            ("[a", "方括号没有配对"),
            ("a = [1", "方括号没有配对"),
            ("a = { b = 1", "花括号没有配对"),
            ("a 1", "键的后面缺少“=”和值"),
            ("a = ", "值的写法有误，文字要加引号"),
            ("a = 1\na = 2", "同一个键或同一个表写了两次"),
            ("甲 = 1", "键名有误，中文的键名要加引号"),
            ("a = TRUE", "应为true或false"),
        ] {
            let error = toml::de::DeTable::parse(text).unwrap_err();
            assert_eq!(in_chinese(error.message()), wanted, "{text}: {}", error.message());
        }
        for (text, wanted) in [
            ("{", "第1行第1列：内容不完整，括号或引号没有配对"),
            ("甲", "第1行第1列：此处写法有误"),
            ("{\"a\": 1,\n}", "第2行第1列：最后一项后面的逗号多余"),
            ("{} x", "第1行第4列：结尾有多余的内容"),
            ("{a: 1}", "第1行第2列：键名要加引号"),
        ] {
            let error = serde_json::from_str::<serde_json::Value>(text).unwrap_err();
            assert_eq!(in_chinese(&error.to_string()), wanted, "{text}: {error}");
        }
    }

    #[test]
    fn names_and_types_are_told_and_the_unknown_is_kept() {
        for (said, wanted) in [
            (
                "unknown field `甲`, expected one of `乙`, `丙`",
                "没有“甲”这个键，可用：乙、丙",
            ),
            ("unknown field `甲`, there are no fields", "没有“甲”这个键"),
            ("unknown variant `甲`, expected `乙`", "不能写“甲”，可用：乙"),
            ("missing field `甲`", "缺少“甲”"),
            (
                "invalid type: integer `3`, expected a boolean",
                "值的类型不对，应为true或false",
            ),
            ("invalid type: integer `3`, expected something", "值的类型不对"),
            ("something else", "写法有误（something else）"),
            ("", "写法有误（）"),
        ] {
            assert_eq!(in_chinese(said), wanted);
        }
    }
}
