//! How a request to a model ended.

/// How a request to a model ended. No variant holds anything that was sent or came back.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Outcome {
    /// An answer came. Whether it may be said is another question.
    Answered,
    /// Not sent: all places were taken for too long.
    Busy,
    /// Not sent: no time was left.
    Late,
    /// Not sent: the server failed too often and is left alone.
    Resting,
    /// No token for the server could be had.
    NoToken,
    /// No connection.
    Unreachable,
    /// No whole answer in time.
    Timeout,
    /// The connection ended before the answer did.
    Broken,
    /// The server refused the credentials (401, 403).
    Refused,
    /// The server has too much to do, or is not ready (429, 503).
    Throttled,
    /// The server or its proxy failed (500, 502, 504).
    ServerError,
    /// Another status, a redirection among them: none is followed.
    Status,
    /// The answer is longer than any that was asked for.
    TooLong,
    /// The answer is no completion.
    WrongShape,
    /// The model did not come to its end (`finish_reason`).
    Unfinished,
    /// The model or a filter declined.
    Declined,
}

impl Outcome {
    /// All of them.
    pub const ALL: [Self; 16] = [
        Self::Answered,
        Self::Busy,
        Self::Late,
        Self::Resting,
        Self::NoToken,
        Self::Unreachable,
        Self::Timeout,
        Self::Broken,
        Self::Refused,
        Self::Throttled,
        Self::ServerError,
        Self::Status,
        Self::TooLong,
        Self::WrongShape,
        Self::Unfinished,
        Self::Declined,
    ];

    /// The words of all of them.
    pub const WORDS: &[&str] = &{
        let mut words = [""; Self::ALL.len()];
        let mut i = 0;
        while i < words.len() {
            words[i] = Self::ALL[i].as_str();
            i += 1;
        }
        words
    };

    /// A stable name for machines.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Busy => "busy",
            Self::Late => "late",
            Self::Resting => "resting",
            Self::NoToken => "no-token",
            Self::Unreachable => "unreachable",
            Self::Timeout => "timeout",
            Self::Broken => "broken",
            Self::Refused => "refused",
            Self::Throttled => "throttled",
            Self::ServerError => "server-error",
            Self::Status => "status",
            Self::TooLong => "too-long",
            Self::WrongShape => "wrong-shape",
            Self::Unfinished => "unfinished",
            Self::Declined => "declined",
        }
    }

    /// Whether something was sent, or tried to be.
    #[must_use]
    pub const fn was_sent(self) -> bool {
        !matches!(self, Self::Busy | Self::Late | Self::Resting)
    }

    /// Whether the server, and not one answer of it, is to blame: asking it again soon is in vain. A model that declines
    /// or writes too much stands behind a server that works.
    #[must_use]
    pub const fn is_fault_of_server(self) -> bool {
        self.was_sent() && !matches!(self, Self::Answered | Self::Unfinished | Self::Declined)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_name_stands_once() {
        let names: BTreeSet<&str> = Outcome::WORDS.iter().copied().collect();
        assert_eq!(names.len(), Outcome::ALL.len());
    }
}
