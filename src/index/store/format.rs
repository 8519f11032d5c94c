//! How what is stored of a shard lies in its file, beside its tantivy index.
//!
//! The file begins with the table of its sections, which are tables of fixed-size records or heaps
//! of bytes that the records point into. All numbers are little-endian. A reader maps the file and
//! looks at nothing but what a search needs.
//!
//! | section | what |
//! |---|---|
//! | `MEMBERS` | which articles these are, for the next build |
//! | `ARTICLES` | [`ArticleRecord`]s, and one more that says where the last one ends |
//! | `PASSAGES` | [`PassageRecord`]s, and one more |
//! | `TEMPLATES` | [`TemplateRecord`]s, and one more |
//! | `MEANINGS` | what each passage is about, as a vector of [`MEANING`](crate::text::MEANING) signed bytes |
//! | `STORED_ARTICLES` | what ranking needs of each article |
//! | `STORED_PASSAGES` | what is shown |
//! | `STORED_TEMPLATES` | what a message is aligned with |
//! | `WORDS` | the shard's part of the vocabulary, and which words each article has |
//! | `STORED_TEXTS` | the articles as their files have them, for those who read more than a passage |

use std::ops::Range;

/// The version of everything that is written to disk; it is raised when old files would be misread
/// or when the same articles would be indexed otherwise.
pub(crate) const FORMAT_VERSION: u32 = 31;

/// The sections, in the order of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Section {
    Members,
    Articles,
    Passages,
    Templates,
    Meanings,
    StoredArticles,
    StoredPassages,
    StoredTemplates,
    Words,
    StoredTexts,
}

pub(crate) const SECTIONS: usize = 10;

/// The table of sections, as byte offsets: each begins where the one before ends.
#[derive(Debug, Clone)]
pub(crate) struct Sections([usize; SECTIONS + 1]);

/// Sections begin at multiples of this, so that few records straddle two cache lines.
const ALIGNMENT: usize = 16;

/// The bytes of the table.
pub(crate) const HEADER: usize = ((SECTIONS + 1) * 8).next_multiple_of(ALIGNMENT);

impl Sections {
    /// Reads the table, which is the first [`HEADER`] bytes of a file; `None` where it does not fit the file's length.
    pub(crate) fn read(header: &[u8], length: usize) -> Option<Self> {
        let mut offsets = [0; SECTIONS + 1];
        for (offset, bytes) in offsets.iter_mut().zip(header.get(..HEADER)?.as_chunks::<8>().0) {
            *offset = usize::try_from(u64::from_le_bytes(*bytes)).ok()?;
        }
        let sound = offsets.is_sorted() && offsets[0] == HEADER && offsets[SECTIONS] == length;
        sound.then_some(Self(offsets))
    }

    pub(crate) fn range(&self, section: Section) -> Range<usize> {
        let place = section as usize;
        self.0[place]..self.0[place + 1]
    }
}

/// Writes sections after each other, with their table before them; each comes in chunks.
pub(crate) fn pack(sections: [Vec<Vec<u8>>; SECTIONS]) -> Vec<u8> {
    let padded = |section: &Vec<Vec<u8>>| {
        section.iter().map(Vec::len).sum::<usize>().next_multiple_of(ALIGNMENT)
    };
    let mut file = Vec::with_capacity(HEADER + sections.iter().map(padded).sum::<usize>());
    let mut end = HEADER;
    file.extend_from_slice(&(end as u64).to_le_bytes());
    for section in &sections {
        end += padded(section);
        file.extend_from_slice(&(end as u64).to_le_bytes());
    }
    file.resize(HEADER, 0);
    for section in sections {
        // A chunk is freed as soon as it is written, so that no shard is held twice.
        section.into_iter().for_each(|chunk| file.extend_from_slice(&chunk));
        file.resize(file.len().next_multiple_of(ALIGNMENT), 0);
    }
    file
}

/// The bytes of a number at byte `at` of a record; zeros where the record ends before.
fn bytes<const N: usize>(record: &[u8], at: usize) -> [u8; N] {
    record.get(at..).and_then(|rest| rest.first_chunk()).copied().unwrap_or([0; N])
}

fn number(record: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(bytes(record, at))
}

