//! From the passage that matched to the remedy, by the document's structure and never by a likely word.
//!
//! 1. What says what to do is shown itself, and so is what was named by its own heading, or is what was asked for: a cause.
//! 2. Else, where the page's title was typed, the page's own remedy: who names a page means all of it;
//! 3. the remedy that belongs to what matched: a section of that role below it;
//! 4. what tells what to do further down in the same section;
//! 5. the remedy beside it, where nothing but its own causes and symptoms lies between;
//! 6. of a part of a problem (how it is reproduced) the remedy of the problem;
//! 7. what its link leads to, where it merely points.
//!
//! Where there is none of these it is shown alone. A section about something else never takes its place. A remedy that is
//! but a sentence before sections of its own (「次の設定をすべて行います。」) is shown with them.

use super::asked::Asked;
use super::passage_of::{both, join};
use super::pointer;
use super::query::Query;
use super::scored::Scored;
use crate::article::Role;
use crate::index::{Address, PassageHead, Result, Snapshot, StoredPassage};

/// How far from what matched its remedy is looked for, in passages.
const WITHIN: u32 = 60;
/// How long a remedy may become with the sections below it, in bytes; the first is always shown.
const LONGEST: usize = 6000;
/// More sentences tell something by themselves.
const LEAD_IN_SENTENCES: usize = 2;

#[derive(Debug)]
pub(super) struct Lead {
    /// The passage to show, and the id of its article.
    pub(super) shown: StoredPassage,
    /// The passage that matched, where that is another one, with the id of its article.
    pub(super) matched: Option<(String, StoredPassage)>,
}

pub(super) fn lead(snapshot: &Snapshot, query: &Query, scored: &Scored) -> Result<Lead> {
    let passages = Passages { snapshot, count: scored.article.passages, article: scored.address };
    let here = passages.at(scored.passage)?;
    let answers = || query.asked.as_ref().is_some_and(|asked| asked.is_answered_by(&here));
    let named = scored.is_named(query) && scored.pointer.is_none();
    let own = named && scored.code.as_ref().is_some_and(|key| key.own);
    let place = if scored.pointer.is_none() && (own || answers()) {
        None
    } else {
        let defines = matches!(query.asked, Some(Asked::Definition(_)));
        // A request within the account of a problem is not yet its remedy.
        let mut above = here.section.iter().map(|heading| Role::of_heading(heading));
        let tells = here.instructs
            && above.find(|role| *role != Role::Subject).is_none_or(|role| role == Role::Remedy);
        let of_page = if named && !tells && !defines { passages.remedy()? } else { None };
        match of_page {
            Some(place) => Some(place),
            None => passages.remedy_of(scored.passage, &here)?,
        }
    };
    let place = match place {
        None if here.points && scored.pointer.is_none() => {
            let link = pointer::choose(query, scored, &here.links);
            let target = match link {
                Some((link, _)) => pointer::target(snapshot, &scored.article.path, link)?,
                None => None,
            };
            target.filter(|(article, _)| *article == scored.address).and_then(|(_, place)| place)
        }
        place => place,
    };
    let place = place.filter(|&place| place != scored.passage);
    let (at, shown) = match place {
        Some(place) => (place, passages.at(place)?),
        None => (scored.passage, here.clone()),
    };
    let shown = passages.with_parts(at, shown, place.is_some())?;
    let matched = match scored.pointer {
        Some((article, passage)) => {
            let pointer = snapshot.passage(snapshot.place(article, passage)?)?;
            Some((snapshot.article(article)?.id, pointer))
        }
        None => place.map(|_| (scored.article.id.clone(), here)),
    };
    Ok(Lead { shown, matched })
}

struct Passages<'s> {
    snapshot: &'s Snapshot,
    article: Address,
    count: u32,
}

