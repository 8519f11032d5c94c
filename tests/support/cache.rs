//! Where programs under test keep the indexes that they may share.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

/// One cache for all runs of one build of the program, so that the built-in knowledge base is indexed once. The index of
/// another build might answer until it is refreshed; it is removed.
pub(crate) fn shared() -> PathBuf {
    let built = fs::metadata(env!("CARGO_BIN_EXE_shirube")).and_then(|program| program.modified());
    let built = built.expect("the program was built").duration_since(UNIX_EPOCH);
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let cache = directory.join(format!("cache-{}", built.expect("a time").as_nanos()));
    if !cache.exists() {
        let others = fs::read_dir(directory).into_iter().flatten().flatten();
        let others = others.filter(|it| it.file_name().to_string_lossy().starts_with("cache"));
        for other in others {
            // Another test may be at it as well.
            let _ = fs::remove_dir_all(other.path());
        }
        fs::create_dir_all(&cache).expect("a directory can be made");
    }
    cache
}