fn long(record: &[u8], at: usize) -> u64 {
    u64::from_le_bytes(bytes(record, at))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct ArticleRecord {
    /// Its first passage and template; those after it are its own up to the next article's.
    pub(crate) passages: u32,
    pub(crate) templates: u32,
    pub(crate) title_words: u32,
    pub(crate) title_bigrams: u32,
    /// Where what is stored of it begins, in bytes of `STORED_ARTICLES`.
    pub(crate) stored: u64,
    /// Where its text begins, in bytes of `STORED_TEXTS`.
    pub(crate) text: u64,
}

impl ArticleRecord {
    pub(crate) const SIZE: usize = 32;

    pub(crate) fn read(record: &[u8; Self::SIZE]) -> Self {
        Self {
            passages: number(record, 0),
            templates: number(record, 4),
            title_words: number(record, 8),
            title_bigrams: number(record, 12),
            stored: long(record, 16),
            text: long(record, 24),
        }
    }

    pub(crate) fn write(self, to: &mut Vec<u8>) {
        for number in [self.passages, self.templates, self.title_words, self.title_bigrams] {
            to.extend_from_slice(&number.to_le_bytes());
        }
        to.extend_from_slice(&self.stored.to_le_bytes());
        to.extend_from_slice(&self.text.to_le_bytes());
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct PassageRecord {
    pub(crate) article: u32,
    pub(crate) words: u32,
    /// How many bigrams its headings and its text have.
    pub(crate) bigrams: u32,
    /// How many words its headings have; no more than 65,535 are counted.
    pub(crate) heading_words: u16,
    /// Whether it tells what to do, rather than what is the case.
    pub(crate) remedial: bool,
    /// Whether it merely leads on where the addresses in it are the knowledge base's own, or its error has a page.
    pub(crate) leads: bool,
    /// Whether its article says how people ask for it.
    pub(crate) asked: bool,
    /// Where what is stored of it begins, in bytes of `STORED_PASSAGES`.
    pub(crate) stored: u64,
}

/// The flags of a passage, beside the number of its headings' words.
const REMEDIAL: u32 = 1 << 16;
const ASKED: u32 = 1 << 17;
const LEADS: u32 = 1 << 18;

impl PassageRecord {
    pub(crate) const SIZE: usize = 24;

    pub(crate) fn read(record: &[u8; Self::SIZE]) -> Self {
        let last = number(record, 12);
        Self {
            article: number(record, 0),
            words: number(record, 4),
            bigrams: number(record, 8),
            heading_words: (last & 0xffff) as u16,
            remedial: last & REMEDIAL != 0,
            asked: last & ASKED != 0,
            leads: last & LEADS != 0,
            stored: long(record, 16),
        }
    }

    pub(crate) fn write(self, to: &mut Vec<u8>) {
        let flag = |set, bit| if set { bit } else { 0 };
        let last = u32::from(self.heading_words)
            | flag(self.remedial, REMEDIAL)
            | flag(self.asked, ASKED)
            | flag(self.leads, LEADS);
        for number in [self.article, self.words, self.bigrams, last] {
            to.extend_from_slice(&number.to_le_bytes());
        }
        to.extend_from_slice(&self.stored.to_le_bytes());
    }
}

/// A documented wording of a shard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct TemplateRecord {
    pub(crate) article: u32,
    pub(crate) words: u32,
    /// Where what is stored of it begins, in bytes of `STORED_TEMPLATES`.
    pub(crate) stored: u64,
}

impl TemplateRecord {
    pub(crate) const SIZE: usize = 16;

    pub(crate) fn read(record: &[u8; Self::SIZE]) -> Self {
        Self { article: number(record, 0), words: number(record, 4), stored: long(record, 8) }
    }

    pub(crate) fn write(self, to: &mut Vec<u8>) {
        to.extend_from_slice(&self.article.to_le_bytes());
        to.extend_from_slice(&self.words.to_le_bytes());
        to.extend_from_slice(&self.stored.to_le_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_come_back_as_they_went_in() {
        let mut sections: [Vec<Vec<u8>>; SECTIONS] = Default::default();
        sections[Section::Members as usize] = vec![vec![7; 30], vec![7; 3]];
        sections[Section::Words as usize] = vec![vec![8; 16]];
        let file = pack(sections);
        let table = Sections::read(&file, file.len()).expect("it was just written");
        assert_eq!(file.get(table.range(Section::Members)).map(<[u8]>::len), Some(48));
        assert_eq!(file.get(table.range(Section::Words)), Some(&[8; 16][..]));
        assert!(table.range(Section::Templates).is_empty());
        assert!(Sections::read(&file, file.len() - 1).is_none(), "a file that is cut off");
        assert!(Sections::read(&file[..40], 40).is_none());
    }

    #[test]
    fn records_come_back_as_they_went_in() {
        let article = ArticleRecord {
            passages: 1,
            templates: 2,
            title_words: 3,
            title_bigrams: 4,
            stored: 1 << 40,
            text: 7,
        };
        let passage = PassageRecord {
            article: 1,
            words: 2,
            bigrams: 3,
            heading_words: u16::MAX,
            remedial: false,
            leads: true,
            asked: true,
            stored: 1 << 50,
        };
        let template = TemplateRecord { article: 1, words: 2, stored: 1 << 33 };
        let mut bytes = Vec::new();
        article.write(&mut bytes);
        assert_eq!(bytes.first_chunk().map(ArticleRecord::read), Some(article));
        bytes.clear();
        passage.write(&mut bytes);
        assert_eq!(bytes.first_chunk().map(PassageRecord::read), Some(passage));
        bytes.clear();
        template.write(&mut bytes);
        assert_eq!(bytes.first_chunk().map(TemplateRecord::read), Some(template));
    }
}
