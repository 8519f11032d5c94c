//! Pointers lend their words to what they point to, as the text of a link does on the web.
//!
//! An overview has one row a message, each linked to the page that treats it; a table of contents names everything.
//! Whoever is led there wants the page itself: it takes the row's place, with the row as what matched, and the
//! pointer itself comes last.
//!
//! A link names a file of the knowledge base, or the page that the site makes of one (`e4103`, `/errors/e4103.html`, an
//! address); a row of an error without a link means the page that is about the error by its title.

use std::cmp::Ordering;

use super::passage_of::under;
use super::query::{KeyKind, Query};
use super::scored::{self, Scored};
use super::term::QueryTerm;
use super::weights::POINTER_FOLLOWED;
use crate::article::{OF_NAME, PassageLink, without_ending};
use crate::index::{Address, Result, Snapshot};
use crate::kb::{decode_link, link_parts, resolve_link};
use crate::text::fold;

/// How many of the best articles are looked at for pointers.
const LOOKED_AT: usize = 20;

/// Puts what pointers lead to in their place. `best` is in order of score, and need not be afterwards.
pub(super) fn follow(snapshot: &Snapshot, query: &Query, best: &mut Vec<Scored>) -> Result<()> {
    for index in 0..best.len().min(LOOKED_AT) {
        let Some(scored) = best.get(index).filter(|it| it.pointer.is_none() && !it.is_named(query))
        else {
            continue;
        };
        if !may_point(snapshot, scored)? {
            continue;
        }
        let passage = scored::passage(snapshot, scored)?;
        let Some((link, share)) = choose(query, scored, &passage.links) else { continue };
        let Some((target, place)) = target(snapshot, &scored.article.path, link)? else { continue };
        if target == scored.address {
            continue;
        }
        let pointer = Some((scored.address, scored.passage));
        let score = scored.score * share;
        let article = snapshot.article(target)?;
        let known = best.iter().position(|it| it.article.id == article.id);
        let lent = best.get(index).cloned().map(|it| Scored {
            address: target,
            passage: place.unwrap_or(0),
            score,
            article,
            pointer,
            ..it
        });
        match (known.and_then(|known| best.get_mut(known)), lent) {
            // A passage with more of its own needs no pointer; it only comes before it.
            (Some(known), Some(lent)) if known.score < lent.score => {
                let place =
                    place.unwrap_or(if known.pointer.is_some() { 0 } else { known.passage });
                *known = Scored { passage: place, ..lent };
            }
            (None, Some(lent)) => best.push(lent),
            _ => {}
        }
        if let Some(pointing) = best.get_mut(index) {
            pointing.score *= POINTER_FOLLOWED;
        }
    }
    Ok(())
}

/// Whether the passage says nothing but where to look, or may, by its record: few do, and to read what is stored takes
/// longer.
fn may_point(snapshot: &Snapshot, scored: &Scored) -> Result<bool> {
    let place = snapshot.place(scored.address, scored.passage)?;
    let record = snapshot.shard(place)?.passage_record(place.number);
    Ok(record.is_some_and(|record| !record.remedial || record.leads))
}

/// The link whose line, item or row holds the query's words, and the share of what the passage has of them that
/// is there; `None` where several hold none. Of several links of one row the one whose own text holds them is meant, else
/// the one that is the row's name; where neither tells them apart, none is.
pub(super) fn choose<'l>(
    query: &Query,
    scored: &Scored,
    links: &'l [PassageLink],
) -> Option<(&'l PassageLink, f64)> {
    let found: Vec<&QueryTerm> = scored.words(query).collect();
    let all: f64 = found.iter().map(|term| term.score).sum();
    // A code that is found by its key is none of the words.
    let code = scored.key(query).filter(|key| key.kind != KeyKind::Heading);
    let code = code.map(|key| (fold(&key.log.written), key.score));
    let held = |text: &str| -> QueryShare {
        let text = fold(text);
        let words = found.iter().filter(|it| text.contains(&it.folded)).map(|it| it.score).sum();
        let code = code.as_ref().filter(|(code, _)| holds(&text, code)).map_or(0.0, |it| it.1);
        QueryShare { words, code }
    };
    let mut best: Option<(&PassageLink, (f64, f64, bool), f64)> = None;
    let mut tied = false;
    for link in links {
        let (row, own) = (held(&link.words), held(&link.text));
        let rank = (row.words + row.code, own.words + own.code, link.heads);
        match best.as_ref().map(|(_, known, _)| rank.partial_cmp(known)) {
            Some(Some(Ordering::Equal)) => {
                tied |= best.as_ref().is_some_and(|(known, ..)| known.target != link.target);
            }
            None | Some(Some(Ordering::Greater)) => {
                best = Some((link, rank, row.words));
                tied = false;
            }
            Some(_) => {}
        }
    }
    let (link, _, held) = best.filter(|_| !tied).filter(|it| it.1.0 > 0.0 || links.len() == 1)?;
    let own = scored.code.as_ref().is_some_and(|code| code.own) || scored.message.is_some();
    let share = if own || all <= 0.0 { 1.0 } else { (held / all).min(1.0) };
    Some((link, share))
}

