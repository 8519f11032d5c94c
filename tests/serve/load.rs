//! Many clients at once, with a newer snapshot in the middle: no error, quick answers, flat memory.
//!
//! The short form runs everywhere. The long form (`SHIRUBE_TEST_LONG=1`) is 200 clients for a minute, each of
//! which posts a paste of its own every two seconds, which is more than 200 people at a support desk do.
//! `SHIRUBE_LOAD_PROGRAM` names the program to measure (a release build), `SHIRUBE_LOAD_KB` a directory of
//! Markdown to answer from, `SHIRUBE_LOAD_INDEX` where its index lies, `SHIRUBE_LOAD_QUERIES` a file of
//! `id<TAB>text` lines to make pastes of.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::server::Server;

/// How much is asked, and how quickly it must be answered.
struct Load {
    clients: usize,
    time: Duration,
    /// From one paste of a client to its next.
    pause: Duration,
    /// The 99th percentile of the latency.
    within: Duration,
}

/// A build without optimization on a machine that does other things as well is held to this alone.
const SHORT: Load = Load {
    clients: 24,
    time: Duration::from_secs(6),
    pause: Duration::from_millis(500),
    within: Duration::from_secs(5),
};
const LONG: Load = Load {
    clients: 200,
    time: Duration::from_secs(60),
    pause: Duration::from_secs(2),
    within: Duration::from_millis(100),
};

const MESSAGES: [&str; 8] = [
    "InstallProfile: (4026) プロファイル\"{}\"がパスワード変更を要求している可能性があります、パスワードを変更できません。",
    "端末「{}」の同期によるインストールが必要です",
    "ジョブ {} が中断しました。保存先の空き容量が足りません",
    "ERROR device {} enrollment failed with 0x80180014",
    "データベース '{}' のログ ファイルがいっぱいです (9002)",
    "The push certificate of {} has expired",
    "ユーザー {} のログインに失敗しました。理由: パスワードが一致しません。",
    "timeout after {} ms while waiting for the agent",
];

/// The paste of a number: no two are alike.
fn paste(number: usize, queries: &[String]) -> String {
    let time =
        format!("2024/05/08 {:02}:{:02}:{:02}", number / 3600 % 24, number / 60 % 60, number % 60);
    let name = format!("{number:06}");
    match queries.get(number % queries.len().max(1)) {
        Some(query) => format!("{time}\t端末{name}\t{query} [{name}]\n"),
        None => {
            let message = MESSAGES[number % MESSAGES.len()].replace("{}", &name);
            format!("{time}\t端末{name}\t{message}\n")
        }
    }
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

#[test]
fn many_clients_see_no_error_and_no_switch() {
    let load = if variable("SHIRUBE_TEST_LONG").is_some() { LONG } else { SHORT };
    let queries: Vec<String> = variable("SHIRUBE_LOAD_QUERIES").map_or_else(Vec::new, |path| {
        let text = std::fs::read_to_string(path).expect("the queries can be read");
        text.lines().filter_map(|line| Some(line.split_once('\t')?.1.to_owned())).collect()
    });
    let own = variable("SHIRUBE_LOAD_KB");
    let kb = own.clone().unwrap_or_else(|| "manual".to_owned());
    let index = variable("SHIRUBE_LOAD_INDEX").unwrap_or_else(|| "index".to_owned());
    let arguments = ["--port", "0", "--kb", &kb, "--index", &index];
    let server = Server::prepared(&arguments, |place| {
        if own.is_none() {
            copy(
                &std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("kb"),
                &place.join("manual"),
            );
        }
    });
    let added = server.path().join(&kb).join("shirube-load-test.md");
    let number = AtomicUsize::new(0);
    let taken = Mutex::new(Vec::new());
    let wrong = Mutex::new(Vec::new());
    let cpu = server.processor_time();
    let begun = Instant::now();
    let memory = std::thread::scope(|scope| {
        for client in 0..load.clients {
            let (server, number, taken, wrong, queries, load) =
                (&server, &number, &taken, &wrong, &queries, &load);
            scope.spawn(move || {
                let agent = Server::agent();
                // Clients do not come all at once.
                std::thread::sleep(
                    load.pause * u32::try_from(client).unwrap_or(0)
                        / u32::try_from(load.clients).unwrap_or(1),
                );
                while begun.elapsed() < load.time {
                    let paste = paste(number.fetch_add(1, Ordering::Relaxed), queries);
                    let asked = Instant::now();
                    let answer = Server::ask(&agent, &server.url("/v1/answer"), &paste);
                    let time = asked.elapsed();
                    match answer {
                        Ok((200, body))
                            if body.starts_with("{\n  \"schema\": \"shirube.answer/1\"") =>
                        {
                            taken.lock().expect("no client panics").push(time);
                        }
                        other => wrong.lock().expect("no client panics").push(format!("{other:?}")),
                    }
                    std::thread::sleep(load.pause.saturating_sub(time));
                }
            });
        }
        std::thread::sleep(load.time / 4);
        let before = server.memory();
        std::thread::sleep(load.time / 4);
        std::fs::write(&added, "# 負荷試験の記事\n\n「負荷試験が始まりました」と出ます。\n")
            .expect("an article can be added");
        server.run(&["index", "--kb", &kb, "--index", &index], b"");
        std::thread::sleep(load.time / 4);
        (before, server.memory())
    });
    let cpu = server.processor_time().saturating_sub(cpu);
    std::fs::remove_file(&added).expect("the article can be removed");
    let mut taken = taken.into_inner().expect("no client panicked");
    let wrong = wrong.into_inner().expect("no client panicked");
    taken.sort_unstable();
    let at = |share: usize| taken.get(taken.len() * share / 100).copied().unwrap_or_default();
    tell(&format!(
        "{} clients, {:.0} requests/s for {:?}: p50 {:?}, p90 {:?}, p99 {:?}, slowest {:?}; {:?} of a core a request; memory {} → {} MiB; errors {}",
        load.clients,
        taken.len() as f64 / load.time.as_secs_f64(),
        load.time,
        at(50),
        at(90),
        at(99),
        taken.last().copied().unwrap_or_default(),
        cpu / u32::try_from(taken.len().max(1)).unwrap_or(u32::MAX),
        memory.0 >> 20,
        memory.1 >> 20,
        wrong.len(),
    ));
    assert!(wrong.is_empty(), "{} of {}: {:?}", wrong.len(), taken.len(), wrong.first());
    assert!(taken.len() >= load.clients, "hardly anything was asked");
    assert!(server.log().contains("a newer snapshot is live"), "the snapshot was not switched");
    assert!(at(99) <= load.within, "p99 is {:?}", at(99));
    assert!(memory.1 <= memory.0 + memory.0 / 4 + (64 << 20), "memory grows: {memory:?}");
}

#[expect(clippy::print_stderr, reason = "the figures are what the long form is run for")]
fn tell(figures: &str) {
    eprintln!("{figures}");
}

fn copy(from: &std::path::Path, to: &std::path::Path) {
    std::fs::create_dir_all(to).expect("a directory can be made");
    for entry in std::fs::read_dir(from).expect("it can be listed") {
        let path = entry.expect("it can be listed").path();
        let target = to.join(path.file_name().expect("an entry has a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            std::fs::copy(&path, &target).expect("it can be copied");
        }
    }
}
