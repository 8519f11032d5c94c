//! From the passage that matched to the remedy, by the document's structure and never by a likely word.
//!
//! 1. What says what to do is shown itself, and so is what was named by its heading, or is what was asked for: a cause.
//! 2. Else the remedy that belongs to it: a section of that role below it;
//! 3. what tells what to do further down in the same section;
//! 4. the remedy beside it, where nothing but its own causes and symptoms lies between;
//! 5. what its link leads to, where it merely points.
//!
//! Where there is none of these it is shown alone. A section about something else never takes its place.

use super::pointer;
use super::query::Query;
use super::scored::Scored;
use crate::article::Role;
use crate::index::{Address, IndexError, PassageHead, Snapshot, StoredPassage};

/// How far from what matched its remedy is looked for, in passages.
const WITHIN: u32 = 60;

/// The passages of an article that are shown.
#[derive(Debug)]
pub(super) struct Lead {
    /// The passage to show, and the id of its article.
    pub(super) shown: StoredPassage,
    /// The passage that matched, where that is another one, with the id of its article.
    pub(super) matched: Option<(String, StoredPassage)>,
}

/// The passages to show of a scored article.
pub(super) fn lead(
    snapshot: &Snapshot,
    query: &Query,
    scored: &Scored,
) -> Result<Lead, IndexError> {
    let passages = Passages { snapshot, count: scored.article.passages, article: scored.address };
    let here = passages.at(scored.passage)?;
    let answers = || query.asked.as_ref().is_some_and(|asked| asked.is_answered_by(&here));
    let place = if scored.pointer.is_none() && (scored.is_named(query) || answers()) {
        None
    } else {
        passages.remedy_of(scored.passage, &here)?
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
    if let Some((article, passage)) = scored.pointer {
        let pointer = snapshot.passage(snapshot.place(article, passage)?)?;
        let shown = match place {
            Some(place) => passages.at(place)?,
            None => here,
        };
        return Ok(Lead { shown, matched: Some((snapshot.article(article)?.id, pointer)) });
    }
    match place.filter(|&place| place != scored.passage) {
        Some(place) => {
            let matched = Some((scored.article.id.clone(), here));
            Ok(Lead { shown: passages.at(place)?, matched })
        }
        None => Ok(Lead { shown: here, matched: None }),
    }
}

struct Passages<'s> {
    snapshot: &'s Snapshot,
    article: Address,
    count: u32,
}

impl Passages<'_> {
    fn at(&self, place: u32) -> Result<StoredPassage, IndexError> {
        self.snapshot.passage(self.snapshot.place(self.article, place)?)
    }

    fn head(&self, place: u32) -> Result<PassageHead, IndexError> {
        self.snapshot.head(self.snapshot.place(self.article, place)?)
    }

    /// Where the remedy of a passage is that tells none itself.
    fn remedy_of(&self, at: u32, here: &StoredPassage) -> Result<Option<u32>, IndexError> {
        if here.instructs {
            return Ok(None);
        }
        let depth = here.section.len();
        let mut between = Between::Nothing;
        let mut beside: Option<u32> = None;
        for place in (at + 1..self.count).take(WITHIN as usize) {
            let next = self.head(place)?;
            if next.section.len() > depth && next.section.starts_with(&here.section) {
                let child = next.section.get(depth).map(|it| Role::of_heading(it));
                if child == Some(Role::Remedy) && !next.points {
                    return Ok(Some(place));
                }
                continue;
            }
            if next.section == here.section {
                // Another row, or another question's answer, is about something else.
                if next.instructs && !next.row && next.question.is_none() {
                    return Ok(Some(place));
                }
                continue;
            }
            // After the section itself.
            let Some(role) = role_beside(here, &next.section) else { break };
            if role == Role::Remedy {
                beside = between.leads(here).then_some(place);
                break;
            }
            let own = matches!(role, Role::Cause | Role::Symptom | Role::Explanation);
            if !own {
                break;
            }
            between = Between::Roles;
        }
        if beside.is_none() {
            return self.remedy_before(at, here);
        }
        Ok(beside)
    }

    /// The remedy that is directly before its cause or its meaning, or before the only symptoms beside it.
    fn remedy_before(&self, at: u32, here: &StoredPassage) -> Result<Option<u32>, IndexError> {
        let own = match here.role {
            Role::Cause | Role::Explanation => true,
            Role::Symptom => !self.has_other_symptoms(here)?,
            _ => false,
        };
        let mut found = None;
        for place in (0..at).rev().take(WITHIN as usize).take_while(|_| own) {
            let before = self.head(place)?;
            if before.section == here.section {
                continue;
            }
            if role_beside(here, &before.section) != Some(Role::Remedy) {
                break;
            }
            found = Some(place);
        }
        Ok(found)
    }

    fn has_other_symptoms(&self, here: &StoredPassage) -> Result<bool, IndexError> {
        for place in (0..self.count).take(WITHIN as usize) {
            let other = self.head(place)?;
            let beside = role_beside(here, &other.section);
            if other.section != here.section && beside == Some(Role::Symptom) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// The role of the section beside `here` that a passage of `section` is in; `None` where it is elsewhere.
fn role_beside(here: &StoredPassage, section: &[String]) -> Option<Role> {
    let parent = here.section.get(..here.section.len().checked_sub(1)?)?;
    let heading = section.get(parent.len()).filter(|_| section.starts_with(parent))?;
    Some(Role::of_heading(heading))
}

/// The sections between a section and the remedy beside it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Between {
    Nothing,
    /// Causes, symptoms, explanations.
    Roles,
}

impl Between {
    /// Whether the remedy is that of `here`: a part of the same trouble leads to it over other parts, a subject only to
    /// the very next.
    fn leads(self, here: &StoredPassage) -> bool {
        self == Self::Nothing || here.role != Role::Subject
    }
}
