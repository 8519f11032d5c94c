//! The lines between the client and the protocol: a line that is no message, or too large a one, is answered with an
//! error of JSON-RPC and goes no further.
//!
//! Only one task writes to standard output, so that no line is within another.

use std::io;

use serde::de::IgnoredAny;
use tokio::io::{
    AsyncBufRead, AsyncBufReadExt as _, AsyncRead, AsyncReadExt as _, AsyncWrite,
    AsyncWriteExt as _, BufReader, DuplexStream,
};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

/// The most bytes of a message.
const LARGEST: usize = 16 << 20;
/// How many bytes wait between the tasks.
const PIPE: usize = 64 << 10;

/// The error response to a line that goes no further (JSON-RPC 2.0, section 5.1).
fn refusal(code: i32, message: &str) -> Vec<u8> {
    let error = serde_json::json!({ "code": code, "message": message });
    serde_json::json!({ "jsonrpc": "2.0", "id": null, "error": error }).to_string().into_bytes()
}

/// The ends that the protocol speaks on, and the task that writes to standard output until they are closed.
pub(super) fn standard() -> ((DuplexStream, DuplexStream), JoinHandle<io::Result<()>>) {
    let (accepted, from_client) = tokio::io::duplex(PIPE);
    let (to_client, answers) = tokio::io::duplex(PIPE);
    let (refuse, refusals) = mpsc::channel(16);
    tokio::spawn(read(tokio::io::stdin(), accepted, refuse));
    let written = tokio::spawn(write(answers, refusals, tokio::io::stdout()));
    ((from_client, to_client), written)
}

/// Passes on the lines of `input` that are messages.
async fn read(
    input: impl AsyncRead + Unpin,
    mut accepted: impl AsyncWrite + Unpin,
    refuse: mpsc::Sender<Vec<u8>>,
) -> io::Result<()> {
    let mut input = BufReader::new(input);
    let mut line = Vec::new();
    loop {
        line.clear();
        let most = LARGEST as u64 + 1;
        if (&mut input).take(most).read_until(b'\n', &mut line).await? == 0 {
            return Ok(());
        }
        let whole = line.ends_with(b"\n");
        let refused = if !whole && line.len() > LARGEST {
            skip_line(&mut input).await?;
            Some(refusal(-32600, &format!("a message has at most {} MiB", LARGEST >> 20)))
        } else if line.trim_ascii().is_empty() {
            continue;
        } else {
            // Nesting beyond what the parser follows is none of a message either.
            serde_json::from_slice::<IgnoredAny>(&line)
                .is_err()
                .then(|| refusal(-32700, "the line is not JSON"))
        };
        match refused {
            // Nobody reads any more: the end is near.
            Some(refusal) => drop(refuse.send(refusal).await),
            None => {
                if !whole {
                    line.push(b'\n');
                }
                accepted.write_all(&line).await?;
            }
        }
    }
}

async fn skip_line(input: &mut (impl AsyncBufRead + Unpin)) -> io::Result<()> {
    loop {
        let bytes = input.fill_buf().await?;
        let (length, end) = match memchr::memchr(b'\n', bytes) {
            Some(at) => (at + 1, true),
            None => (bytes.len(), bytes.is_empty()),
        };
        input.consume(length);
        if end {
            return Ok(());
        }
    }
}

/// Writes the lines of the protocol and the refusals, one after the other.
async fn write(
    answers: impl AsyncRead + Unpin,
    mut refusals: mpsc::Receiver<Vec<u8>>,
    mut client: impl AsyncWrite + Unpin,
) -> io::Result<()> {
    let mut answers = BufReader::new(answers).split(b'\n');
    loop {
        let line = tokio::select! {
            answer = answers.next_segment() => match answer? {
                Some(answer) => answer,
                None => break,
            },
            Some(refusal) = refusals.recv() => refusal,
        };
        write_line(line, &mut client).await?;
    }
    while let Ok(refusal) = refusals.try_recv() {
        write_line(refusal, &mut client).await?;
    }
    Ok(())
}

async fn write_line(mut line: Vec<u8>, client: &mut (impl AsyncWrite + Unpin)) -> io::Result<()> {
    line.push(b'\n');
    client.write_all(&line).await?;
    client.flush().await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_message_is_refused_and_the_next_one_is_read() {
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("it starts");
        runtime.block_on(async {
            let mut input = b"{\"id\":1}\nnot json\n\n".to_vec();
            input.extend(std::iter::repeat_n(b'[', LARGEST + 10));
            input.extend_from_slice(b"\n[[\n{\"id\":2}");
            let mut accepted = Vec::new();
            let (refuse, mut refusals) = mpsc::channel(16);
            read(input.as_slice(), &mut accepted, refuse).await.expect("nothing fails");
            assert_eq!(accepted, b"{\"id\":1}\n{\"id\":2}\n");
            for code in [-32700, -32600, -32700] {
                let told: serde_json::Value =
                    serde_json::from_slice(&refusals.try_recv().expect("a refusal")).expect("JSON");
                assert_eq!(told["error"]["code"], code);
            }
            assert!(refusals.try_recv().is_err());
        });
    }
}
