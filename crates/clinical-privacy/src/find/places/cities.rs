//! Cities and neighbourhoods: before a state, behind a word of going or living, by the lists and by their endings.

use super::living::{AROUND, LIVES, ends_as_name, ends_certainly, is_modifier, is_resident};
use super::states::before_state;
use super::uncased::{told, uncased};
use super::words::{
    OF, THE, ends_as_town, follows, is_capital, is_generic, is_key, is_led_by, is_namelike, is_odd, is_rare, is_usual,
    key,
};
use crate::find::marks::Marks;
use crate::kind::{Kind, Reason};
use crate::read::{Form, Gap, Page, Token};
use crate::words::{Class, Flags, Known};

pub(super) const IN: u64 = key("in");

pub(super) const NEIGHBORHOOD: u64 = key("neighborhood");

pub(super) const NEIGHBOURHOOD: u64 = key("neighbourhood");

pub(super) const FROM: u64 = key("from");

pub(super) const TO: u64 = key("to");

/// Words behind which a place is expected.
pub(super) const LEADS: [u64; 7] = [IN, FROM, TO, key("near"), key("outside"), key("around"), key("downtown")];

/// Words that say of the name before them that it is a place.
pub(super) const AREAS: [u64; 11] = [
    key("police"),
    key("retiree"),
    key("neighborhood"),
    key("neighbourhood"),
    key("district"),
    key("section"),
    key("suburb"),
    key("suburbs"),
    key("resident"),
    key("native"),
    key("metro"),
];

/// Words that an unknown name must follow to be a city, besides "in".
pub(super) const NEVER: u64 = Class::Function.bit()
    | Class::Month.bit()
    | Class::Weekday.bit()
    | Class::Title.bit()
    | Class::Pronoun.bit()
    | Class::Role.bit()
    | Class::Relative.bit();

/// May a city begin or end at the token? Not asked of a small word in usual writing.
pub(super) fn is_candidate(token: &Token) -> bool {
    let f = token.flags;
    f.word() <= 1
        || f.word() == 2 && token.len() >= 8 && token.form == Form::Title
        || is_listed(f)
        || f.opens_phrase()
        || token.key == NEIGHBORHOOD
}

/// Do the lists know a place of that name, or one that begins or ends with it?
pub(super) fn is_listed(flags: Flags) -> bool {
    const FLAGS: u64 = Class::CityFirst.bit() | Class::Direction.bit() | Class::CityLast.bit();
    flags.is_state() || flags.city() > 0 || flags.is_region() || flags.is_any(FLAGS)
}

/// Marks cities and neighbourhoods.
pub(super) fn find(page: &Page<'_>, marks: &mut Marks, candidates: &[usize]) {
    let mut behind = 0;
    for &at in candidates {
        let Some(token) = page.get(at) else { continue };
        if at < behind {
            continue;
        }
        let f = token.flags;
        let state = f.is_state()
            || f.is_any(Class::Direction.bit() | Class::CityFirst.bit())
                && matches!(page.phrase(at), Some((_, Known::State)));
        if state {
            behind = behind.max(before_state(page, marks, at).unwrap_or(0));
        }
        if token.key == NEIGHBORHOOD || token.key == NEIGHBOURHOOD {
            neighborhood(page, marks, at);
        }
        if !marks.is_free(at) {
            continue;
        }
        // "Philippa of Oxbow Landing": the first word alone says nothing.
        if f.is(Class::CityLast)
            && at > 0
            && is_led_by(page, at - 1, &[OF])
            && is_capital(token)
            && marks.is_free(at - 1)
            && let Some(end) = told(page, marks, at - 1)
        {
            marks.add(page, at - 1, end, Kind::City, Reason::Context);
            behind = end;
            continue;
        }
        if let Some(end) = joined_town(page, at) {
            marks.add(page, at, end, Kind::City, Reason::Pattern);
            behind = end;
            continue;
        }
        let end = if is_usual(page, at) { usual(page, at) } else { uncased(page, at) };
        // "12270 Kestrel Ln in Denver", "City of Mobile", "Philippa of Northend"
        let end = end.or_else(|| told(page, marks, at));
        if let Some(end) = end.filter(|end| !is_modifier(page, at, *end)) {
            let end = (at..end).find(|i| !marks.is_free(*i)).unwrap_or(end);
            if end > at {
                marks.add(page, at, end, Kind::City, Reason::Context);
                behind = end;
            }
        }
    }
}

