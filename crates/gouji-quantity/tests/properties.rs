//! Properties of the amounts: what rounding can do to a true value, what a scanner can do to any text.

use gouji_quantity::{
    Agreement, Date, DatePart, Decimal, Interval, Period, Ratio, agreement, chinese_integer, chinese_number, feasible,
    half_width, nearest_feasible, parse_stated, rounding_power, scan_dates, scan_periods,
};
use proptest::prelude::*;

/// `n ÷ m` in units of the last of `decimals` places: floor, and whether nothing is left.
fn units(n: i128, m: i128, decimals: u32) -> (i128, bool) {
    let scaled = n * 10_i128.pow(decimals);
    (scaled.div_euclid(m), scaled.rem_euclid(m) == 0)
}

fn decimal(units: i128, decimals: u32) -> Decimal {
    Decimal::try_from_i128_with_scale(units, decimals).expect("short")
}

/// The model: a printed number of units against the true value, by integers alone. Not below zero.
fn model(printed: i128, n: i128, m: i128, decimals: u32) -> Agreement {
    let scaled = n * 10_i128.pow(decimals);
    let gap = scaled - printed * m;
    if gap == 0 {
        Agreement::Exact
    } else if -m <= 2 * gap && 2 * gap < m {
        Agreement::HalfUp
    } else if gap > 0 && gap < m {
        Agreement::CutOff
    } else if gap < 0 && gap > -m {
        Agreement::RoundedUp
    } else {
        Agreement::Off
    }
}

/// An integer in the standard Chinese form.
fn chinese(n: u32) -> String {
    const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    fn below_ten_thousand(n: u32, lead: bool) -> String {
        let mut out = String::new();
        let mut zero = false;
        for (unit, name) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
            let d = usize::try_from(n / unit % 10).expect("a digit");
            if d == 0 {
                zero = !out.is_empty() || lead;
                continue;
            }
            if zero {
                out.push_str(DIGITS[0]);
                zero = false;
            }
            if !(d == 1 && unit == 10 && out.is_empty() && !lead) {
                out.push_str(DIGITS[d]);
            }
            out.push_str(name);
        }
        out
    }
    if n == 0 {
        return DIGITS[0].to_owned();
    }
    let (high, low) = (n / 10_000, n % 10_000);
    if high == 0 {
        return below_ten_thousand(low, false);
    }
    let mut out = below_ten_thousand(high, false);
    out.push('万');
    if low > 0 {
        out.push_str(&below_ten_thousand(low, true));
    }
    out
}

