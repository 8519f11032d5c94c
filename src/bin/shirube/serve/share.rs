//! The share of one client in what is limited: connections, places where answers are worked
//! out, memory for bodies. The rest is for others.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::http::request::Parts;

/// Who asks, as far as the server knows: the address that the connection comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Client(pub(crate) IpAddr);

impl Client {
    /// The client of a request, as `connections` noted it.
    pub(crate) fn of(request: &Parts) -> Self {
        let nobody = Self(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
        request.extensions.get().copied().unwrap_or(nobody)
    }
}

/// Something that clients hold shares of.
#[derive(Debug, Clone)]
pub(crate) struct Shares {
    /// How much one client may hold.
    most: usize,
    held: Arc<Mutex<HashMap<Client, usize>>>,
}

/// The share that a client holds; given back when it is dropped.
#[derive(Debug)]
pub(crate) struct Share {
    of: Shares,
    client: Client,
    count: usize,
}

impl Shares {
    pub(crate) fn new(most: usize) -> Self {
        Self { most: most.max(1), held: Arc::default() }
    }

    /// A share of so much; `None` where the client would hold more than it may.
    pub(crate) fn take(&self, client: Client, count: usize) -> Option<Share> {
        let mut share = Share { of: self.clone(), client, count: 0 };
        share.grow(count).then_some(share)
    }

    fn held(&self) -> MutexGuard<'_, HashMap<Client, usize>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Share {
    /// Takes more; returns whether the client may hold as much.
    pub(crate) fn grow(&mut self, count: usize) -> bool {
        let mut held = self.of.held();
        let known = held.get(&self.client).copied().unwrap_or(0);
        if known + count > self.of.most {
            return false;
        }
        held.insert(self.client, known + count);
        self.count += count;
        true
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        let mut held = self.of.held();
        if let Some(count) = held.get_mut(&self.client) {
            *count -= self.count.min(*count);
            if *count == 0 {
                held.remove(&self.client);
            }
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(crate) fn client(last: u8) -> Client {
        Client(IpAddr::V4(Ipv4Addr::new(192, 0, 2, last)))
    }

    #[test]
    fn a_client_holds_its_share_and_others_theirs() {
        let shares = Shares::new(3);
        let mut first = shares.take(client(1), 2).expect("it is free");
        assert!(shares.take(client(1), 2).is_none());
        assert!(first.grow(1) && !first.grow(1));
        let other = shares.take(client(2), 3).expect("another's share is its own");
        drop(first);
        assert!(shares.take(client(1), 3).is_some());
        drop(other);
        assert!(shares.held().is_empty(), "who is gone leaves nothing");
    }
}