/// "Stow-on-the-Wold", "Ashby-de-la-Zouch", "Newcastle-upon-Tyne", "Villers-sur-Mer": words that only towns join so.
fn joined_town(page: &Page<'_>, at: usize) -> Option<usize> {
    const JOINS: [&[u64]; 9] = [
        &[key("upon")],
        &[key("on"), key("the")],
        &[key("in"), key("the")],
        &[key("by"), key("the")],
        &[key("de"), key("la")],
        &[key("le")],
        &[key("sur")],
        &[key("under")],
        &[key("am")],
    ];
    let glued = |i: usize| page.get(i).is_some_and(|t| t.gap == Gap::None);
    let dash = |i: usize| glued(i) && page.get(i).is_some_and(|t| t.is_dash());
    if !dash(at + 1) || !glued(at + 2) {
        return None;
    }
    let words = JOINS.iter().find(|words| {
        words.iter().enumerate().all(|(nth, word)| {
            let i = at + 2 + 2 * nth;
            is_key(page, i, *word)
                && glued(i)
                && dash(i + 1)
                && (!is_usual(page, i) || page.get(i).is_some_and(|t| t.form == Form::Lower))
        })
    })?;
    let last = at + 2 + 2 * words.len();
    let fits = |i: usize| {
        page.get(i).is_some_and(|t| {
            t.is_word()
                && t.len() > 2
                && (!is_usual(page, i) || is_capital(t))
                && !t.flags.is_any(NEVER)
                && !t.flags.is_medical()
        })
    };
    let named = [at, last].iter().any(|i| page.get(*i).is_some_and(|t| is_namelike(t) || is_odd(t)));
    (fits(at) && fits(last) && glued(last) && named && !dash(last + 1)).then_some(last + 1)
}

/// "the Tannery Row neighborhood": the capital words before it.
fn neighborhood(page: &Page<'_>, marks: &mut Marks, at: usize) {
    let usual = is_usual(page, at);
    let mut first = at;
    while first > 0 && at - first < 4 {
        let fine = page.get(first).is_some_and(follows)
            && marks.is_free(first - 1)
            && page.get(first - 1).is_some_and(|t| {
                t.is_word()
                    && (if usual {
                        is_capital(t) && page.capital_tells(first - 1)
                    } else {
                        is_namelike(t) || t.flags.is_any(Class::StreetSuffix.bit()) && !t.flags.is(Class::Function)
                    })
            });
        if !fine {
            break;
        }
        first -= 1;
    }
    if first < at && (usual || is_key(page, first.wrapping_sub(1), THE)) {
        marks.add(page, first, at, Kind::City, Reason::Context);
    }
}