/// Text made of what the scanners look for, so that they are entered often.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("年"),
        Just("月"),
        Just("日"),
        Just("号"),
        Just("季度"),
        Just("第"),
        Just("上半年"),
        Just("全年"),
        Just("-"),
        Just("—"),
        Just("."),
        Just("/"),
        Just("至"),
        Just("份"),
        Just(" "),
        Just("\u{3000}"),
        Just("二〇二四"),
        Just("2024"),
        Just("２０２４"),
        Just("十二"),
        Just("3"),
        Just("31"),
        Just("99999999999999999999"),
        Just("廿"),
        Just("万亿"),
        Just("点"),
        Just("%"),
        Just(","),
        Just("局"),
    ];
    prop_oneof![
        prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat()),
        any::<String>(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1024, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_true_ratio_rounded_half_up_always_agrees(part in 0_i128..2_000_000, whole in 1_i128..2_000_000, decimals in 0_u32..5) {
        let exact = Ratio::new(part * 100, whole).expect("not zero");
        let printed = exact.round_half_up(decimals).expect("short");
        prop_assert!(agreement(printed, decimals, exact).holds());
        // And so does its mirror image.
        prop_assert!(agreement(-printed, decimals, exact.times(-1).expect("short")).holds());
    }

    #[test]
    fn cutting_off_and_rounding_up_are_never_off(part in 0_i128..2_000_000, whole in 1_i128..2_000_000, decimals in 0_u32..5) {
        let exact = Ratio::new(part, whole).expect("not zero");
        let (floor, even) = units(part, whole, decimals);
        let cut = agreement(decimal(floor, decimals), decimals, exact);
        prop_assert!(matches!(cut, Agreement::Exact | Agreement::HalfUp | Agreement::CutOff));
        let up = agreement(decimal(floor + i128::from(!even), decimals), decimals, exact);
        prop_assert!(matches!(up, Agreement::Exact | Agreement::HalfUp | Agreement::RoundedUp));
    }

    #[test]
    fn agreement_is_that_of_the_model(n in 0_i128..100_000, m in 1_i128..5_000, off in -3_i128..4, decimals in 0_u32..4) {
        let printed = (units(n, m, decimals).0 + off).max(0);
        let exact = Ratio::new(n, m).expect("not zero");
        prop_assert_eq!(agreement(decimal(printed, decimals), decimals, exact), model(printed, n, m, decimals));
    }

    #[test]
    fn feasibility_is_that_of_trying_every_count(p in 0_i128..10_001, decimals in 0_u32..3, whole in 1_i128..400) {
        let printed = decimal(p.min(100 * 10_i128.pow(decimals)), decimals);
        let units = p.min(100 * 10_i128.pow(decimals));
        let scale = 100 * 10_i128.pow(decimals);
        let tried = (0..=whole).any(|k| {
            // [p − 1/2, p + 1) in units of the last place.
            2 * scale * k >= (2 * units - 1) * whole && scale * k < (units + 1) * whole
        });
        prop_assert_eq!(feasible(printed, decimals, whole), Some(tried));
        if let Some([(low, _), (high, _)]) = nearest_feasible(printed, decimals, whole) {
            prop_assert!(0 <= low && high == low + 1 && high <= whole);
        }
        prop_assert!(rounding_power(decimals, whole) <= 1000);
    }

    #[test]
    fn a_true_sum_of_rounded_terms_is_within_their_intervals(
        terms in prop::collection::vec(0_i128..1_000_000, 1..12),
        places in 0_u32..4,
    ) {
        // Terms and total are true to four places and each printed half up to `places`.
        let print = |true_units: i128| {
            let exact = Ratio::new(true_units, 10_000).expect("not zero");
            let value = exact.round_half_up(places).expect("short");
            Interval::tolerant(value, decimal(1, places)).expect("short")
        };
        let total = print(terms.iter().sum());
        let sum = terms.iter().map(|t| print(*t)).reduce(|a, b| a.plus(b).expect("short")).expect("one");
        prop_assert!(total.meets(sum) && sum.meets(total));
        prop_assert!(total.negated().meets(sum.negated()));
    }

    #[test]
    fn intervals_meet_only_if_a_value_lies_in_both(a in -500_i128..500, b in -500_i128..500, u in 1_i128..40, v in 1_i128..40) {
        let of = |value: i128, ulp: i128| Interval::tolerant(decimal(value, 1), decimal(ulp, 1)).expect("short");
        let (x, y) = (of(a, u), of(b, v));
        // A grid of quarter units holds every end, and a point between any two.
        let inside = |i: &Interval, p: Decimal| {
            (p > i.low || p == i.low && i.low_closed) && (p < i.high || p == i.high && i.high_closed)
        };
        let shared = (-60_000..60_000).step_by(25).any(|p| {
            let p = decimal(p, 3);
            inside(&x, p) && inside(&y, p)
        });
        prop_assert_eq!(x.meets(y), shared);
    }

    #[test]
    fn numerals_survive_text_and_back(n in 0_u32..100_000_000) {
        prop_assert_eq!(chinese_integer(&chinese(n)), Some(i64::from(n)), "{}", chinese(n));
    }

    #[test]
    fn digits_survive_text_and_back(n in 0_u64..1_000_000_000_000, decimals in 0_u32..6) {
        let value = decimal(i128::from(n), decimals);
        let read = parse_stated(&value.to_string()).expect("a figure");
        prop_assert_eq!((read.value, read.decimals), (value, decimals));
        let wide: String = value.to_string().chars().map(|c| match c {
            '0'..='9' => char::from_u32(u32::from(c) + 0xFEE0).expect("a digit"),
            '.' => '．',
            other => other,
        }).collect();
        prop_assert_eq!(parse_stated(&wide).map(|s| s.value), Some(value));
        prop_assert_eq!(half_width(&wide), value.to_string());
    }

    #[test]
    fn scanners_take_any_text(text in hostile()) {
        let mut at = 0;
        for mention in scan_dates(&text) {
            prop_assert!(mention.range.start >= at && mention.range.start < mention.range.end);
            prop_assert!(text.get(mention.range.clone()).is_some());
            at = mention.range.end;
        }
        for year in [None, Some(2024)] {
            let mut at = 0;
            for mention in scan_periods(&text, year) {
                prop_assert!(mention.range.start >= at && mention.range.start < mention.range.end);
                prop_assert!(text.get(mention.range.clone()).is_some());
                prop_assert!(mention.year_printed || year.is_some());
                at = mention.range.end;
            }
        }
        let _ = (parse_stated(&text), chinese_integer(&text), chinese_number(&text), half_width(&text));
    }

    #[test]
    fn a_printed_date_is_found_again(year in 1900_i32..2200, month in 1_u32..13, day in 1_u32..32) {
        let expected = Date::new(year, month, day)
            .map_or(DatePart::Impossible(year, month, day), DatePart::Full);
        for text in [format!("于{year}年{month}月{day}日前"), format!("（{year}-{month:02}-{day:02}）")] {
            let found = scan_dates(&text);
            prop_assert_eq!(found.len(), 1, "{}", text);
            prop_assert_eq!(found[0].part, expected, "{}", text);
        }
    }

    #[test]
    fn the_day_after_has_the_next_number_and_weekday(year in 1900_i32..2200, month in 1_u32..13, day in 1_u32..32) {
        let Some(date) = Date::new(year, month, day) else { return Ok(()) };
        let next = Date::new(year, month, day + 1)
            .or_else(|| Date::new(year, month + 1, 1))
            .or_else(|| Date::new(year + 1, 1, 1))
            .expect("a day");
        prop_assert_eq!(next.day_number(), date.day_number() + 1);
        prop_assert_eq!(next.weekday(), date.weekday() % 7 + 1);
    }

    #[test]
    fn a_printed_period_is_found_again(year in 1900_i32..2200, n in 1_u32..13) {
        for (text, period) in [
            (format!("{year}年{n}月情况"), Period::Month(year, n)),
            (format!("{year}年第{}季度情况", n.min(4)), Period::Quarter(year, n.min(4))),
            (format!("{year}年上半年情况"), Period::Half(year, 1)),
            (format!("{year}年度情况"), Period::Year(year)),
        ] {
            let found = scan_periods(&text, None);
            prop_assert_eq!(found.len(), 1, "{}", text);
            prop_assert_eq!(found[0].period, period, "{}", text);
            let (first, last) = period.days();
            prop_assert!(first <= last && period.contains(period));
        }
    }
}

