//! The channels of the genre, by the names that circulars call them.

use std::sync::LazyLock;

use crate::prose::word_list::WordList;

/// A canonical channel with the words that name it.
pub(crate) struct Channel {
    pub name: &'static str,
    words: &'static [&'static str],
}

/// Most specific first: where several are named in one sentence, the first in this order is meant
/// (区政府门户网站领导信箱 is a mailbox, 网站找错 is no website).
pub(crate) const CHANNELS: &[Channel] = &[
    Channel {
        name: "网站找错",
        words: &["网站找错", "找错", "纠错"],
    },
    Channel {
        name: "依申请公开",
        words: &["依申请公开", "信息公开申请", "依申请"],
    },
    Channel {
        name: "专题专栏",
        words: &["专题专栏", "专题栏目", "政务专题"],
    },
    Channel {
        name: "领导信箱",
        words: &[
            "县长信箱",
            "市长信箱",
            "区长信箱",
            "州长信箱",
            "书记信箱",
            "镇长信箱",
            "省长信箱",
            "主任信箱",
            "局长信箱",
            "旗长信箱",
            "盟长信箱",
            "领导信箱",
            "首长信箱",
        ],
    },
    Channel {
        name: "12345热线",
        words: &["12345", "便民热线", "市民热线", "政府热线", "政务热线", "服务热线"],
    },
    Channel {
        name: "网民留言",
        words: &[
            "网民留言",
            "网友留言",
            "群众留言",
            "留言",
            "人民网",
            "网络问政",
            "网上问政",
            "问政平台",
        ],
    },
    Channel {
        name: "政府信息公开平台",
        words: &["政府信息公开平台", "信息公开平台", "信息公开专栏"],
    },
    Channel {
        name: "政务新媒体",
        words: &[
            "政务新媒体",
            "新媒体",
            "微信公众号",
            "政务微信",
            "政务微博",
            "政务短视频",
            "抖音号",
        ],
    },
    Channel {
        name: "政务服务办件",
        words: &[
            "政务服务平台办件",
            "政务服务事项",
            "政务服务大厅",
            "办件统计",
            "办件量",
            "政务服务平台",
            "政务大厅",
            "政务服务",
        ],
    },
    Channel {
        name: "政府网站",
        words: &["政府网站", "政府门户网站", "门户网站", "政府网", "网站"],
    },
];

/// The most specific channel named in `words`.
pub(crate) fn channel_in(words: &str) -> Option<&'static str> {
    /// All words, in the order of the channels, and for each the channel's index.
    static WORDS: LazyLock<(WordList, Vec<usize>)> = LazyLock::new(|| {
        let all = || {
            CHANNELS
                .iter()
                .enumerate()
                .flat_map(|(idx, c)| c.words.iter().map(move |w| (idx, *w)))
        };
        (
            WordList::new(all().map(|(_, w)| w)),
            all().map(|(idx, _)| idx).collect(),
        )
    });
    let (list, channels) = &*WORDS;
    list.first_of_list(words).map(|word| CHANNELS[channels[word]].name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_specific_channel_is_meant() {
        assert_eq!(channel_in("区政府门户网站领导信箱受理来信"), Some("领导信箱"));
        assert_eq!(channel_in("经“政府网站找错”平台转来"), Some("网站找错"));
        assert_eq!(channel_in("全县政府系统政务新媒体"), Some("政务新媒体"));
        assert_eq!(channel_in("食品安全监督抽检"), None);
    }
}
