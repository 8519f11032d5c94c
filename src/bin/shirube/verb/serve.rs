//! `shirube serve`: a page in the browser and an HTTP API over the knowledge base.

use std::fs;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};
use std::path::Path;
use std::time::Duration;

use tracing_subscriber::filter::LevelFilter;

use super::Context;
use crate::args::{LogLevel, Serve};
use crate::errors::{CommandError, Result, fault, phrase};
use crate::serve::{Settings, Token, cores, serve};
use crate::{Outcome, knowledge};

/// The port where none is named and it is free. A browser keeps the history of a page by its address, so
/// the address should be the same every day.
const PORT: u16 = 8417;

pub(crate) fn run(context: &Context, arguments: &Serve) -> Result<Outcome> {
    let output = &context.output;
    let token = token(context, arguments)?;
    let listener = listen(arguments, context.config.serve_port())?;
    let address = listener.local_addr().map_err(|error| unheard(&error))?;
    if !address.ip().is_loopback() && token.is_none() {
        return Err(no_token(address));
    }
    if context.config.is_on("serve.history") && context.environment.state.is_none() {
        return Err(super::misses::nowhere());
    }
    let manual = knowledge::open(context)?;
    let url = format!("http://{}/", reachable(address));
    // Whoever started the program with a pipe reads the address from it.
    output.data(&format!("{url}\n"))?;
    if context.environment.watched {
        output.note(&phrase!(
            "{url} で開いています。ブラウザーでこのアドレスを開いてください。終えるには Ctrl-C",
            "serving {url}: open this address in a browser (Ctrl-C ends)"
        ));
    }
    let settings = Settings {
        names: arguments.allow_host.clone(),
        token,
        size: usize::from(arguments.max_paste) << 20,
        time: Duration::from_secs(arguments.timeout.into()),
        queue: arguments.queue.into(),
        log: level(context, arguments.log),
        watched: context.environment.watched,
        clock: context.environment.clock(context.global.now.is_some()),
        misses: context.environment.store(),
        history: context.config.is_on("serve.history"),
    };
    if arguments.open
        && let Err(error) = open::that_detached(&url)
    {
        output.note(&phrase!(
            "ブラウザーを開けませんでした（{error}）。アドレスを貼り付けてください",
            "the browser could not be opened ({error}); paste the address into it"
        ));
    }
    // As many threads answer as there are places for it (`workers`): each has at hand what it used last.
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    let runtime = runtime.enable_all().max_blocking_threads(cores()).build();
    let runtime = runtime.map_err(|error| unheard(&error))?;
    runtime.block_on(serve(listener, manual, settings)).map_err(|error| unheard(&error))?;
    // Answers that nobody waits for any more are not waited for either.
    runtime.shutdown_background();
    Ok(Outcome::Found)
}

/// The address that is asked for; without one the usual port of this machine, or any that is free.
fn listen(arguments: &Serve, set: Option<u16>) -> Result<TcpListener> {
    let port = arguments.port.or(set);
    let host = arguments.listen.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST));
    let address = SocketAddr::new(host, port.unwrap_or(PORT));
    let any = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    let asked = arguments.listen.is_some() || port.is_some();
    match TcpListener::bind(address) {
        Err(error) if !asked && error.kind() == std::io::ErrorKind::AddrInUse => {
            TcpListener::bind(any).map_err(|error| taken(any, &error))
        }
        bound => bound.map_err(|error| taken(address, &error)),
    }
}

/// The token of the file, else of the settings.
fn token(context: &Context, arguments: &Serve) -> Result<Option<Token>> {
    let text = match &arguments.token_file {
        Some(path) => {
            Some(fs::read_to_string(path).map_err(|error| CommandError::unreadable(path, &error))?)
        }
        None => context.config.text("serve.token").map(str::to_owned),
    };
    let Some(text) = text else { return Ok(None) };
    match Token::new(&text) {
        Some(token) => Ok(Some(token)),
        None => Err(weak(arguments.token_file.as_deref())),
    }
}

fn level(context: &Context, asked: Option<LogLevel>) -> LevelFilter {
    match asked {
        Some(LogLevel::Error) => LevelFilter::ERROR,
        Some(LogLevel::Warn) => LevelFilter::WARN,
        Some(LogLevel::Info) => LevelFilter::INFO,
        // A person at a terminal wants to hear of trouble alone.
        None if context.environment.watched => LevelFilter::WARN,
        None => LevelFilter::INFO,
    }
}

/// The address that a browser on this machine goes to.
fn reachable(address: SocketAddr) -> SocketAddr {
    match address.ip() {
        ip if !ip.is_unspecified() => address,
        IpAddr::V4(_) => (Ipv4Addr::LOCALHOST, address.port()).into(),
        IpAddr::V6(_) => (std::net::Ipv6Addr::LOCALHOST, address.port()).into(),
    }
}

fn taken(address: SocketAddr, error: &std::io::Error) -> CommandError {
    fault!(
        "{address} で待ち受けられません", "cannot listen on {address}";
        "別の番号を --port で指定するか、--port 0 で空いている番号を使ってください",
        "name another number with --port, or take any that is free with --port 0"
    )
    .because(error)
}

fn unheard(error: &std::io::Error) -> CommandError {
    fault!("サーバーを動かせません", "the server cannot run").because(error)
}

fn no_token(address: SocketAddr) -> CommandError {
    fault!(
        "{address} はほかの機器からも届くため、トークンなしでは待ち受けません",
        "{address} can be reached from other machines, so a token is needed to listen there";
        "トークンを書いたファイルを --token-file で指定するか、環境変数 SHIRUBE_SERVE_TOKEN に入れてください（例: openssl rand -hex 24 > token）",
        "name a file that holds one with --token-file, or set SHIRUBE_SERVE_TOKEN (for example: openssl rand -hex 24 > token)"
    )
}

fn weak(file: Option<&Path>) -> CommandError {
    let place = file.map_or("SHIRUBE_SERVE_TOKEN".to_owned(), |path| path.display().to_string());
    fault!("{place} のトークンが使えません", "the token of {place} cannot be used")
    .hint(
        format!("空白のない半角{}文字以上にしてください（例: openssl rand -hex 24）", Token::LEAST),
        format!("it needs {} ASCII characters or more, without spaces (for example: openssl rand -hex 24)", Token::LEAST),
    )
}
