//! A shard, opened without anything of Shirube's.

use std::fs;
use std::path::Path;

use shirube::index;
use tantivy::DocAddress;
use tantivy::collector::DocSetCollector;
use tantivy::directory::{Directory as _, RamDirectory};
use tantivy::query::TermQuery;
use tantivy::schema::{IndexRecordOption, Term};

use crate::history::write_numbered;
use crate::{files_of_snapshot, knowledge_base, options, temporary};

#[test]
fn other_tools_can_open_a_shard() {
    let (articles, directory) = (temporary(), temporary());
    knowledge_base(articles.path());
    (0..100).for_each(|number| write_numbered(articles.path(), number, 0));
    let options = options(articles.path(), directory.path());
    index::open_or_build(&options).expect("it builds");
    write_numbered(articles.path(), 7, 1);
    index::open_or_build(&options).expect("it builds");

    // The ids of what holds a word in a shard, without anything of Shirube's.
    let found = |shard: &str, word: &str| {
        let memory = RamDirectory::create();
        for file in files_of_snapshot(directory.path(), shard) {
            let name = Path::new(file.file_name().expect("a name"));
            memory.atomic_write(name, &fs::read(&file).expect("a file")).expect("memory");
        }
        let index = tantivy::Index::open(memory).expect("an index");
        let field = index.schema().get_field("word").expect("the schema has it");
        let query = TermQuery::new(Term::from_field_text(field, word), IndexRecordOption::Basic);
        let searcher = index.reader().expect("readable").searcher();
        let found = searcher.search(&query, &DocSetCollector).expect("a search");
        let mut ids: Vec<String> = Vec::new();
        let mut found: Vec<DocAddress> = found.into_iter().collect();
        found.sort_unstable();
        for address in found {
            let segment = searcher.segment_reader(address.segment_ord);
            let column = segment.fast_fields().str("id").expect("readable").expect("there is one");
            for ord in column.term_ords(address.doc_id) {
                let mut id = String::new();
                assert!(column.ord_to_str(ord, &mut id).expect("readable"));
                ids.push(id);
            }
        }
        ids.sort();
        ids.dedup();
        ids
    };
    assert_eq!(found("shard-000/", "不要"), ["disk#対処"]);
    assert_eq!(found("shard-000/", "回線"), ["network#対処"]);
    let named = |ids: Vec<String>| ids.iter().filter(|id| id.starts_with("many-0007")).count();
    assert_eq!(named(found("shard-000/", "装置")), 0, "what changed is dead");
    assert!(named(found("shard-001/", "装置")) > 0);
}