/// Runs of what begins a date or a period are walked once, not once from each of their characters.
#[test]
fn long_runs_of_numerals_are_scanned_once() {
    for run in ["一", "1", "１", "1一", "第", "年", "1月", "1年 "] {
        let text = run.repeat(30_000);
        let _ = (scan_dates(&text).len(), scan_periods(&text, Some(2024)).len());
        let _ = (chinese_integer(&text), parse_stated(&text).is_some());
    }
}

/// Figures as long as a decimal can be are answered or refused, never wrapped.
#[test]
fn long_figures_do_not_panic() {
    let long = Decimal::MAX;
    assert_eq!(
        agreement(long, 28, Ratio::new(1, 3).expect("not zero")),
        Agreement::Untestable
    );
    assert_eq!(feasible(long, 10, 7), None);
    assert!(nearest_feasible(long, 10, i128::MAX).is_none());
    assert!(Interval::tolerant(long, Decimal::ONE).is_none());
}

/// The table of acceptance sets, read off for every rate of small whole numbers: which ways of rounding give the print.
#[test]
fn acceptance_sets_are_those_of_the_table() {
    for decimals in 0..3 {
        // In units of the last place: the true value is k × scale ÷ n.
        let scale = 100 * 10_i128.pow(decimals);
        for n in 1..=60_i128 {
            for k in 0..=n {
                let exact = Ratio::new(k * 100, n).expect("not zero");
                let floor = k * scale / n;
                for printed in (floor - 2).max(0)..=floor + 3 {
                    // Half up [v − u/2, v + u/2); cut off [v, v + u); rounded up (v − u, v].
                    let half_up = (2 * printed - 1) * n <= 2 * k * scale && 2 * k * scale < (2 * printed + 1) * n;
                    let cut = printed * n <= k * scale && k * scale < (printed + 1) * n;
                    let up = (printed - 1) * n < k * scale && k * scale <= printed * n;
                    let found = agreement(decimal(printed, decimals), decimals, exact);
                    let what = format!("{printed} for {k} of {n}, {decimals} decimals");
                    assert_eq!(found.holds(), half_up, "{what}");
                    assert_eq!(found == Agreement::Exact, k * scale == printed * n, "{what}");
                    assert_eq!(found == Agreement::CutOff, cut && !half_up, "{what}");
                    assert_eq!(found == Agreement::RoundedUp, up && !half_up, "{what}");
                    assert_eq!(found == Agreement::Off, !(half_up || cut || up), "{what}");
                    // The tolerant set is half up and cut off together: (2P − 1)·n ≤ 2·s·k and s·k < (P + 1)·n.
                    let tolerant = (2 * printed - 1) * n <= 2 * scale * k && scale * k < (printed + 1) * n;
                    let set = Interval::tolerant(decimal(printed, decimals), decimal(1, decimals)).expect("short");
                    let low = exact.compare(Ratio::from_decimal(set.low)).expect("short").is_ge();
                    let high = exact.compare(Ratio::from_decimal(set.high)).expect("short").is_lt();
                    assert_eq!(low && high, tolerant, "{what}");
                    assert_eq!(half_up || cut, tolerant, "{what}");
                }
            }
        }
    }
}