/// How many passages of an article are looked at for a link.
const PASSAGES: u32 = 64;

/// Whether an article has a link to another.
pub(super) fn leads_to(snapshot: &Snapshot, from: &Scored, to: Address) -> Result<bool> {
    for place in 0..from.article.passages.min(PASSAGES) {
        for link in &snapshot.passage(snapshot.place(from.address, place)?)?.links {
            let path = link.target.split('#').next().unwrap_or_default();
            if file(snapshot, &from.article.path, path)? == Some(to) {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// The share of the query that a text has: the score of its words, and of its code.
struct QueryShare {
    words: f64,
    code: f64,
}

/// Whether a folded text writes a code, rather than a longer one that begins with it.
fn holds(text: &str, code: &str) -> bool {
    let ends = |before: Option<char>| before.is_none_or(|c| !c.is_ascii_alphanumeric());
    !code.is_empty()
        && text.match_indices(code).any(|(at, _)| {
            let (before, from) = text.split_at_checked(at).unwrap_or_default();
            let after = from.get(code.len()..).unwrap_or_default();
            ends(before.chars().next_back()) && ends(after.chars().next())
        })
}

/// The article that a link leads to, and the place of the passage where the link says.
pub(super) fn target(
    snapshot: &Snapshot,
    from: &str,
    link: &PassageLink,
) -> Result<Option<(Address, Option<u32>)>> {
    if let Some(name) = link.target.strip_prefix(OF_NAME) {
        return Ok(match snapshot.about_name(name).as_slice() {
            [article] => Some((*article, None)),
            _ => None,
        });
    }
    let (path, anchor) = match link.target.split_once('#') {
        Some((path, anchor)) => (path, Some(decode_link(anchor).to_lowercase())),
        None => (link.target.as_str(), None),
    };
    let Some(address) = file(snapshot, from, path)? else { return Ok(None) };
    let Some(anchor) = anchor else { return Ok(Some((address, None))) };
    let passages = snapshot.passages_of(address)?.collect::<Result<Vec<_>, _>>()?;
    let place = under(&passages, &anchor).and_then(|place| u32::try_from(place).ok());
    Ok(Some((address, place)))
}

/// The article that a path leads to: the file that it names, else the one that it means in a form of the site.
fn file(snapshot: &Snapshot, from: &str, path: &str) -> Result<Option<Address>> {
    let exact = resolve_link(from, path);
    if let Some(path) = &exact {
        let name = without_ending(path).unwrap_or(path);
        if let Some((address, _)) = snapshot.named(name)? {
            return Ok(Some(address));
        }
    }
    // Without the host of an address.
    let address = path.split_once("://").map(|(_, it)| it.split_once('/').map_or("", |it| it.1));
    let parts = link_parts(exact.as_deref().or(address).unwrap_or(path));
    let Some(name) = parts.last() else { return Ok(None) };
    let from = link_parts(from);
    let (mut best, mut tied) = (None, false);
    for (place, article) in snapshot.of_file(name)? {
        let file = link_parts(&article.path);
        let common = file.iter().rev().zip(parts.iter().rev()).take_while(|(a, b)| a == b).count();
        // The last part alone of a longer path is anybody's name; a code is not.
        let whole = address.is_none() && (common == parts.len() || common == file.len());
        if common < LEAST_IN_COMMON && !whole && !is_code(name) {
            continue;
        }
        let near = file.iter().zip(&from).take_while(|(a, b)| a == b).count();
        match best.as_ref().map(|(known, _)| (common, near).cmp(known)) {
            Some(Ordering::Less) => {}
            Some(Ordering::Equal) => tied = true,
            None | Some(Ordering::Greater) => (best, tied) = (Some(((common, near), place)), false),
        }
    }
    Ok(best.filter(|_| !tied).map(|(_, place)| place))
}

/// How many last parts of a path that is not the whole one must be a file's.
const LEAST_IN_COMMON: usize = 2;

/// Whether a file's name has letters and digits, as those of codes do.
fn is_code(name: &str) -> bool {
    name.contains(|c: char| c.is_ascii_digit()) && name.contains(|c: char| c.is_ascii_alphabetic())
}

#[cfg(test)]
crate::source::cases! {
    codes_held: |it| { let (text, code) = two(it); holds(text, code) };
}
