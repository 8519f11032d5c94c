//! Where a page is, and where its links lead.

use scraper::Html;
use url::Url;

use super::site;

/// The address of a page and what its links are relative to.
pub(super) struct Addresses {
    own: Option<Url>,
    base: Option<Url>,
}

impl Addresses {
    /// The address that a saved page gives itself: the canonical link, the address that social sites are
    /// told, the note that a browser leaves when it saves; or else its place below `folder`.
    pub(super) fn of(document: &Html, text: &str, file: &str, folder: Option<&str>) -> Self {
        let attribute = |place| site::value(document, place)?.parse::<Url>().ok();
        let own = attribute("link[rel='canonical'] href")
            .or_else(|| attribute("meta[property='og:url'] content"))
            .or_else(|| saved_from(text))
            .or_else(|| {
                let folder = folder?;
                let slash = if folder.ends_with('/') { "" } else { "/" };
                format!("{folder}{slash}").parse::<Url>().ok()?.join(file).ok()
            })
            .filter(is_of_the_web);
        let base = attribute("base[href] href").filter(is_of_the_web).or_else(|| own.clone());
        Self { own, base }
    }

    pub(super) fn at(address: Option<&str>) -> Self {
        let own = address.and_then(|address| address.parse::<Url>().ok()).filter(is_of_the_web);
        Self { base: own.clone(), own }
    }

    /// The page's address, without what points into it.
    pub(super) fn own(&self) -> Option<String> {
        let mut own = self.own.clone()?;
        own.set_fragment(None);
        Some(own.into())
    }

    /// Where a link leads, as it can be in Markdown; `None` where it leads nowhere that a reader of
    /// the article could go: scripts, data, a place in a page whose address is not known.
    pub(super) fn link(&self, target: &str) -> Option<String> {
        let target = target.trim();
        let url = match Url::parse(target) {
            Ok(url) => url,
            Err(_) => self.base.as_ref()?.join(target).ok()?,
        };
        matches!(url.scheme(), "http" | "https" | "mailto" | "tel" | "ftp")
            .then(|| destination(url.as_str()))
    }

    /// The target of an image; a relative one stays as it is where the page's address is not known.
    pub(super) fn image(&self, target: &str) -> Option<String> {
        let target = target.trim();
        let relative = || {
            let plain =
                !target.is_empty() && !target.contains(':') && !target.starts_with(['/', '\\']);
            plain.then(|| destination(&target.replace('\\', "/")))
        };
        // A browser that saves a page puts its pictures beside it: that place is no address of the site's.
        let folder = target.trim_start_matches("./").split(['/', '\\']).next();
        if folder.is_some_and(|it| it.ends_with("_files") || it.ends_with(".files")) {
            return relative();
        }
        match Url::parse(target) {
            Ok(url) if is_of_the_web(&url) => Some(destination(url.as_str())),
            Ok(_) => None,
            Err(_) => match &self.base {
                Some(base) => base.join(target).ok().map(|url| destination(url.as_str())),
                None => relative(),
            },
        }
    }
}

pub(in crate::import) fn host(address: &str) -> Option<String> {
    Url::parse(address).ok()?.host_str().map(str::to_owned)
}

/// The key of an article of Zendesk's from its address: what follows the id is the title, and changes with it.
pub(super) fn zendesk(address: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    let path: Vec<&str> = url.path_segments()?.collect();
    let &["hc", locale, "articles", article] = path.as_slice() else { return None };
    let id: String = article.chars().take_while(char::is_ascii_digit).collect();
    (!id.is_empty()).then(|| zendesk_key(url.host_str().unwrap_or_default(), locale, &id))
}

/// The key of a Zendesk article, the same from an export and from a saved page.
pub(in crate::import) fn zendesk_key(host: &str, locale: &str, id: &str) -> String {
    format!("zendesk:{host}/{}/{id}", locale.to_ascii_lowercase())
}

fn is_of_the_web(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https")
}

/// `<!-- saved from url=(0042)https://… -->`, which browsers write above a page that they save.
fn saved_from(text: &str) -> Option<Url> {
    const WITHIN: usize = 4096;
    let head: String = text.chars().take(WITHIN).collect();
    let (_, rest) = head.split_once("saved from url=(")?;
    let (_, rest) = rest.split_once(')')?;
    rest.split_whitespace().next()?.parse().ok()
}

/// An address as it can be between the parentheses of a link.
fn destination(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    for character in address.chars() {
        match character {
            '(' | ')' | '<' | '>' | '"' | '\'' | '\\' | '`' | '*' | '|' | '[' | ']' | ' ' => {
                out.push_str(&format!("%{:02X}", u32::from(character)));
            }
            control if control.is_control() || control.is_whitespace() => {}
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
crate::source::cases! {
    addresses_of_pages: |it| {
        let (folder, html) = two(it);
        let folder = Some(folder).filter(|folder| !folder.is_empty());
        shown(Addresses::of(&Html::parse_document(html), html, "a/p.html", folder).own())
    };
    keys_of_zendesk: |address| shown(zendesk(address));
    links_of_pages: |target| {
        let bases = [Some("https://e.com/hc/ja/articles/1"), None];
        listed(bases.map(|base| shown(Addresses::at(base).link(target))))
    };
    images_of_pages: |target| {
        let bases = [Some("https://e.com/hc/ja/articles/1"), None];
        listed(bases.map(|base| shown(Addresses::at(base).image(target))))
    };
}
