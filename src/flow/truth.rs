//! Truth where not everything is known: Kleene's three values.

/// Whether a condition holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Truth {
    /// It does not hold.
    False,
    /// A fact that decides is missing, or is not exact enough.
    Unknown,
    /// It holds.
    True,
}

impl Truth {
    /// Both: as little true as the less true one.
    pub fn and(self, other: Self) -> Self {
        self.min(other)
    }

    /// One of both: as true as the truer one.
    pub fn or(self, other: Self) -> Self {
        self.max(other)
    }
}

impl std::ops::Not for Truth {
    type Output = Self;

    fn not(self) -> Self {
        match self {
            Self::False => Self::True,
            Self::Unknown => Self::Unknown,
            Self::True => Self::False,
        }
    }
}

impl From<bool> for Truth {
    fn from(known: bool) -> Self {
        if known { Self::True } else { Self::False }
    }
}
