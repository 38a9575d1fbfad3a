//! Microsoft Graph as values: each call, what it sends and what its answer means. Only [`client`] runs calls, over the
//! traits of [`world`](crate::world).

pub mod answer;
pub mod batch;
pub mod client;
pub mod decode;
pub mod endpoint;
pub mod error;
pub mod journal;
pub mod odata;
pub mod pages;
pub mod patience;
pub mod queue;
pub mod request;
pub mod retry;
mod tokens;
mod waiting;
mod waits;
pub mod wire;

pub use client::{Client, Tokens};
pub use error::{Error, Refusal};
pub use request::{Request, Version};