/// A printed rate is feasible if some whole number gives it, and the power is the share of prints that none gives.
#[test]
fn feasibility_and_its_power_are_those_of_counting() {
    for decimals in 0..3 {
        let scale = 100 * 10_i128.pow(decimals);
        for n in 1..=60_i128 {
            let mut none = 0;
            for printed in 0..=scale {
                let tried = (0..=n).any(|k| (2 * printed - 1) * n <= 2 * scale * k && scale * k < (printed + 1) * n);
                assert_eq!(
                    feasible(decimal(printed, decimals), decimals, n),
                    Some(tried),
                    "{printed} of {n}"
                );
                none += i128::from(!tried);
            }
            // Permille. The power takes one and a half prints for each rate but that of 0 cases: exact rates have one print
            // only, and 0 cases have two at most.
            let counted = none * 1000 / (scale + 1);
            let power = i128::from(rounding_power(decimals, n));
            assert!(
                power <= counted + 1 + 2000 / scale,
                "{n}, {decimals}: {counted} {power}"
            );
            assert!(
                counted <= power + 1 + 500 * n / scale,
                "{n}, {decimals}: {counted} {power}"
            );
        }
    }
}

/// Sums touch in one point only if that end belongs to both.
#[test]
fn sums_that_touch_need_both_ends() {
    let set = |units: i128| Interval::tolerant(decimal(units, 1), decimal(1, 1)).expect("short");
    let sum = |terms: &[i128]| {
        terms
            .iter()
            .map(|t| set(*t))
            .reduce(|a, b| a.plus(b).expect("short"))
            .expect("one")
    };
    for n_terms in 1..=6_i128 {
        for off in -12..=12_i128 {
            let terms = vec![10; usize::try_from(n_terms).expect("few")];
            // In halves of a unit: terms [−n, 2n), the total [2·off − 1, 2·off + 2).
            let (low, high) = (-n_terms, 2 * n_terms);
            let (from, to) = (2 * off - 1, 2 * off + 2);
            let meets = from < high && low < to;
            assert_eq!(
                set(10 * n_terms + off).meets(sum(&terms)),
                meets,
                "{n_terms} terms, {off} off"
            );
        }
    }
}