/// A city in usual writing: the token behind it.
fn usual(page: &Page<'_>, at: usize) -> Option<usize> {
    let token = page.get(at)?;
    let f = token.flags;
    if f.is_any(NEVER) && !f.is(Class::CityFirst) {
        return None;
    }
    let phrase = page.phrase(at);
    if matches!(phrase, Some((_, Known::Eponym))) {
        return None;
    }
    let listed = phrase.filter(|(end, known)| {
        matches!(known, Known::City(_) | Known::County | Known::Region)
            && page.get(end - 1).is_some_and(|t| is_capital(t) || t.form == Form::Possessive)
    });
    let mut end = listed.map_or(at + 1, |p| p.0);
    let led_small = is_led_by(page, at, &LEADS) && page.before(at).is_some_and(|t| t.form == Form::Lower);
    let led = is_led_by(page, at, &LEADS) && (led_small && token.gap <= Gap::Line || !page.opens_sentence(at));
    let residing = || is_resident(page, at, 6);
    // "Lives: Bend"
    let labelled = page.before(at).is_some_and(|t| t.is_sign(':'))
        && at >= 2
        && token.gap <= Gap::Space
        && (is_led_by(page, at - 1, &LIVES) || is_led_by(page, at - 1, &[IN]) && is_led_by(page, at - 2, &LIVES));
    if labelled
        && f.city() >= 1
        && token.form == Form::Title
        && !f.is_any(Class::Heading.bit() | Class::GenericPlace.bit())
    {
        return Some(listed.map_or(at + 1, |p| p.0));
    }
    // At the start of a wrapped line a capital tells where a small word leads to it.
    let tells = page.capital_tells(at) || token.gap == Gap::Line && led_small;
    let next = page.get(end).filter(|t| t.gap <= Gap::Space);
    let word = next.filter(|t| t.is_word());
    let area = word.is_some_and(|t| AREAS.contains(&t.key));
    // "Milwaukee shoulder", "Norwalk virus", "Boston brace", "Lyme titers"
    let noun = word.is_some_and(|t| {
        !is_capital(t)
            && !t.flags.is(Class::Function)
            && (t.flags.is(Class::EponymHead) || is_generic(t.flags) || t.flags.is_medical())
    });
    if next.is_some_and(|t| t.form == Form::Possessive) && listed.is_none_or(|_| f.city() < 3)
        || noun && !area && !(led && residing())
    {
        return None;
    }
    if listed.is_some() && end > at + 1 {
        // A phrase of several words that the lists hold.
        let plain = (at..end).all(|i| page.get(i).is_some_and(|t| t.flags.word() >= 2 || t.form == Form::Sign));
        let small = matches!(listed, Some((_, Known::City(1))));
        let head = word.is_some_and(|t| {
            is_capital(t) && !t.flags.is_any(Class::Function.bit()) && !is_namelike(t) && !t.flags.is_state()
        });
        let alone = match (small, plain) {
            (false, true) => tells && !head,
            (false, false) => true,
            (true, plain) => tells && !plain && !head,
        };
        return (led || residing() || area || alone).then_some(end);
    }
    // "Vale Crossing police", "Port Sorrell Fire and Rescue"
    let pair = page.get(at + 1).is_some_and(|t| {
        t.is_word() && is_capital(t) && t.gap <= Gap::Space && (t.flags.is(Class::CityLast) || f.is(Class::CityFirst))
    });
    if pair
        && page
            .get(at + 2)
            .is_some_and(|t| t.is_word() && (t.key == key("police") || t.key == key("fire") || t.key == key("native")))
    {
        return Some(at + 2);
    }
    // "Glolekin Falls", "Lake Karenville", "New Roberttown", "Opa-locka"
    let second =
        page.get(at + 1).filter(|t| t.is_word() && is_capital(t) && t.gap <= Gap::Line && t.form == token.form);
    if let Some(second) = second {
        let first =
            f.is_any(Class::CityFirst.bit() | Class::Direction.bit()) && token.len() > 2 && token.form == Form::Title;
        let town = first
            && (is_rare(second) || led && is_namelike(second))
            && !second.flags.is_country()
            && !second.flags.is_eponym();
        let falls = second.flags.is(Class::CityLast)
            && (is_rare(token) || f.word() <= 1 && !f.is_medical() && led)
            && token.form == Form::Title;
        if (town || falls) && (tells || is_rare(second) || falls) {
            let mut end = at + 2;
            if page
                .get(end)
                .is_some_and(|t| t.is_word() && is_capital(t) && t.flags.is(Class::CityLast) && t.gap <= Gap::Space)
            {
                end += 1;
            }
            return Some(end);
        }
    }
    if token.form == Form::Initial || token.form == Form::Upper && f.city() == 0 || token.len() < 3 {
        return None;
    }
    let barred = f.is_medical() && f.city() < 3 && !(residing() && led && f.city() > 0 && token.form == Form::Title)
        || f.is_eponym() && !led
        || f.is_country()
        || f.is_proper() && f.city() < 3 && !residing()
        || f.is_any(
            Class::Heading.bit() | Class::GenericPlace.bit() | Class::FacilityHead.bit() | Class::EponymHead.bit(),
        ) && !(led && f.city() >= 2);
    if barred && !area {
        return None;
    }
    // "of the Petworth neighborhood"
    let fire = word.is_some_and(|t| t.key == key("fire"))
        && page.get(end + 1).is_some_and(|t| t.key == key("and") || t.key == key("department"));
    // "Marwick police at bedside" may open a sentence.
    let police = word.is_some_and(|t| [key("police"), key("native")].contains(&t.key));
    if police && is_rare(token) && token.form == Form::Title {
        return Some(end);
    }
    if (area || fire) && f.city() >= 1 && (tells || f.word() < 3 || f.city() >= 2)
        || fire && tells && is_namelike(token)
    {
        return Some(end);
    }
    if area
        && tells
        && !(word.is_some_and(|t| t.key == key("section")) && f.word() > 0)
        && (is_namelike(token) || is_key(page, at.wrapping_sub(1), THE))
    {
        return Some(end);
    }
    let region = f.is_region();
    let famous = f.city() == 3 && f.word() == 0 && f.surname() < 2;
    if !tells && !famous {
        return None;
    }
    // Two capital words are a person or a firm unless a list says otherwise.
    let more = second.is_some_and(|t| is_namelike(t) && !t.flags.is_state())
        && page.get(at + 1).is_some_and(|t| t.gap <= Gap::Space);
    let before_capital = page
        .before(at)
        .is_some_and(|t| t.is_word() && is_capital(t) && token.gap <= Gap::Space && !page.opens_sentence(at));
    // A joined name goes on: "Oxon Hill-Glassmanor".
    while page.get(end).is_some_and(|t| t.is_dash() && t.gap == Gap::None)
        && page.get(end + 1).is_some_and(|t| t.gap == Gap::None && t.is_word() && (is_capital(t) || f.is_unknown()))
    {
        end += 2;
    }
    let fine = if led {
        let to = is_led_by(page, at, &[TO, FROM]);
        (f.city() >= 1 || region)
            && (!more || residing() || !to)
            && (!to || f.city() >= 2 || residing() || f.surname() < 2)
            || residing() && (is_namelike(token) || is_odd(token))
            || residing()
                && is_led_by(page, at, &[IN, AROUND])
                && f.word() <= 2
                && token.len() > 5
                && ends_as_name(page, at)
            || !to && is_rare(token) && !more && token.form == Form::Title && token.len() > 4
            || is_rare(token) && ends_as_town(page.word(at)) && !more
    } else {
        !before_capital
            && !more
            && f.surname() < 2
            && f.given() < 2
            && f.word() == 0
            && (f.city() >= 2 || region && f.surname() == 0)
            || f.is_unknown() && !more && !before_capital && ends_certainly(page.word(at))
    };
    if !fine {
        return None;
    }
    // "in Rueiro Park": the second word belongs to it.
    if page.get(end).is_some_and(|t| {
        t.gap <= Gap::Line
            && t.is_word()
            && is_capital(t)
            && (t.flags.is(Class::CityLast) || residing() && is_namelike(t) && !t.flags.is_state())
    }) {
        end += 1;
    }
    Some(end)
}
