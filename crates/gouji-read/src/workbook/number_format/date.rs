//! Serial numbers printed as dates and times.

use super::code::{Section, Token};
use crate::workbook::plain::Plain;

const SECONDS_A_DAY: i128 = 86_400;

/// Year, month, day of a serial day; 1900 counts a 29 February that never was, as number 60.
fn calendar(serial: i64, since_1904: bool) -> Option<(i64, u32, u32)> {
    const LAST: i64 = 2_958_465;
    if !(0..=LAST).contains(&serial) {
        return None;
    }
    // Days since 1970-01-01.
    let days = if since_1904 {
        serial - 24_107
    } else if serial >= 61 {
        serial - 25_569
    } else if serial == 60 {
        return Some((1900, 2, 29));
    } else {
        serial - 25_568
    };
    // The civil calendar from a day count, in years that begin in March.
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 {
        month_from_march + 3
    } else {
        month_from_march - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    Some((year, u32::try_from(month).ok()?, u32::try_from(day).ok()?))
}

/// A day with its time as a section prints it; `None` if it is no day of the calendar.
pub(super) fn print_date(section: &Section, value: &Plain, since_1904: bool) -> Option<String> {
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    const WEEKDAYS: [char; 7] = ['日', '一', '二', '三', '四', '五', '六'];
    let (mut day_number, mut seconds) = value.split(SECONDS_A_DAY)?;
    if seconds >= SECONDS_A_DAY {
        day_number += 1;
        seconds = 0;
    }
    let (year, month, day) = calendar(day_number, since_1904)?;
    let elapsed = i128::from(day_number) * SECONDS_A_DAY + seconds;
    let halves = section.has(&Token::HalfDay);
    let hour = seconds / 3600;
    let minute = seconds / 60 % 60;
    let tokens = &section.tokens;
    let clock = |t: &Token| !matches!(t, Token::Literal(_));
    let mut out = String::new();
    for (at, token) in tokens.iter().enumerate() {
        match token {
            Token::Literal(text) => out.push_str(text),
            Token::Year(width) if *width <= 2 => out.push_str(&format!("{:02}", year % 100)),
            Token::Year(_) => out.push_str(&year.to_string()),
            Token::M(width) => {
                let before = tokens[..at].iter().rev().find(|t| clock(t));
                let after = tokens[at + 1..].iter().find(|t| clock(t));
                let is_minute = matches!(before, Some(Token::Hour(_) | Token::ElapsedHours))
                    || matches!(after, Some(Token::Second(_) | Token::ElapsedSeconds));
                match width {
                    1 if is_minute => out.push_str(&minute.to_string()),
                    2 if is_minute => out.push_str(&format!("{minute:02}")),
                    1 => out.push_str(&month.to_string()),
                    2 => out.push_str(&format!("{month:02}")),
                    3 => out.push_str(MONTHS.get(month as usize - 1)?),
                    _ => return None,
                }
            }
            Token::Day(1) => out.push_str(&day.to_string()),
            Token::Day(_) => out.push_str(&format!("{day:02}")),
            Token::Weekday(width) => {
                // Day 1 of the 1900 count is a Sunday by its own reckoning; the 1904 count begins on a Friday.
                let weekday = (day_number + if since_1904 { 5 } else { 6 }).rem_euclid(7);
                if *width >= 4 {
                    out.push_str("星期");
                }
                out.push(*WEEKDAYS.get(usize::try_from(weekday).ok()?)?);
            }
            Token::Hour(width) => {
                let hour = if halves { (hour + 11) % 12 + 1 } else { hour };
                out.push_str(&if *width >= 2 {
                    format!("{hour:02}")
                } else {
                    hour.to_string()
                });
            }
            Token::Second(1) => out.push_str(&(seconds % 60).to_string()),
            Token::Second(_) => out.push_str(&format!("{:02}", seconds % 60)),
            Token::HalfDay => out.push_str(if hour < 12 { "上午" } else { "下午" }),
            Token::ElapsedHours => out.push_str(&(elapsed / 3600).to_string()),
            Token::ElapsedMinutes => out.push_str(&(elapsed / 60).to_string()),
            Token::ElapsedSeconds => out.push_str(&elapsed.to_string()),
            _ => {}
        }
    }
    Some(out)
}
