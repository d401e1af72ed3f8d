//! The characters that the drafts use, in their traditional shapes: what Big5 can write.

/// Characters that have a simplified shape.
const SIMPLIFIED: &str = "业两严个临为举乌乡争产亲众会关内冈军农况创别办务动医协单卫厅压县双发变号员图场坝坞塬处备够头实审对将屿岚应开强当态总户执扫扬报换数时杂条来枫桥检残没沧浏湾满澜点热牵现电畅监盖砚笼签类粮红约级线组织经结统续绮联节芦苇荡见规视览计训议设访评诉话询读调谈负财责账货质购资转输达过运进远连邮铺销错锦镇长门闭问间阳际霁页项顺须预频题额饮驿验鸣鹤黄";
/// The same in the same order.
const TRADITIONAL: &str = "業兩嚴個臨為舉烏鄉爭產親眾會關內岡軍農況創別辦務動醫協單衛廳壓縣雙發變號員圖場壩塢原處備夠頭實審對將嶼嵐應開強當態總戶執掃揚報換數時雜條來楓橋檢殘沒滄瀏灣滿瀾點熱牽現電暢監蓋硯籠簽類糧紅約級線組織經結統續綺聯節蘆葦蕩見規視覽計訓議設訪評訴話詢讀調談負財責賬貨質購資轉輸達過運進遠連郵鋪銷錯錦鎮長門閉問間陽際霽頁項順須預頻題額飲驛驗鳴鶴黃";

/// The text in traditional characters.
pub(super) fn traditional(text: &str) -> String {
    let shape = |c: char| {
        let at = SIMPLIFIED.chars().position(|simplified| simplified == c);
        at.and_then(|at| TRADITIONAL.chars().nth(at)).unwrap_or(c)
    };
    text.chars().map(shape).collect()
}
