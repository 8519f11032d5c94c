//! The Model Context Protocol: what a model may ask of the knowledge base, and nothing that it may change.
//!
//! 1. [`serve`] speaks the protocol on standard input and output, which carry nothing else; `framing` answers lines
//!    that are no messages;
//! 2. `tools` names the four tools with their schemas, `call` answers them with the JSON that the command line
//!    writes;
//! 3. `resources` lists the articles and reads them;
//! 4. `bounded` keeps an answer within what a model can read, and `untrusted` marks it as words of others.

mod bounded;
mod call;
mod framing;
mod resources;
mod tools;
mod untrusted;

use std::collections::BTreeSet;
use std::io;

use rmcp::model::{
    CallToolRequestParams, CallToolResponse, ErrorData, Implementation,
    ListResourceTemplatesResult, ListResourcesResult, ListToolsResult, PaginatedRequestParams,
    ReadResourceRequestParams, ReadResourceResponse, ServerCapabilities, ServerConfig,
};
use rmcp::service::RequestContext;
use rmcp::{RoleServer, ServerHandler, ServiceExt as _};
use shirube::KnowledgeBase;
use shirube::source::Language;

use crate::environment::Clock;

#[derive(Debug, Clone)]
pub(crate) struct Server {
    pub(crate) manual: KnowledgeBase,
    pub(crate) clock: Clock,
    /// The language of answers where a call names none.
    pub(crate) language: Language,
}

/// Speaks the protocol until the client closes its end.
pub(crate) async fn serve(server: Server) -> io::Result<()> {
    let (streams, written) = framing::standard();
    let served = async {
        let service = server.serve(streams).await.map_err(io::Error::other)?;
        service.waiting().await.map_err(io::Error::other)
    };
    let served = served.await;
    // The last answer is written to its end.
    written.await.map_err(io::Error::other)??;
    served.map(drop)
}

impl Server {
    /// Works on a thread where it keeps nobody waiting, with the newest snapshot there is.
    async fn work<T: Send + 'static>(
        &self,
        task: impl FnOnce(&Self) -> T + Send + 'static,
    ) -> Result<T, ErrorData> {
        let server = self.clone();
        let work = tokio::task::spawn_blocking(move || {
            // A newer snapshot that cannot be read leaves the one before, which still answers.
            let _ = server.manual.reload();
            task(&server)
        });
        work.await.map_err(|error| ErrorData::internal_error(error.to_string(), None))
    }
}

impl ServerHandler for Server {
    fn get_info(&self) -> ServerConfig {
        let capabilities = ServerCapabilities::builder().enable_tools().enable_resources().build();
        ServerConfig::new(capabilities)
            .with_server_info(
                Implementation::new("shirube", env!("CARGO_PKG_VERSION")).with_title("Shirube"),
            )
            .with_instructions(untrusted::INSTRUCTIONS)
    }

    async fn list_tools(
        &self,
        _request: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        self.work(|server| {
            let articles = server.manual.articles().unwrap_or_default();
            let products: BTreeSet<String> =
                articles.into_iter().filter_map(|article| article.product).collect();
            let products: Vec<String> = products.into_iter().collect();
            ListToolsResult::with_all_items(tools::all(&products))
        })
        .await
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        _context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        self.work(move |server| call::answer(server, &request)).await?.map(Into::into)
    }

    async fn list_resources(
        &self,
        request: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListResourcesResult, ErrorData> {
        let cursor = request.and_then(|request| request.cursor);
        self.work(move |server| resources::list(server, cursor.as_deref())).await?
    }

    async fn list_resource_templates(
        &self,
        _request: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListResourceTemplatesResult, ErrorData> {
        Ok(ListResourceTemplatesResult::with_all_items(vec![resources::template()]))
    }

    async fn read_resource(
        &self,
        request: ReadResourceRequestParams,
        _context: RequestContext<RoleServer>,
    ) -> Result<ReadResourceResponse, ErrorData> {
        self.work(move |server| resources::read(server, &request.uri)).await?.map(Into::into)
    }
}
