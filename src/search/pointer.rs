//! Pointers lend their words to what they point to, as the text of a link does on the web.
//!
//! An overview has one row a message, each linked to the page that treats it; a table of contents names everything.
//! Whoever is led there wants the page itself: it takes the row's place, with the row as what matched, and the
//! pointer itself comes last.

use super::passage_of::under;
use super::query::Query;
use super::scored::{self, Scored};
use super::term::QueryTerm;
use super::weights::POINTER_FOLLOWED;
use crate::article::PassageLink;
use crate::index::{Address, IndexError, Snapshot};
use crate::kb::{decode_link, resolve_link};
use crate::text::fold;

/// How many of the best articles are looked at for pointers.
const LOOKED_AT: usize = 20;

/// Puts what pointers lead to in their place. `best` is in order of score, and need not be afterwards.
pub(super) fn follow(
    snapshot: &Snapshot,
    query: &Query,
    best: &mut Vec<Scored>,
) -> Result<(), IndexError> {
    for index in 0..best.len().min(LOOKED_AT) {
        let Some(scored) = best.get(index).filter(|it| it.pointer.is_none() && !it.is_named(query))
        else {
            continue;
        };
        if !points(snapshot, scored)? {
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

/// Whether the passage says nothing but where to look, by its record: few do, and to read what is stored takes longer.
fn points(snapshot: &Snapshot, scored: &Scored) -> Result<bool, IndexError> {
    let place = snapshot.place(scored.address, scored.passage)?;
    let record = snapshot.shard(place)?.passage_record(place.number);
    Ok(record.is_some_and(|record| !record.remedial))
}

/// The link whose line, item or row holds the query's words, and the share of what the passage has of them that
/// is there; `None` where several hold none.
pub(super) fn choose<'l>(
    query: &Query,
    scored: &Scored,
    links: &'l [PassageLink],
) -> Option<(&'l PassageLink, f64)> {
    let found: Vec<&QueryTerm> = scored.words(query).collect();
    let all: f64 = found.iter().map(|term| term.score).sum();
    let held = |link: &PassageLink| -> f64 {
        let words = fold(&link.words);
        found.iter().filter(|it| words.contains(&it.folded)).map(|it| it.score).sum()
    };
    let mut best: Option<(&PassageLink, f64)> = None;
    for link in links {
        let held = held(link);
        if best.is_none_or(|(_, known)| held > known) {
            best = Some((link, held));
        }
    }
    let (link, held) = best.filter(|(_, held)| *held > 0.0 || links.len() == 1)?;
    let own = scored.code.as_ref().is_some_and(|code| code.own) || scored.message.is_some();
    let share = if own || all <= 0.0 { 1.0 } else { (held / all).min(1.0) };
    Some((link, share))
}

/// How many passages of an article are looked at for a link.
const PASSAGES: u32 = 64;

/// Whether an article has a link to another.
pub(super) fn leads_to(
    snapshot: &Snapshot,
    from: &Scored,
    to: Address,
) -> Result<bool, IndexError> {
    for place in 0..from.article.passages.min(PASSAGES) {
        let passage = snapshot.passage(snapshot.place(from.address, place)?)?;
        for link in &passage.links {
            let path = link.target.split('#').next().unwrap_or_default();
            let Some(path) = resolve_link(&from.article.path, path) else { continue };
            let name = path.rsplit_once('.').map_or(path.as_str(), |(name, _)| name);
            if snapshot.named(name)?.is_some_and(|(address, _)| address == to) {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// The article that a link leads to, and the place of the passage where the link says.
pub(super) fn target(
    snapshot: &Snapshot,
    from: &str,
    link: &PassageLink,
) -> Result<Option<(Address, Option<u32>)>, IndexError> {
    let (path, anchor) = match link.target.split_once('#') {
        Some((path, anchor)) => (path, Some(decode_link(anchor).to_lowercase())),
        None => (link.target.as_str(), None),
    };
    let Some(path) = resolve_link(from, path) else { return Ok(None) };
    let name = path.rsplit_once('.').map_or(path.as_str(), |(name, _)| name);
    let Some((address, _)) = snapshot.named(name)? else { return Ok(None) };
    let Some(anchor) = anchor else { return Ok(Some((address, None))) };
    let passages = snapshot.passages_of(address)?.collect::<Result<Vec<_>, _>>()?;
    let place = under(&passages, &anchor).and_then(|place| u32::try_from(place).ok());
    Ok(Some((address, place)))
}
