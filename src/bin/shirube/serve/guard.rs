//! Who may ask: the name the server was called by, the page that asks; off loopback, the token.
//!
//! A page anywhere on the Web can send requests to this machine. Its own name can be made to lead
//! here (DNS rebinding), which `Host` tells; and it may send a form across, which `Origin` tells. An address
//! instead of a name cannot be rebound.

use std::collections::VecDeque;
use std::hash::{BuildHasher as _, RandomState};
use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::header::{AUTHORIZATION, COOKIE, HOST, HeaderValue, ORIGIN};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use super::App;
use super::problem::Problem;

pub(crate) const COOKIE_NAME: &str = "shirube_session";

#[derive(Debug)]
pub(crate) struct Guard {
    loopback: bool,
    /// The names, in lower case, that the server answers to beside `localhost` and addresses.
    names: Vec<String>,
    token: Option<Token>,
    pub(crate) sessions: Sessions,
    /// Whose turn it is to be told that a token is wrong.
    guesses: tokio::sync::Mutex<()>,
}

impl Guard {
    pub(crate) fn new(address: SocketAddr, names: &[String], token: Option<Token>) -> Self {
        let names = names.iter().map(|name| name.to_ascii_lowercase()).collect();
        Self {
            loopback: address.ip().is_loopback(),
            names,
            token,
            sessions: Sessions::default(),
            guesses: tokio::sync::Mutex::default(),
        }
    }

    /// Whether the right token is needed and `given` is not it.
    pub(crate) fn refuses(&self, given: Option<&str>) -> bool {
        self.token.as_ref().is_some_and(|token| !given.is_some_and(|given| token.is(given)))
    }

    fn knows(&self, host: &str) -> bool {
        let name = without_port(host).to_ascii_lowercase();
        let bare = name.trim_start_matches('[').trim_end_matches(']');
        match bare.parse::<IpAddr>() {
            Ok(address) => !self.loopback || address.is_loopback(),
            Err(_) => name == "localhost" || self.names.contains(&name),
        }
    }

    fn check(&self, uri: &Uri, headers: &HeaderMap) -> Result<(), Problem> {
        // Whoever is between may read one of two, and the server the other.
        if [HOST, ORIGIN].iter().any(|name| headers.get_all(name).iter().count() > 1) {
            return Err(Problem::malformed(
                "Host か Origin のヘッダーが2つあります。",
                "There are two Host or two Origin headers.",
            ));
        }
        let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
        let host = uri.authority().map(axum::http::uri::Authority::as_str).or_else(|| text(HOST));
        let host = host.filter(|host| self.knows(host)).ok_or_else(Problem::foreign_host)?;
        match headers.get(ORIGIN) {
            Some(origin) if !origin.to_str().is_ok_and(|origin| is_own(origin, host)) => {
                return Err(Problem::foreign_origin());
            }
            _ => {}
        }
        // A link that was followed is welcome from anywhere; what a foreign page fetches is not.
        let site = headers.get("sec-fetch-site").and_then(|site| site.to_str().ok());
        let navigates = headers.get("sec-fetch-mode").is_some_and(|mode| mode == "navigate");
        if matches!(site, Some("cross-site" | "same-site")) && !navigates {
            return Err(Problem::foreign_origin());
        }
        if self.token.is_none() || self.sessions.knows(cookies(headers, COOKIE_NAME).next()) {
            return Ok(());
        }
        if self.refuses(bearer(headers).as_deref()) {
            return Err(Problem::no_token());
        }
        Ok(())
    }
}

/// Holds back the answer to a wrong token: one wrong guess after the other is answered, whoever makes them. Who knows
/// the token never waits here.
pub(crate) async fn slow_guess(guard: &Guard) {
    const EACH: Duration = Duration::from_millis(250);
    const LONGEST: Duration = Duration::from_secs(5);
    let turn = async {
        let _turn = guard.guesses.lock().await;
        tokio::time::sleep(EACH).await;
    };
    let _ = tokio::time::timeout(LONGEST, turn).await;
}

