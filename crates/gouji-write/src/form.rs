use gouji_circular::Circular;
use gouji_standard::FormChoice;

/// Which form of the standard a circular is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// 文件格式 (§7).
    Document,
    /// 信函格式 (§10.1).
    Letter,
}

impl Form {
    /// The form that the house has chosen, or that the document number asks for: an agency code that ends in 函 is a letter's (office
    /// practice).
    #[must_use]
    pub fn of(circular: &Circular, choice: FormChoice) -> Self {
        match choice {
            FormChoice::ByNumber => {}
            FormChoice::Document => return Self::Document,
            FormChoice::Letter => return Self::Letter,
        }
        let letter = circular.doc_number.as_ref().is_some_and(|number| {
            let code = number
                .split(['〔', '[', '［', '（', '(', '【', '﹝'])
                .next()
                .unwrap_or("");
            code.len() < number.len() && code.trim_end().ends_with('函')
        });
        if letter { Self::Letter } else { Self::Document }
    }
}

#[cfg(test)]
mod tests {
    use gouji_document::Text;

    use super::*;

    fn numbered(number: &str) -> Circular {
        Circular {
            doc_number: Some(Text::synthetic(number)),
            ..Circular::default()
        }
    }

    fn form(number: &str) -> Form {
        Form::of(&numbered(number), FormChoice::ByNumber)
    }

    #[test]
    fn the_agency_code_decides() {
        assert_eq!(form("青禾府办函〔2023〕8号"), Form::Letter);
        assert_eq!(form("青禾府办函[2023]8号"), Form::Letter);
        assert_eq!(form("青禾府办发〔2023〕8号"), Form::Document);
        assert_eq!(form("函谷府办〔2023〕8号"), Form::Document);
        assert_eq!(form("青禾府办函"), Form::Document);
        assert_eq!(Form::of(&Circular::default(), FormChoice::ByNumber), Form::Document);
    }

    #[test]
    fn a_house_may_have_one_form_for_all() {
        let letter = numbered("青禾府办函〔2023〕8号");
        assert_eq!(Form::of(&letter, FormChoice::Document), Form::Document);
        assert_eq!(Form::of(&Circular::default(), FormChoice::Letter), Form::Letter);
    }
}
