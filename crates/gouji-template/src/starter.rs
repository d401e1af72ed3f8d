//! Templates to start from (`gouji new`): as they stand they make a circular without a finding.

/// What a template to start from is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A periodic check of government websites and social media accounts (政府网站和政务新媒体检查).
    WebsiteCheck,
    /// Cases of a hotline and how they were handled (热线办理).
    Hotline,
    /// A sampling inspection with units that passed and failed (抽检).
    Sampling,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 3] = [Self::WebsiteCheck, Self::Hotline, Self::Sampling];

    /// The name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::WebsiteCheck => "website-check",
            Self::Hotline => "hotline",
            Self::Sampling => "sampling",
        }
    }

    /// The commented template.
    #[must_use]
    pub fn template(self) -> &'static str {
        match self {
            Self::WebsiteCheck => include_str!("starter/website-check.toml"),
            Self::Hotline => include_str!("starter/hotline.toml"),
            Self::Sampling => include_str!("starter/sampling.toml"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Template, compose};

    #[test]
    fn every_starter_fills_itself_without_a_warning() {
        for kind in Kind::ALL {
            let template = Template::parse(kind.template()).unwrap_or_else(|p| panic!("{}: {p}", kind.name()));
            let composed = compose(&template, None, None).unwrap_or_else(|p| panic!("{}: {p:?}", kind.name()));
            assert_eq!(composed.warnings, [], "{}", kind.name());
            assert!(composed.circular.tables.iter().all(|table| !table.rows.is_empty()));
            assert!(composed.circular.discarded.is_empty() && !composed.circular.body.is_empty());
        }
    }
}