pub(crate) async fn guard(State(app): State<App>, request: Request, next: Next) -> Response {
    let guesses = request.headers().contains_key(AUTHORIZATION);
    let open = matches!(request.uri().path(), "/health" | "/login" | "/favicon.svg")
        || request.uri().path().starts_with("/assets/");
    match app.guard.check(request.uri(), request.headers()) {
        Err(problem) if !(open && problem.status() == StatusCode::UNAUTHORIZED) => {
            if guesses && problem.status() == StatusCode::UNAUTHORIZED {
                slow_guess(&app.guard).await;
            }
            problem.into_response()
        }
        _ => next.run(request).await,
    }
}

fn bearer(headers: &HeaderMap) -> Option<String> {
    let (scheme, token) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim().to_owned())
}

pub(crate) fn cookies<'h>(headers: &'h HeaderMap, name: &str) -> impl Iterator<Item = &'h str> {
    let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let pairs = cookies.flat_map(|cookies| cookies.split(';'));
    let pairs = pairs.filter_map(|pair| pair.trim().split_once('='));
    pairs.filter(move |(known, _)| *known == name).map(|(_, value)| value)
}

/// The sessions of browsers that have given the token: a cookie that gets out opens this server until it is started
/// anew, and tells nothing of the token.
#[derive(Debug, Default)]
pub(crate) struct Sessions {
    /// Keys that come from the system's randomness.
    keys: [RandomState; 2],
    open: Mutex<VecDeque<String>>,
    opened: AtomicU64,
}

impl Sessions {
    /// The most sessions; the oldest is closed for the next.
    const MOST: usize = 4096;

    /// Opens a session for a browser that gave the token; what it returns is the cookie's value.
    pub(crate) fn open(&self) -> String {
        let number = self.opened.fetch_add(1, Ordering::Relaxed);
        // SipHash under two secret keys of 128 bits: who has seen one session cannot tell the next.
        let [one, other] = &self.keys;
        let session = format!("{:016x}{:016x}", one.hash_one(number), other.hash_one(number));
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if open.len() == Self::MOST {
            open.pop_front();
        }
        open.push_back(session.clone());
        session
    }

    fn knows(&self, session: Option<&str>) -> bool {
        let Some(session) = session else { return false };
        let open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.iter().fold(false, |known, it| known | is_same(it.as_bytes(), session.as_bytes()))
    }
}

/// Whether two secrets are the same; how long that takes tells nothing but their lengths.
fn is_same(secret: &[u8], given: &[u8]) -> bool {
    let mut difference = u8::from(given.len() != secret.len());
    for (index, byte) in secret.iter().enumerate() {
        difference |= byte ^ given.get(index).copied().unwrap_or_default();
    }
    std::hint::black_box(difference) == 0
}

/// Whether a page of `origin` is a page of the server that was called `host`.
fn is_own(origin: &str, host: &str) -> bool {
    let called = ["http://", "https://"].iter().find_map(|scheme| origin.strip_prefix(scheme));
    called.is_some_and(|called| called.eq_ignore_ascii_case(host))
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|digit| digit.is_ascii_digit()) => name,
        _ => host,
    }
}

/// A secret that clients must know.
pub(crate) struct Token(Vec<u8>);

impl Token {
    /// The fewest characters of a token that cannot be guessed.
    pub(crate) const LEAST: usize = 16;

    /// A token; `None` where it is too short, or holds what no header can carry.
    pub(crate) fn new(text: &str) -> Option<Self> {
        let text = text.trim();
        let sound = text.bytes().all(|byte| byte.is_ascii_graphic());
        (text.len() >= Self::LEAST && sound).then(|| Self(text.into()))
    }

    fn is(&self, given: &str) -> bool {
        is_same(&self.0, given.as_bytes())
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Token")
    }
}