impl Passages<'_> {
    fn at(&self, place: u32) -> Result<StoredPassage> {
        self.snapshot.passage(self.snapshot.place(self.article, place)?)
    }

    fn head(&self, place: u32) -> Result<PassageHead> {
        self.snapshot.head(self.snapshot.place(self.article, place)?)
    }

    /// Where the remedy of the page as a whole is: its section of that role, or that of its problem, which is no subject of
    /// its own.
    fn remedy(&self) -> Result<Option<u32>> {
        for place in (0..self.count).take(WITHIN as usize) {
            let head = self.head(place)?;
            let mut roles = head.section.iter().map(|heading| Role::of_heading(heading));
            let first = roles.find(|role| !matches!(role, Role::Symptom | Role::Cause));
            if first == Some(Role::Remedy) && !head.points {
                return Ok(Some(place));
            }
        }
        Ok(None)
    }

    /// Where the remedy of a passage is that tells none itself.
    fn remedy_of(&self, at: u32, here: &StoredPassage) -> Result<Option<u32>> {
        if here.instructs {
            return Ok(None);
        }
        let mut part = Part { section: &here.section, role: here.role };
        loop {
            if let Some(found) = self.remedy_of_part(at, part)? {
                return Ok(Some(found));
            }
            let Some((_, above)) = part.section.split_last() else { return Ok(None) };
            let role = above.last().map(|heading| Role::of_heading(heading)).unwrap_or_default();
            if !matches!(role, Role::Symptom | Role::Cause) {
                return Ok(None);
            }
            part = Part { section: above, role };
        }
    }

    fn remedy_of_part(&self, at: u32, part: Part<'_>) -> Result<Option<u32>> {
        let depth = part.section.len();
        let mut between = Between::Nothing;
        let mut beside: Option<u32> = None;
        for place in (at + 1..self.count).take(WITHIN as usize) {
            let next = self.head(place)?;
            if next.section.len() > depth && next.section.starts_with(part.section) {
                let child = next.section.get(depth).map(|it| Role::of_heading(it));
                if child == Some(Role::Remedy) && !next.points {
                    return Ok(Some(place));
                }
                continue;
            }
            if next.section == part.section {
                // Another row, or another question's answer, is about something else.
                if next.instructs && !next.row && next.question.is_none() {
                    return Ok(Some(place));
                }
                continue;
            }
            // After the section itself.
            let Some(role) = part.role_beside(&next.section) else { break };
            if role == Role::Remedy {
                beside = between.leads(part).then_some(place);
                break;
            }
            let own = matches!(role, Role::Cause | Role::Symptom | Role::Explanation);
            if !own {
                break;
            }
            between = Between::Roles;
        }
        if beside.is_none() {
            return self.remedy_before(at, part);
        }
        Ok(beside)
    }

    /// The remedy that is directly before its cause or its meaning, or before the only symptoms beside it.
    fn remedy_before(&self, at: u32, part: Part<'_>) -> Result<Option<u32>> {
        let own = match part.role {
            Role::Cause | Role::Explanation => true,
            Role::Symptom => !self.has_other_symptoms(part)?,
            _ => false,
        };
        let mut found = None;
        for place in (0..at).rev().take(WITHIN as usize).take_while(|_| own) {
            let before = self.head(place)?;
            if before.section.starts_with(part.section) {
                continue;
            }
            if part.role_beside(&before.section) != Some(Role::Remedy) {
                break;
            }
            found = Some(place);
        }
        Ok(found)
    }

    fn has_other_symptoms(&self, part: Part<'_>) -> Result<bool> {
        for place in (0..self.count).take(WITHIN as usize) {
            let other = self.head(place)?;
            let beside = part.role_beside(&other.section);
            if !other.section.starts_with(part.section) && beside == Some(Role::Symptom) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// A remedy that is but a sentence before sections of its own, with these; and so the first of a remedy's sections where
    /// the remedy is `led` to. One that loses something stays apart, so that it is never told in passing.
    fn with_parts(&self, at: u32, shown: StoredPassage, led: bool) -> Result<StoredPassage> {
        let of_remedy = |heading: &String| Role::of_heading(heading) == Role::Remedy;
        let depth = shown.section.iter().position(of_remedy).map_or(0, |place| place + 1);
        let is_whole = if depth == shown.section.len() { leads_in(&shown) } else { led };
        if depth == 0 || shown.row || shown.destructive || shown.question.is_some() || !is_whole {
            return Ok(shown);
        }
        let remedy = shown.section.get(..depth).unwrap_or_default().to_vec();
        let mut parts = vec![shown.clone()];
        let mut length = shown.markdown.len();
        for place in (at + 1..self.count).take(WITHIN as usize) {
            let head = self.head(place)?;
            if head.section.len() <= depth || !head.section.starts_with(&remedy) {
                break;
            }
            if head.row {
                continue;
            }
            let part = self.at(place)?;
            length += part.markdown.len();
            if part.destructive || length > LONGEST && parts.len() > 1 {
                break;
            }
            parts.push(part);
        }
        let markdown = join(&parts);
        let cautions = parts
            .into_iter()
            .skip(1)
            .fold(shown.cautions.clone(), |known, part| both(known, part.cautions));
        Ok(StoredPassage { markdown, cautions, ..shown })
    }
}

/// Whether a passage is a sentence or two, without a list, a table or a block.
fn leads_in(passage: &StoredPassage) -> bool {
    let text = passage.markdown.trim();
    let sentences = text.split(['。', '\n']).filter(|sentence| !sentence.trim().is_empty());
    let of_block = |line: &str| {
        let line = line.trim_start();
        line.starts_with(['-', '*', '+', '|', '>', '`', '~', '・'])
            || line.starts_with(|first: char| first.is_ascii_digit())
    };
    sentences.count() <= LEAD_IN_SENTENCES && !text.lines().any(of_block)
}

#[derive(Debug, Clone, Copy)]
struct Part<'p> {
    section: &'p [String],
    role: Role,
}

impl Part<'_> {
    /// The role of the section beside it that a passage of `section` is in; `None` where it is elsewhere.
    fn role_beside(self, section: &[String]) -> Option<Role> {
        let parent = self.section.get(..self.section.len().checked_sub(1)?)?;
        let heading = section.get(parent.len()).filter(|_| section.starts_with(parent))?;
        Some(Role::of_heading(heading))
    }
}

/// The sections between a section and the remedy beside it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Between {
    Nothing,
    /// Causes, symptoms, explanations.
    Roles,
}

impl Between {
    /// Whether the remedy is that of `part`: a part of the same trouble leads to it over other parts, a subject only to
    /// the very next.
    fn leads(self, part: Part<'_>) -> bool {
        self == Self::Nothing || part.role != Role::Subject
    }
}
