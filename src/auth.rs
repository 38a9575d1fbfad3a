//! Sign-in: the OAuth 2.0 authorization-code flow with PKCE against the Microsoft identity platform.
//!
//! Everything here is plain values and one async type, [`session::Session`]; the browser's part (redirects, storage) is
//! `browser::sign_in`.

pub mod account;
pub mod answer;
pub mod authorize;
pub mod base64url;
pub mod boot;
pub mod challenge;
pub mod claims;
pub mod departure;
pub mod extras;
pub mod form;
pub mod id_token;
pub mod left;
pub mod loop_guard;
pub mod pending;
pub mod pkce;
pub mod refused;
pub mod request_id;
pub mod scope;
pub mod secret;
pub mod session;
pub mod token;
pub mod trouble;
