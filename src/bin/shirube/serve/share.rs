//! The share of one client in what is limited: connections, places where answers are worked
//! out, turns at the cores, memory for bodies. The rest is for others.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use axum::http::request::Parts;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Who asks, as far as the server knows: the address that the connection comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Client(pub(crate) IpAddr);

impl Client {
    /// The client of a request, as `connections` noted it.
    pub(crate) fn of(request: &Parts) -> Self {
        request.extensions.get().copied().unwrap_or(Self(IpAddr::V4(Ipv4Addr::UNSPECIFIED)))
    }
}

/// Something that clients hold shares of.
#[derive(Debug, Clone)]
pub(crate) struct Shares {
    /// How much one client may hold.
    most: usize,
    of: Arc<Mutex<HashMap<Client, Weak<Semaphore>>>>,
}

impl Shares {
    pub(crate) fn new(most: usize) -> Self {
        Self { most: most.max(1), of: Arc::default() }
    }

    /// All that a client may hold.
    pub(crate) fn of(&self, client: Client) -> Arc<Semaphore> {
        let mut shares = self.of.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = shares.get(&client).and_then(Weak::upgrade) {
            return known;
        }
        // Who is gone leaves nothing.
        shares.retain(|_, share| share.strong_count() > 0);
        let new = Arc::new(Semaphore::new(self.most));
        shares.insert(client, Arc::downgrade(&new));
        new
    }

    /// A share of so much, given back when it is dropped; `None` where the client would hold more than it may.
    pub(crate) fn take(&self, client: Client, count: usize) -> Option<OwnedSemaphorePermit> {
        self.of(client).try_acquire_many_owned(u32::try_from(count).ok()?).ok()
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
        first.merge(shares.take(client(1), 1).expect("it is free"));
        assert!(shares.take(client(1), 1).is_none());
        let other = shares.take(client(2), 3).expect("another's share is its own");
        drop(first);
        assert!(shares.take(client(1), 3).is_some());
        drop(other);
        let _third = shares.of(client(3));
        assert_eq!(shares.of.lock().expect("nobody panics").len(), 1, "who is gone leaves nothing");
    }
}
