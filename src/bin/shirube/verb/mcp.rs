//! `shirube mcp`: the Model Context Protocol on standard input and output.

use std::io;

use shirube::source::Phrase;

use super::Context;
use crate::errors::{Result, fault};
use crate::mcp::{Server, serve};
use crate::{Outcome, knowledge};

/// Speaks the protocol until the client closes its end; all else is told on standard error.
pub(crate) fn run(context: &Context) -> Result<Outcome> {
    if context.environment.typed {
        context.output.note(&Phrase::new(
            "MCP のクライアントが標準入出力でつなぎます。手で終えるには Ctrl-C",
            "an MCP client speaks on standard input and output; Ctrl-C ends this by hand",
        ));
    }
    let server = Server {
        manual: knowledge::open(context)?,
        clock: context.environment.clock(context.global.now.is_some()),
        language: context.output.language,
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime
        .and_then(|runtime| {
            let served = runtime.block_on(serve(server));
            // A read of standard input that is under way cannot be called back.
            runtime.shutdown_background();
            served
        })
        .map_err(|error: io::Error| {
            fault!("MCP の接続が切れました", "the MCP connection broke").because(&error)
        })?;
    Ok(Outcome::Found)
}
