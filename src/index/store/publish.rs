//! Writes a snapshot beside the others, and lets it hold when every byte of it is on the disk.
//!
//! 1. Its files are written into a directory of their own, the manifest last;
//! 2. all are read back and compared with their checksums;
//! 3. the directory gets its name, and `CURRENT` is replaced by rename (`generations`).
//!
//! Wherever this ends, by an error or because the process is killed, `CURRENT` names a whole snapshot.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;

use rayon::prelude::*;

use crate::index::build::shard_writer::{Shard, Source};
use crate::index::read::reader::ShardReader;
use crate::index::read::snapshot::{INVENTORY, RESOURCES, VOCABULARY, join_words, manifest};
use crate::index::store::generations::{BUILDING, Writer, for_others_too};
use crate::index::store::manifest::{CHECKSUMS, FileEntry, MANIFEST, Manifest};
use crate::index::store::verify::verify_file;
use crate::index::{IndexError, Inventory, Progress, Resources, Result};

/// How many bytes are written between two looks of an on_progress.
const CHUNK: usize = 64 << 10;

impl Writer {
    /// Writes a snapshot and lets it hold.
    pub(crate) fn publish(
        &self,
        shards: &[Shard],
        resources: &Resources,
        inventory: &Inventory,
    ) -> Result<()> {
        let directory = self.directory();
        let mut builder = tempfile::Builder::new();
        builder.prefix(BUILDING);
        for_others_too(&mut builder, 0o777);
        let building = builder.tempdir_in(directory).map_err(IndexError::io(directory))?;
        let manifest = self.write(building.path(), shards, resources, inventory)?;
        self.tell(Progress::Verifying);
        let files: Vec<&FileEntry> = manifest.all_files().collect();
        files.par_iter().try_for_each(|file| verify_file(building.path(), file))?;
        let path = building.path().join(MANIFEST);
        Manifest::read(&path, &fs::read(&path).map_err(IndexError::io(&path))?)?;
        self.install(building.path())?;
        // It has moved away: there is nothing left to clean up.
        let _ = building.keep();
        Ok(())
    }

    fn write(
        &self,
        building: &Path,
        shards: &[Shard],
        resources: &Resources,
        inventory: &Inventory,
    ) -> Result<Manifest> {
        let unread = inventory.failures();
        let inventory = postcard::to_stdvec(inventory).expect("plain data always serializes");
        let views = shards.iter().map(ShardReader::of).collect::<Result<Vec<_>, _>>()?;
        let vocabulary = join_words(&views);
        drop(views);
        let mut files = Vec::new();
        for (name, bytes) in [
            (RESOURCES, resources.to_bytes()),
            (INVENTORY, inventory),
            (VOCABULARY, vocabulary.to_bytes()),
        ] {
            self.write_file(building, name, &bytes)?;
            files.push(FileEntry::new(name, &bytes));
        }
        for shard in shards {
            let directory = shard.entry.files.first().and_then(|file| file.name.split('/').next());
            let directory = building.join(directory.unwrap_or_default());
            fs::create_dir(&directory).map_err(IndexError::io(&directory))?;
        }
        let files_of_shards =
            shards.iter().flat_map(|shard| shard.entry.files.iter().zip(&shard.sources));
        files_of_shards.collect::<Vec<_>>().into_par_iter().try_for_each(|(file, source)| {
            match source {
                Source::Built(bytes) => self.write_file(building, &file.name, bytes),
                Source::Kept(before) => self.copy_file(before, building, &file.name),
            }
        })?;
        let mut manifest = manifest(shards, resources, unread, files);
        let checksums = manifest.checksums();
        self.write_file(building, CHECKSUMS, &checksums)?;
        manifest.files.push(FileEntry::new(CHECKSUMS, &checksums));
        self.write_file(building, MANIFEST, &manifest.to_bytes())?;
        Ok(manifest)
    }

    /// Copies a file of the snapshot before: no file is shared, so that damage to one leaves the other whole.
    fn copy_file(&self, from: &Path, building: &Path, name: &str) -> Result<()> {
        let path = building.join(name);
        let total = fs::copy(from, &path).map_err(IndexError::io(&path))?;
        self.tell(Progress::Writing { file: name, written: total, total });
        let file = File::options().write(true).open(&path);
        file.and_then(|file| file.sync_all()).map_err(IndexError::io(&path))
    }

    fn write_file(&self, building: &Path, name: &str, bytes: &[u8]) -> Result<()> {
        let path = building.join(name);
        let total = bytes.len() as u64;
        let mut file = File::create_new(&path).map_err(IndexError::io(&path))?;
        let mut written = 0;
        for chunk in bytes.chunks(CHUNK) {
            file.write_all(chunk).map_err(IndexError::io(&path))?;
            written += chunk.len() as u64;
            self.tell(Progress::Writing { file: name, written, total });
        }
        file.sync_all().map_err(IndexError::io(&path))
    }
}
